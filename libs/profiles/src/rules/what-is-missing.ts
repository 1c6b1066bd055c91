import type { Words } from '#libs/platform';
import { isRegistrationNumber } from './registration-number.js';

/** What keeps a card from being published: the field, and why, a key below `setup.missing.`. */
export interface Missing {
  /** `registrationNumber`, `branches.<id>.emergency.phone`: the field's name on its page. */
  path: string;
  code: string;
}

export interface BranchToPublish {
  id: string;
  city: string;
  address: string;
  phone: string;
  emergency: { name: string; address: string; phone: string };
  reception: readonly unknown[];
}

export interface ClinicToPublish {
  country: 'LV' | 'EE';
  name: string;
  registrationNumber: string;
  address: string;
  phone: string;
  email: string;
  about: Words;
  complaintContacts: readonly { name: string; phone?: string; email?: string; website?: string }[];
  branches: readonly BranchToPublish[];
}

/** The language in which a clinic of the country must say what it is. */
export const languageOfCountry = { LV: 'lv', EE: 'et' } as const;

/**
 * Besides the clinic itself. EE: the Health Insurance Fund and the Health Board (Minister's regulation No. 73 § 3 (3));
 * LV: the Health Inspectorate (Patients' Rights Law § 18, complaints; the board of a treatment institution).
 */
const complaintContactsNeeded = { LV: 1, EE: 2 } as const;

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

const blank = (prefix: string, fields: Readonly<Record<string, string>>, code?: string): Missing[] =>
  Object.entries(fields)
    .filter(([, value]) => isBlank(value))
    .map(([name]) => ({ path: prefix + name, code: code ?? name }));

/** What one branch's part of the board lacks: reception times and the nearest round-the-clock provider (R3-04, R3-05). */
export function missingOfBranch({ id, city, address, phone, emergency, reception }: BranchToPublish): Missing[] {
  const prefix = `branches.${id}.`;
  return [
    ...blank(prefix, { city, address, phone }),
    ...(reception.length === 0 ? [{ path: `${prefix}reception.0.specialty`, code: 'reception' }] : []),
    ...blank(`${prefix}emergency.`, emergency, 'emergency').slice(0, 1),
  ];
}

/** What a clinic's card and its statutory board lack (R2-07, R3-04 to R3-06), in the order of the wizard. */
export function missingOfClinic(clinic: ClinicToPublish): Missing[] {
  const { country, name, registrationNumber, address, phone, email, about, complaintContacts, branches } = clinic;
  const language = languageOfCountry[country];
  const reachable = complaintContacts.filter(
    (each) => !isBlank(each.name) && [each.phone, each.email, each.website].some((way) => !isBlank(way)),
  );
  return [
    ...blank('', { name }),
    ...(isRegistrationNumber(country, registrationNumber)
      ? []
      : [{ path: 'registrationNumber', code: 'registrationNumber' }]),
    ...blank('', { address, phone, email }),
    ...(isBlank(about[language]) ? [{ path: `about.${language}`, code: 'about' }] : []),
    ...(reachable.length < complaintContactsNeeded[country]
      ? [{ path: `complaints.${reachable.length}.name`, code: 'complaints' }]
      : []),
    ...(branches.length === 0 ? [{ path: 'branches', code: 'branches' }] : []),
    ...branches.flatMap(missingOfBranch),
  ];
}

export interface PractitionerToPublish {
  givenName: string;
  familyName: string;
  specialties: readonly unknown[];
  languages: readonly unknown[];
}

/** What a practitioner's card lacks (R2-08). */
export function missingOfPractitioner({
  givenName,
  familyName,
  specialties,
  languages,
}: PractitionerToPublish): Missing[] {
  return [
    ...blank('', { givenName, familyName }),
    ...(specialties.length === 0 ? [{ path: 'specialties.0', code: 'specialties' }] : []),
    ...(languages.length === 0 ? [{ path: 'languages', code: 'languages' }] : []),
  ];
}
