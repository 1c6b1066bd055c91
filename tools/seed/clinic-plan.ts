import { isRegistrationNumber } from '#libs/profiles';
import { fold } from './fold.js';
import { cities, type City } from './content/cities.js';
import { clinics, type ClinicData } from './content/clinics.js';
import { teeth } from './content/teeth.js';
import {
  aboutAnyClinic,
  estonianClinicKinds,
  estonianClinicWords,
  latvianClinicKinds,
  latvianClinicWords,
} from './content/words-of-clinics.js';
import { personName } from './people-names.js';
import { idsOf, randomOf } from './random.js';

/** One that the Business Register has not given out, with the check digit that makes it one. */
function estonianNumber(number: number): string {
  const [found = ''] = Array.from({ length: 10 }, (_, digit) => `19${String(number).padStart(5, '0')}${digit}`).filter(
    (each) => isRegistrationNumber('EE', each),
  );
  return found;
}

export interface PlannedBranch {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly city: City;
  readonly address: string;
  readonly postalCode: string;
  readonly phone: string;
}

export interface PlannedStaff {
  readonly id: string;
  readonly name: string;
}

export interface PlannedClinic {
  readonly id: string;
  /** Its place in the plan, from 0. */
  readonly number: number;
  readonly data: ClinicData;
  readonly phone: string;
  readonly branches: readonly PlannedBranch[];
  readonly registrar: PlannedStaff;
  readonly admin: PlannedStaff;
}

const cityOf = (code: string): City => {
  const city = cities.find((each) => each.code === code);
  if (!city) throw new Error(`no city ${code}`);
  return city;
};

/** A landline number that no hospital has: the city's prefix and the last digits in order. */
const phoneOf = (city: City, number: number): string => {
  const digits = city.country === 'LV' ? 8 : 7;
  const dialled = city.dialling + String(number).padStart(digits - city.dialling.length, '0');
  return `${city.country === 'LV' ? '+371' : '+372'} ${dialled}`;
};

/** How many practitioners one clinic made in bulk has. */
const practitionersOfBulkClinic = 60;

/** A clinic for a benchmark: a name of the country, two to four branches in one city. */
function bulkClinic(number: number): ClinicData {
  const random = randomOf('clinic', number);
  const city = random.weighted(cities);
  const latvian = city.country === 'LV';
  const kinds = latvian ? latvianClinicKinds : estonianClinicKinds;
  const beginnings = latvian ? latvianClinicWords : estonianClinicWords;
  const beginning = beginnings[number % beginnings.length] ?? '';
  const kind = kinds[Math.floor(number / beginnings.length) % kinds.length] ?? '';
  const name = `${beginning} ${kind}`;
  const streets = random.shuffled(city.streets).slice(0, 2 + random.below(3));
  return {
    slug: `${fold(name)}-${city.code}-${number}`,
    country: city.country,
    name,
    registrationNumber: latvian ? `402039${String(number).padStart(5, '0')}` : estonianNumber(number),
    about: aboutAnyClinic,
    branches: streets.map((street) => ({
      slug: fold(street),
      name: street,
      city: city.code,
      address: `${street} ${1 + random.below(120)}`,
      postalCode: city.postalCode,
    })),
  };
}

function staffName(data: ClinicData, role: string): string {
  const { givenName, familyName } = personName(
    data.country,
    'woman',
    cityOf(data.branches[0]?.city ?? '').russianNames,
    randomOf('staff', data.slug, role),
  );
  return `${givenName} ${familyName}`;
}

/** The clinics for so many practitioners: the described ones first, then made ones. */
export function planClinics(practitioners: number, startMs: number): readonly PlannedClinic[] {
  const id = idsOf('clinics', startMs);
  const all = [...clinics];
  const bulk = Math.ceil(Math.max(0, practitioners - 120) / practitionersOfBulkClinic);
  for (let number = 1; number <= bulk; number++) all.push(bulkClinic(number));
  let phones = 10;
  return all.map((data, number) => ({
    id: id(),
    number,
    data,
    phone: phoneOf(cityOf(data.branches[0]?.city ?? ''), phones++),
    registrar: { id: id(), name: staffName(data, 'registrar') },
    admin: { id: id(), name: staffName(data, 'admin') },
    branches: data.branches.map((branch) => {
      const city = cityOf(branch.city);
      return { ...branch, id: id(), city, phone: phoneOf(city, phones++) };
    }),
  }));
}

const citiesOfDentists = new Set(
  clinics
    .filter(({ specialties }) => specialties === teeth)
    .flatMap(({ branches }) => branches.map(({ city }) => city)),
);

/** Whether a specialty works in a clinic: teeth have clinics of their own in the cities that have such clinics. */
export const receives = (clinic: PlannedClinic, specialty: string): boolean =>
  clinic.data.specialties?.includes(specialty) ??
  (!teeth.includes(specialty) ||
    clinic.number >= clinics.length ||
    clinic.branches.every(({ city }) => !citiesOfDentists.has(city.code)));
