const dateTime =
  /^\d{4}-\d{2}-\d{2}[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const fullDate = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The instant that an RFC 3339 date-time names, or null.
 *
 * The offset (or Z) must be there. Refused besides what is no date-time: days that do not exist, 24:00, leap seconds
 * (PostgreSQL cannot keep them) and years outside 2000–2200, where nobody books.
 */
export function parseInstant(text: string): Temporal.Instant | null {
  if (!dateTime.test(text) || parseDate(text.slice(0, 10)) === null) return null;
  const year = Number(text.slice(0, 4));
  if (year < 2000 || year > 2200) return null;
  return Temporal.Instant.from(text);
}

/** The day that 'YYYY-MM-DD' names, birth dates included (1900–2200), or null. */
export function parseDate(text: string): Temporal.PlainDate | null {
  if (!fullDate.test(text)) return null;
  const year = Number(text.slice(0, 4));
  if (year < 1900 || year > 2200) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}
