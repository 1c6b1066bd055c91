import type { Found } from '#libs/calendars';
import { type Language, wordsIn } from '#libs/platform';
import type { PractitionerProfile } from '#libs/profiles';

/** Structured data of a practitioner: only what the page shows (standards.md S-2.22). */
export function doctorJsonLd(
  language: Language,
  profile: PractitionerProfile,
  calendars: readonly Found[],
  address: string,
): object {
  const branches = new Map(calendars.map((calendar) => [calendar.branch.id, calendar]));
  return {
    '@context': 'https://schema.org',
    '@type': 'Physician',
    name: profile.name,
    url: address,
    ...(profile.specialties.length > 0 && {
      medicalSpecialty: profile.specialties.map(({ name }) => wordsIn(language, name)),
    }),
    ...(profile.languages.length > 0 && { knowsLanguage: profile.languages }),
    practicesAt: [...branches.values()].map(({ clinic, branch }) => ({
      '@type': 'MedicalClinic',
      name: `${clinic.name}, ${branch.name}`,
      telephone: clinic.phone,
      address: { '@type': 'PostalAddress', streetAddress: branch.address, addressLocality: branch.city },
    })),
    potentialAction: { '@type': 'ReserveAction', target: address },
  };
}
