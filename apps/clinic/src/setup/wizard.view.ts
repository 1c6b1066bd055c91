import type { ClinicCalendar } from '#libs/calendars';
import { environment, type Language, translate, wordsIn } from '#libs/platform';
import { type ClinicInSetup, missingOfClinic, missingOfPractitioner, type PractitionerInSetup } from '#libs/profiles';
import { pathTo } from '#libs/web';
import { type MissingLink, missingOfCard, missingOfDoctor } from './missing-links.js';

export interface DoctorLine {
  name: string;
  initials: string;
  picture: string | null;
  specialties: string;
  href: string;
  /** `published`, `draft`, or `other`: another clinic keeps the card. */
  state: 'published' | 'draft' | 'other';
  keeper: string | null;
  missing: MissingLink[];
  publishAction: string;
  /** Only calendars make a doctor bookable. */
  times: { href: string; hasCalendars: boolean; isOpen: boolean };
}

interface Step {
  label: string;
  isDone: boolean;
  isCurrent: boolean;
}

export interface WizardModel {
  name: string;
  published: boolean;
  publicHref: string;
  steps: Step[];
  clinic: { missing: MissingLink[]; hasPicture: boolean };
  branches: { name: string; address: string; href: string; missing: MissingLink[] }[];
  doctors: DoctorLine[];
  services: number;
  /** All that keeps the clinic from being published. */
  missing: MissingLink[];
  drafts: DoctorLine[];
  hasTimes: boolean;
}

export const nameOf = (
  language: Language,
  each: Pick<PractitionerInSetup, 'title' | 'givenName' | 'familyName'>,
): string => [wordsIn(language, each.title), each.givenName, each.familyName].filter(Boolean).join(' ');

export const initialsOf = ({ givenName, familyName }: Pick<PractitionerInSetup, 'givenName' | 'familyName'>): string =>
  [givenName, familyName].map((name) => [...name][0] ?? '').join('');

function doctorLine(language: Language, doctor: PractitionerInSetup, calendars: readonly ClinicCalendar[]): DoctorLine {
  const own = calendars.filter(({ practitionerId }) => practitionerId === doctor.id);
  const [first] = own;
  return {
    name: nameOf(language, doctor),
    initials: initialsOf(doctor),
    picture: doctor.picture,
    specialties: doctor.specialties.map(({ name }) => wordsIn(language, name)).join(', '),
    href: pathTo(language, '/setup/doctors/', doctor.id),
    state: doctor.published ? 'published' : doctor.isKept ? 'draft' : 'other',
    keeper: doctor.isKept ? null : doctor.keeper,
    missing: doctor.isKept ? missingOfDoctor(language, doctor.id, missingOfPractitioner(doctor)) : [],
    publishAction: pathTo(language, '/setup/doctors/', doctor.id, '/publish'),
    times: {
      hasCalendars: own.length > 0,
      isOpen: own.some(({ published, publishedUntil }) => published && publishedUntil !== null),
      href: first
        ? pathTo(language, '/hours/', first.id)
        : pathTo(language, `/calendars/new?resource=${encodeURIComponent(doctor.id)}`),
    },
  };
}

/** Where a clinic stands on its way to its first patient: clinic, branches, doctors, services, times, publishing. */
export function wizardModel(
  language: Language,
  clinic: ClinicInSetup,
  calendars: readonly ClinicCalendar[],
): WizardModel {
  const missing = missingOfClinic(clinic);
  const ofBranches = missing.filter(({ path }) => /^branches(?:\.|$)/.test(path));
  const ofClinic = missing.filter((each) => !ofBranches.includes(each));
  const doctors = clinic.practitioners.map((each) => doctorLine(language, each, calendars));
  const hasTimes = doctors.length > 0 && doctors.every(({ times }) => times.isOpen);
  const done: Record<string, boolean> = {
    clinic: ofClinic.length === 0,
    branches: ofBranches.length === 0,
    doctors: doctors.length > 0 && doctors.every((each) => each.missing.length === 0),
    services: clinic.services > 0,
    times: hasTimes,
    publish: clinic.published && doctors.length > 0 && doctors.every(({ state }) => state === 'published'),
  };
  const current = Object.keys(done).find((name) => !done[name]);
  return {
    name: clinic.name,
    published: clinic.published,
    publicHref: `${environment().bookingUrl}${pathTo(language, '/clinics/', clinic.slug)}`,
    steps: Object.entries(done).map(([name, isDone]) => ({
      label: translate(language, `setup.steps.${name}`),
      isDone,
      isCurrent: name === current,
    })),
    clinic: { missing: missingOfCard(language, ofClinic), hasPicture: clinic.picture !== null },
    branches: clinic.branches.map(({ id, name, address, city }) => ({
      name,
      address: [address, city].filter(Boolean).join(', '),
      href: pathTo(language, '/setup/branches/', id),
      missing: missingOfCard(
        language,
        ofBranches.filter(({ path }) => path.startsWith(`branches.${id}.`)),
      ),
    })),
    doctors,
    services: clinic.services,
    missing: missingOfCard(language, missing),
    drafts: doctors.filter(({ state }) => state === 'draft'),
    hasTimes,
  };
}
