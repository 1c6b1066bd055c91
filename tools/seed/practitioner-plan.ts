import type { Language } from '#libs/platform';
import { type PlannedBranch, type PlannedClinic, receives } from './clinic-plan.js';
import { type Specialty, specialties } from './content/specialties.js';
import { approaches, practisingSince } from './content/words-of-clinics.js';
import { fold } from './fold.js';
import { personName, type PersonName } from './people-names.js';
import { idsOf, type Random, randomOf } from './random.js';
import { type AllWords, words } from './words.js';

export interface Workplace {
  readonly clinic: PlannedClinic;
  readonly branch: PlannedBranch;
}

export interface PlannedPractitioner {
  readonly id: string;
  readonly number: number;
  readonly slug: string;
  readonly name: PersonName;
  readonly title: Partial<AllWords>;
  readonly languages: readonly Language[];
  readonly about: AllWords;
  readonly specialty: Specialty;
  /** The first is the main one; a second may be at another branch or clinic of the same city. */
  readonly workplaces: readonly [Workplace, ...Workplace[]];
}

/** Every specialty at least once, then by weight, in an order that does not bunch them. */
function specialtiesOf(count: number): readonly Specialty[] {
  const random = randomOf('specialties');
  const first = random.shuffled(specialties);
  const chosen = first.slice(0, count);
  const total = specialties.reduce((sum, { weight }) => sum + weight, 0);
  const owed = specialties.map((specialty) => ({ specialty, taken: chosen.includes(specialty) ? 1 : 0 }));
  while (chosen.length < count) {
    const next = owed.reduce((one, other) =>
      (other.specialty.weight * (chosen.length + 1)) / total - other.taken >
      (one.specialty.weight * (chosen.length + 1)) / total - one.taken
        ? other
        : one,
    );
    next.taken++;
    chosen.push(next.specialty);
  }
  return chosen;
}

const doctor = words('Dr.', 'Dr', 'Dr', 'Д-р');
const doctorOfMedicine = words('Dr. med.', 'Dr. med.', 'Dr, PhD', 'Д-р мед. наук');

function titleOf(specialty: Specialty, random: Random): Partial<AllWords> {
  if (specialty.withoutTitle) return {};
  const lot = random.below(100);
  return lot < 12 ? doctorOfMedicine : lot < 85 ? doctor : {};
}

function languagesOf(name: PersonName, local: Language, random: Random): readonly Language[] {
  const spoken = new Set<Language>([local, name.language]);
  if (random.chance(local === 'lv' ? 0.75 : 0.5)) spoken.add('ru');
  if (random.chance(0.7)) spoken.add('en');
  if (random.chance(0.03)) spoken.add(local === 'lv' ? 'et' : 'lv');
  return [...spoken];
}

function aboutOf(specialty: Specialty, year: number, random: Random): AllWords {
  const approach = random.pick(approaches);
  const text = (language: Language): string =>
    [specialty.focus[language], practisingSince[language].replace('{year}', String(year)), approach[language]].join(
      ' ',
    );
  return words(text('lv'), text('et'), text('en'), text('ru'));
}

/** Gives each practitioner the branch that lacks the specialty most and, of those, has the fewest people for its city. */
function workplaceChooser(clinics: readonly PlannedClinic[]): (specialty: Specialty) => Workplace {
  const places = clinics.flatMap((clinic) =>
    clinic.branches.map((branch) => ({
      clinic,
      branch,
      people: 0,
      has: new Map<string, number>(),
      share:
        branch.city.weight /
        clinics.flatMap(({ branches }) => branches).filter(({ city }) => city === branch.city).length,
    })),
  );
  return (specialty) => {
    const open = places.filter(({ clinic }) => receives(clinic, specialty.code));
    const need = (place: (typeof places)[number]): number =>
      ((place.has.get(specialty.code) ?? 0) * 8 + place.people + 1) / place.share;
    const chosen = open.reduce((one, other) => (need(other) < need(one) ? other : one));
    chosen.people++;
    chosen.has.set(specialty.code, (chosen.has.get(specialty.code) ?? 0) + 1);
    return { clinic: chosen.clinic, branch: chosen.branch };
  };
}

/** A second place of the same city for one practitioner in eight, of another clinic where there is one. */
function secondPlace(
  clinics: readonly PlannedClinic[],
  first: Workplace,
  specialty: Specialty,
  random: Random,
): Workplace[] {
  if (!random.chance(0.125)) return [];
  const others = clinics
    .filter((clinic) => receives(clinic, specialty.code))
    .flatMap((clinic) => clinic.branches.map((branch) => ({ clinic, branch })))
    .filter(({ branch }) => branch.city === first.branch.city && branch !== first.branch);
  return others.length > 0 ? [random.pick(others)] : [];
}

/** The practitioners of those clinics; the same number is the same person whatever the count. */
export function planPractitioners(
  clinics: readonly PlannedClinic[],
  count: number,
  today: Temporal.PlainDate,
  startMs: number,
): readonly PlannedPractitioner[] {
  const id = idsOf('practitioners', startMs);
  const choose = workplaceChooser(clinics);
  const names = new Map<string, number>();
  return specialtiesOf(count).map((specialty, number) => {
    const random = randomOf('practitioner', number);
    const first = choose(specialty);
    const { city } = first.branch;
    const local = city.country === 'LV' ? 'lv' : 'et';
    let name: PersonName;
    let tries = 0;
    do
      name = personName(
        city.country,
        random.chance(womenAmong(specialty)) ? 'woman' : 'man',
        city.russianNames,
        random,
      );
    while (names.has(slugOf(name)) && ++tries < 20);
    const namesakes = names.get(slugOf(name)) ?? 0;
    names.set(slugOf(name), namesakes + 1);
    return {
      id: id(),
      number,
      slug: namesakes === 0 ? slugOf(name) : `${slugOf(name)}-${namesakes + 1}`,
      name,
      specialty,
      title: titleOf(specialty, random),
      languages: languagesOf(name, local, random),
      about: aboutOf(specialty, today.year - 3 - random.below(34), random),
      workplaces: [first, ...secondPlace(clinics, first, specialty, random)],
    };
  });
}

const slugOf = (name: PersonName): string => `${fold(name.givenName)}-${fold(name.familyName)}`;

const womenAmong = (specialty: Specialty): number =>
  specialty.code === 'midwifery'
    ? 1
    : specialty.code === 'nursing' || specialty.code === 'dental-hygiene'
      ? 0.95
      : 0.68;
