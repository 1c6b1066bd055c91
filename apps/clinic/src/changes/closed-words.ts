import type { AbsenceFacts } from '#libs/appointments';
import { formatDateTime, formatPlainDate, type Language, translate } from '#libs/platform';
import { localDate, localTime } from '#libs/time';

/** The closed time of an absence: its last day is named, and its beginning by the hour only where it is not midnight. */
export function closedWords(
  { start, end, zone }: Pick<AbsenceFacts, 'start' | 'end' | 'zone'>,
  language: Language,
): string {
  const isWhole = localTime(start, zone) === '00:00';
  const first = localDate(start, zone);
  const last = localDate(end.subtract({ seconds: 1 }), zone);
  const day = formatPlainDate(language, last, 'full');
  if (isWhole && first.equals(last)) return translate(language, 'changes.ill.page.closed-day', { day });
  const from = isWhole ? formatPlainDate(language, first, 'full') : formatDateTime(language, start, zone, 'full');
  return translate(language, 'changes.ill.page.closed', { from, to: day });
}
