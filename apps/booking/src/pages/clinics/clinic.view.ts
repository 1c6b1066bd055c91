import { type Language, translate, wordsIn } from '#libs/platform';
import type { ClinicBranch, ClinicProfile } from '#libs/profiles';
import { pathTo } from '#libs/web';
import { weekdayName } from '../doctor/weekdays.js';
import { initialsOf } from '../find-a-time/results.view.js';

/** When a specialty receives, each weekday on a line of its own. */
interface ReceptionModel {
  specialty: string;
  times: { day: string; time: string }[];
}

export interface ClinicModel {
  name: string;
  registration: string;
  about: string;
  phone: string;
  email: string;
  website: string | null;
  findHref: string;
  branches: {
    name: string;
    address: string;
    room: string | undefined;
    phone: string;
    email: string | null;
    findHref: string;
    reception: ReceptionModel[];
    emergency: { name: string; address: string; phone: string };
  }[];
  /** A link only where the visit may be paid: under the state's an insurer would change who pays (promise 7). */
  insurers: { name: string; href: string | undefined }[];
  practitioners: { name: string; href: string; initials: string; specialties: string }[];
  complaints: { name: string; phone?: string; email?: string; address?: string; website?: string }[];
}

function receptionOf(language: Language, branch: ClinicBranch, names: ReadonlyMap<string, string>): ReceptionModel[] {
  const bySpecialty = new Map<string, ReceptionModel>();
  for (const { specialty, weekday, from, to } of branch.reception) {
    const model = bySpecialty.get(specialty) ?? { specialty: names.get(specialty) ?? specialty, times: [] };
    model.times.push({ day: weekdayName(language, weekday), time: `${from}–${to}` });
    bySpecialty.set(specialty, model);
  }
  return [...bySpecialty.values()].sort((a, b) => a.specialty.localeCompare(b.specialty, language));
}

/** @param specialties names by id, for the board; @param payer what was chosen before: links keep it */
export function clinicModel(
  language: Language,
  clinic: ClinicProfile,
  specialties: ReadonlyMap<string, string>,
  payer: string | undefined,
): ClinicModel {
  const findHref = (within: Record<string, string>): string =>
    pathTo(language, `/find?${new URLSearchParams({ clinic: clinic.id, ...(payer && { payer }), ...within })}`);
  return {
    name: clinic.name,
    registration: translate(language, 'booking.clinic.registration', { number: clinic.registrationNumber }),
    about: wordsIn(language, clinic.about),
    phone: clinic.phone,
    email: clinic.email,
    website: clinic.website,
    findHref: findHref({}),
    branches: clinic.branches.map((branch) => ({
      name: branch.name,
      address: `${branch.address}, ${branch.city}, ${branch.postalCode}`,
      room: branch.room ? translate(language, 'booking.clinic.room', { room: branch.room }) : undefined,
      phone: branch.phone,
      email: branch.email,
      findHref: findHref({ branch: branch.id }),
      reception: receptionOf(language, branch, specialties),
      emergency: branch.emergency,
    })),
    insurers: clinic.insurers.map(({ id, name }) => ({
      name,
      href: payer === 'state' ? undefined : findHref({ payer: `insurer:${id}` }),
    })),
    practitioners: clinic.practitioners.map(({ slug, name, title, specialties: own }) => ({
      name: [wordsIn(language, title), name].filter(Boolean).join(' '),
      href: pathTo(language, '/doctors/', slug, payer ? `?payer=${encodeURIComponent(payer)}` : ''),
      initials: initialsOf(name, name.split(' ').at(-1) ?? ''),
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
