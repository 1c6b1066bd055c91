import { type Language, translate } from '#libs/platform';
import type { ForWhom } from '#libs/profiles';

/** The ages that a service is for, in words; undefined: all. */
export function agesInWords(
  language: Language,
  { ageFrom, ageFromUnit, ageTo, ageToUnit }: ForWhom,
): string | undefined {
  const from = ageFrom === null ? '' : translate(language, `services.ages.${ageFromUnit}-from`, { n: ageFrom });
  const to = ageTo === null ? '' : translate(language, `services.ages.${ageToUnit}-to`, { n: ageTo });
  if (from && to) return translate(language, 'services.ages.between', { from, to });
  if (from) return translate(language, 'services.ages.from', { from });
  return to ? translate(language, 'services.ages.to', { to }) : undefined;
}
