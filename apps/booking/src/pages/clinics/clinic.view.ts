import type { AnnouncedByBranch } from '#libs/calendars';
import { environment, type Language, translate, wordsIn } from '#libs/platform';
import type { ClinicBranch, ClinicProfile } from '#libs/profiles';
import { pathTo } from '#libs/web';
import { weekdayName } from '../doctor/weekdays.js';
import { initialsOf } from '../find-a-time/results.view.js';
import { mapLink } from '../map-link.js';
import { isOpenAt } from './open-now.js';

/** When a specialty receives, each weekday on a line of its own. */
interface ReceptionModel {
  specialty: string;
  times: { day: string; time: string }[];
}

export interface ClinicModel {
  name: string;
  registration: string;
  address: string;
  picture: string | null;
  initials: string;
  about: string;
  phone: string;
  email: string;
  website: string | null;
  findHref: string;
  branches: {
    name: string;
    address: string;
    mapHref: string;
    /** Nobody is received at this moment. */
    isClosed: boolean;
    room: string | undefined;
    phone: string;
    email: string | null;
    findHref: string;
    reception: ReceptionModel[];
    emergency: { name: string; address: string; phone: string };
  }[];
  /** A link only where the visit may be paid: under the state's an insurer would change who pays (promise 7). */
  insurers: { name: string; href: string | undefined }[];
  practitioners: { name: string; href: string; initials: string; picture: string | null; specialties: string }[];
  complaints: { name: string; phone?: string; email?: string; address?: string; website?: string }[];
}

function receptionOf(language: Language, branch: ClinicBranch, names: ClinicProfile['received']): ReceptionModel[] {
  const bySpecialty = new Map<string, ReceptionModel>();
  for (const { specialty, weekday, from, to } of branch.reception) {
    const model = bySpecialty.get(specialty) ?? {
      specialty: wordsIn(language, names[specialty] ?? {}) || specialty,
      times: [],
    };
    model.times.push({ day: weekdayName(language, weekday), time: `${from}–${to}` });
    bySpecialty.set(specialty, model);
  }
  return [...bySpecialty.values()].sort((a, b) => a.specialty.localeCompare(b.specialty, language));
}

/**
 * @param payer what was chosen before: links keep it
 * @param told closures and days of the branches, to say which is closed at the moment
 */
export function clinicModel(
  language: Language,
  clinic: ClinicProfile,
  payer: string | undefined,
  told: readonly AnnouncedByBranch[],
  now: Temporal.Instant,
): ClinicModel {
  const findHref = (within: Record<string, string>): string =>
    pathTo(language, `/find?${new URLSearchParams({ clinic: clinic.id, ...(payer && { payer }), ...within })}`);
  return {
    name: clinic.name,
    registration: translate(language, 'booking.clinic.registration', { number: clinic.registrationNumber }),
    address: clinic.address,
    picture: clinic.picture,
    initials: [...clinic.name][0] ?? '',
    about: wordsIn(language, clinic.about),
    phone: clinic.phone,
    email: clinic.email,
    website: clinic.website,
    findHref: findHref({}),
    branches: clinic.branches.map((branch) => ({
      name: branch.name,
      address: `${branch.address}, ${branch.city}, ${branch.postalCode}`,
      mapHref: mapLink({ ...branch, address: `${branch.address}, ${branch.city}, ${branch.postalCode}` }),
      isClosed:
        isOpenAt(
          now,
          branch,
          told.find(({ branchId }) => branchId === branch.id),
        ) === false,
      room: branch.room ? translate(language, 'booking.clinic.room', { room: branch.room }) : undefined,
      phone: branch.phone,
      email: branch.email,
      findHref: findHref({ branch: branch.id }),
      reception: receptionOf(language, branch, clinic.received),
      emergency: branch.emergency,
    })),
    insurers: clinic.insurers.map(({ id, name }) => ({
      name,
      href: payer === 'state' ? undefined : findHref({ payer: `insurer:${id}` }),
    })),
    practitioners: clinic.practitioners.map(({ slug, name, title, picture, specialties: own }) => ({
      name: [wordsIn(language, title), name].filter(Boolean).join(' '),
      href: pathTo(language, '/doctors/', slug, payer ? `?payer=${encodeURIComponent(payer)}` : ''),
      initials: initialsOf(name, name.split(' ').at(-1) ?? ''),
      picture,
      specialties: own.map(({ name: words }) => wordsIn(language, words)).join(', '),
    })),
    complaints: clinic.complaintContacts,
  };
}

/** Structured data of a clinic: only what the page shows (standards.md S-2.22). */
export function clinicJsonLd(language: Language, clinic: ClinicProfile, address: string): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'MedicalClinic',
    name: clinic.name,
    url: address,
    telephone: clinic.phone,
    email: clinic.email,
    ...(clinic.website && { sameAs: clinic.website }),
    ...(clinic.picture && { image: `${environment().bookingUrl}/pictures/${clinic.picture}/520.jpg` }),
    ...(wordsIn(language, clinic.about) && { description: wordsIn(language, clinic.about) }),
    department: clinic.branches.map((branch) => ({
      '@type': 'MedicalClinic',
      name: `${clinic.name}, ${branch.name}`,
      telephone: branch.phone,
      address: {
        '@type': 'PostalAddress',
        streetAddress: branch.address,
        addressLocality: branch.city,
        postalCode: branch.postalCode,
        addressCountry: clinic.country,
      },
      ...(branch.latitude !== null &&
        branch.longitude !== null && {
          geo: { '@type': 'GeoCoordinates', latitude: branch.latitude, longitude: branch.longitude },
        }),
    })),
    potentialAction: { '@type': 'ReserveAction', target: address },
  };
}
