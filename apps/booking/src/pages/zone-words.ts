import { formatDateTime, type Language, translate } from '#libs/platform';

/** The zone as people call it: "Riga time". */
export const zoneWords = (language: Language, zone: string): string => translate(language, `booking.zones.${zone}`);

/**
 * "Tuesday, 1 December 2026, 09:30 (Riga time)": no time stands without its zone (promise 8). In the hour that clocks show
 * twice the time itself says its distance from UTC.
 */
export const momentIn = (language: Language, at: Temporal.Instant, zone: string): string =>
  `${formatDateTime(language, at, zone, 'full')} (${zoneWords(language, zone)})`;
