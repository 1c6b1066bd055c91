import type { ClinicCalendar } from '#libs/calendars';
import { formatMoney, type Language, languages, translate, wordsIn } from '#libs/platform';
import { type ClinicService, type ForWhom, targetGroups } from '#libs/profiles';
import { type FormState, formOf, pathTo } from '#libs/web';
import { referralChoiceOf, referralChoices } from './service.form.js';

interface Choice {
  value: string;
  label: string;
}

/** A service as a line of the list. */
export interface ServiceLine {
  href: string;
  name: string;
  facts: string;
  badges: string[];
}

export interface ServicesModel {
  groups: { specialty: string; services: ServiceLine[] }[];
  ended: ServiceLine[];
}

const staff = (language: Language, key: string, args = {}): string =>
  translate(language, `services.staff.${key}`, args);

/** The ages that a service is for, in words; empty: all. */
export function agesOf(language: Language, { ageFrom, ageFromUnit, ageTo, ageToUnit }: ForWhom): string {
  const say = (n: number, unit: string, end: string): string =>
    translate(language, `services.ages.${unit}-${end}`, { n });
  const from = ageFrom === null ? '' : say(ageFrom, ageFromUnit, 'from');
  const to = ageTo === null ? '' : say(ageTo, ageToUnit, 'to');
  if (from && to) return translate(language, 'services.ages.between', { from, to });
  return from
    ? translate(language, 'services.ages.from', { from })
    : to && translate(language, 'services.ages.to', { to });
}

function lineOf(language: Language, service: ClinicService): ServiceLine {
  const facts = [
    translate(language, 'common.visit.minutes', { n: service.minutes }),
    translate(language, `services.modes.${service.mode}`),
    agesOf(language, service),
    service.sex && translate(language, `services.ask.sex-${service.sex}`),
    service.visitKind && staff(language, service.visitKind),
    ...service.targetGroups.map((group) => translate(language, `services.groups.${group}`)),
  ];
  return {
    href: pathTo(language, '/services/', service.id),
    name: wordsIn(language, service.name),
    facts: facts.filter(Boolean).join(' · '),
    badges: [
      ...(service.referralRequired ? [staff(language, 'needs-referral')] : []),
      ...(service.questions > 0 ? [staff(language, 'questions-count', { n: service.questions })] : []),
    ],
  };
}

/** The services of a clinic by specialty; those that have ended below. */
export function servicesModel(language: Language, services: readonly ClinicService[]): ServicesModel {
  const groups = new Map<string, ServiceLine[]>();
  for (const service of services.filter(({ active }) => active)) {
    const specialty = wordsIn(language, service.specialty);
    groups.set(specialty, [...(groups.get(specialty) ?? []), lineOf(language, service)]);
  }
  return {
    groups: [...groups].map(([specialty, lines]) => ({ specialty, services: lines })),
    ended: services.filter(({ active }) => !active).map((service) => lineOf(language, service)),
  };
}

/** A new service as the form begins. */
export const newService = (): FormState =>
  formOf({
    mode: 'in-person',
    minutes: 20,
    bufferBefore: 0,
    bufferAfter: 0,
    ageFromUnit: 'years',
    ageToUnit: 'years',
    referral: 'none',
  });

export const formOfService = (service: ClinicService): FormState => {
  const { name, preparation, targetGroups: groups, ...rest } = service;
  return formOf({ ...rest, name, preparation, targetGroups: [...groups], referral: referralChoiceOf(service) });
};

/** The lists of the form, and its fields in four languages. */
export function serviceChoices(
  language: Language,
  specialties: readonly { id: string; name: object }[],
  form: FormState,
): object {
  const of = (values: readonly string[], label: (value: string) => string): Choice[] =>
    values.map((value) => ({ value, label: label(value) }));
  const chosen = [form.values['targetGroups'] ?? []].flat();
  return {
    languages: languages.map((value) => ({ name: value, label: translate(language, `clinic.languages.${value}`) })),
    specialties: specialties.map(({ id, name }) => ({ value: id, label: wordsIn(language, name) })),
    modes: of(['in-person', 'phone', 'video'], (value) => translate(language, `services.modes.${value}`)),
    units: of(['years', 'months'], (value) => staff(language, value)),
    sexes: of(['', 'female', 'male'], (value) =>
      value ? translate(language, `services.ask.sex-${value}`) : staff(language, 'anybody'),
    ),
    visitKinds: of(['', 'first', 'repeat'], (value) => staff(language, value || 'any-visit')),
    referrals: of(referralChoices, (value) => staff(language, `referral-${value}`)),
    confirmations: of(['', 'automatic', 'manual'], (value) => staff(language, value || 'as-calendar')),
    groups: targetGroups.map((value) => ({
      value,
      label: translate(language, `services.groups.${value}`),
      isChecked: chosen.includes(value),
    })),
  };
}

/** What the fields are called in the summary of mistakes. */
export function serviceLabels(language: Language): Record<string, string> {
  const label = (key: string): string => staff(language, key);
  const inEach = (name: string, key: string): [string, string][] =>
    languages.map((each) => [`${name}.${each}`, `${label(key)}, ${translate(language, `clinic.languages.${each}`)}`]);
  return Object.fromEntries([
    ...inEach('name', 'name'),
    ...inEach('preparation', 'preparation'),
    ['specialtyId', label('specialty')],
    ['minutes', label('minutes')],
    ['bufferBefore', label('before')],
    ['bufferAfter', label('after')],
    ['ageFrom', label('age-from')],
    ['ageTo', label('age-to')],
  ]);
}

/** Where a service can be booked. */
export const offeredIn = (language: Language, serviceId: string, calendars: readonly ClinicCalendar[]): object[] =>
  calendars.flatMap(({ id, name, branch, payer, services }) => {
    const offered = services.find((service) => service.id === serviceId);
    if (!offered) return [];
    const minutes = translate(language, 'common.visit.minutes', { n: offered.minutes });
    return [
      {
        href: pathTo(language, '/calendars/', id),
        name,
        payer,
        facts: [
          branch.name,
          minutes,
          ...(offered.priceCents > 0 ? [formatMoney(language, offered.priceCents)] : []),
        ].join(' · '),
      },
    ];
  });
