import { type Language, translate } from '#libs/platform';
import type { ClinicListItem } from '#libs/profiles';
import { pathTo } from '#libs/web';

/** Clinics under the letter that their names begin with. */
export interface LetterModel {
  letter: string;
  id: string;
  clinics: { name: string; href: string; cities: string; practitioners: string }[];
}

/** @param insurer what the list was narrowed by: the clinics' pages keep it as the choice of who pays */
export function lettersOf(
  language: Language,
  clinics: readonly ClinicListItem[],
  insurer: string | undefined,
): LetterModel[] {
  const kept = insurer ? `?payer=${encodeURIComponent(`insurer:${insurer}`)}` : '';
  const letters: LetterModel[] = [];
  for (const { name, slug, cities, practitioners } of clinics) {
    const letter = (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? '#').toLocaleUpperCase(language);
    const last = letters.at(-1);
    const clinic = {
      name,
      href: pathTo(language, '/clinics/', slug, kept),
      cities: cities.join(', '),
      practitioners: translate(language, 'booking.clinics.practitioners', { n: practitioners }),
    };
    if (last?.letter === letter) last.clinics.push(clinic);
    else letters.push({ letter, id: `letter-${letters.length + 1}`, clinics: [clinic] });
  }
  return letters;
}
