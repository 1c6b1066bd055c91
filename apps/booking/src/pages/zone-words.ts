import { formatDateTime, type Language, translate } from '#libs/platform';
import { hasAmbiguousWallTime, offsetLabel } from '#libs/time';

/** The zone as people call it: "Riga time". */
export const zoneWords = (language: Language, zone: string): string => translate(language, `booking.zones.${zone}`);

/**
 * "Tuesday, 1 December 2026, 09:30 (Riga time)": no time stands without its zone (promise 8). In the hour that clocks show
 * twice the distance from UTC is said too.
 */
export function momentIn(language: Language, at: Temporal.Instant, zone: string): string {
  const offset = hasAmbiguousWallTime(at, zone) ? `, UTC${offsetLabel(at, zone)}` : '';
  return `${formatDateTime(language, at, zone, 'full')} (${zoneWords(language, zone)}${offset})`;
}
