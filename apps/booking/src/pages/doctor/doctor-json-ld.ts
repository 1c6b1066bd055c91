import type { Found } from '#libs/calendars';
import { environment, type Language, wordsIn } from '#libs/platform';
import type { PractitionerProfile } from '#libs/profiles';

/** Structured data of a practitioner, or of where a room is: only what the page shows (standards.md S-2.22). */
export function doctorJsonLd(
  language: Language,
  profile: PractitionerProfile,
  calendars: readonly Found[],
  address: string,
): object {
  const branches = new Map(calendars.map((calendar) => [calendar.branch.id, calendar]));
  const room = calendars.find(({ kind }) => kind !== 'practitioner');
  if (room) {
    return {
      '@context': 'https://schema.org',
      '@type': 'MedicalClinic',
      name: `${room.clinic.name}, ${profile.name}`,
      url: address,
      ...(profile.picture && { image: `${environment().bookingUrl}/pictures/${profile.picture}/520.jpg` }),
      telephone: room.clinic.phone,
      address: addressOf(room),
      potentialAction: { '@type': 'ReserveAction', target: address },
    };
  }
  return {
    '@context': 'https://schema.org',
    '@type': 'Physician',
    name: profile.name,
    url: address,
    ...(profile.specialties.length > 0 && {
      medicalSpecialty: profile.specialties.map(({ name }) => wordsIn(language, name)),
    }),
    ...(profile.languages.length > 0 && { knowsLanguage: profile.languages }),
    practicesAt: [...branches.values()].map((place) => ({
      '@type': 'MedicalClinic',
      name: `${place.clinic.name}, ${place.branch.name}`,
      telephone: place.clinic.phone,
      address: addressOf(place),
    })),
    potentialAction: { '@type': 'ReserveAction', target: address },
  };
}

const addressOf = ({ branch }: Found): object => ({
  '@type': 'PostalAddress',
  streetAddress: branch.address,
  addressLocality: branch.city,
});
