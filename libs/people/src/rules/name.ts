const longest = 100;
// Control characters, lone surrogates, private use, and marks that turn or hide text.
const forbidden = /[\p{Cc}\p{Cs}\p{Co}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * A person's name as it is kept, or null: NFC, inner spaces single, 1 to 100 characters with at least one letter. The
 * case is never changed, and nothing else is: apostrophes, hyphens and `null` are names.
 */
export function normaliseName(text: string): string | null {
  if (text.length > 10 * longest) return null;
  const name = text.normalize('NFC').trim();
  if (forbidden.test(name)) return null;
  const spaced = name.replace(/\p{Zs}+/gu, ' ').trim();
  const length = Array.from(spaced).length;
  return length >= 1 && length <= longest && /\p{L}/u.test(spaced) ? spaced : null;
}

/** What stands for the given name of somebody who has one name only. */
const noGivenName = /^[-–—]$/;

/** A given name, as a name; somebody who has one name only is written with a dash instead. */
export const normaliseGivenName = (text: string): string | null =>
  noGivenName.test(text.trim()) ? '–' : normaliseName(text);
