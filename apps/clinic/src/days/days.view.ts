import type { ClinicBranchChoice, DayDecision, DecidedDay, KeptDaysPlace } from '#libs/calendars';
import type { Country, Holiday } from '#libs/holidays';
import { formatPlainDate, type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';
import { choiceOf, isClosedByLaw, type YearDay } from './year-of-place.js';

interface Choice {
  value: string;
  label: string;
}

export interface DayLine {
  id: string;
  date: string;
  day: string;
  names: string[];
  law: string[];
  isPlanned: boolean;
  status: string;
  isClosed: boolean;
  isDecided: boolean;
  note: string;
  by: string;
  exceptions: string[];
  isPast: boolean;
  choice: string;
  choices: Choice[];
}

/** By how many minutes a day can be shortened from the list. */
const shortenings = [60, 120, 180, 240];
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** What is done on a day, in words. */
export function decisionWords(language: Language, day: Temporal.PlainDate, decided: DayDecision): string {
  const { kind, shorterBy } = decided;
  const worksAs = translate(language, `days.works-as.${decided.worksAs ?? day.dayOfWeek}`);
  const shorter = shorterBy === null ? '' : translate(language, 'days.shorter', hoursOf(shorterBy));
  switch (kind) {
    case 'closed':
      return translate(language, 'days.closed');
    case 'open':
      return translate(language, `days.open.${day.dayOfWeek}`);
    case 'works-as':
      return shorter ? `${worksAs}, ${shorter}` : worksAs;
    case 'shortened':
      return translate(language, 'days.shortened', hoursOf(shorterBy ?? 0));
  }
}

const hoursOf = (minutes: number): { hours: number; minutes: number } => ({
  hours: Math.trunc(minutes / 60),
  minutes: minutes % 60,
});

/** `As on any Saturday`: a day of rest stays one. */
const ordinaryWords = (language: Language, day: Temporal.PlainDate): string =>
  translate(language, 'days.ordinary', { weekday: day.dayOfWeek });

/** What can be done on a day; where one branch is shown, it can also do as all others do. */
export function choicesOf(
  language: Language,
  { day, decided, law }: Pick<YearDay, 'day' | 'decided' | 'law'>,
  { isBranch, isClosed }: { isBranch: boolean; isClosed: boolean },
): Choice[] {
  const say = (decision: DayDecision): Choice => ({
    value: choiceOf(decision),
    label: decisionWords(language, day, decision),
  });
  const proposed = law.flatMap(({ hours, kind, counterpart }): DayDecision[] =>
    kind === 'moved-work' && counterpart && hours !== undefined
      ? [{ kind: 'works-as', worksAs: counterpart.dayOfWeek, shorterBy: hours * 60 }]
      : [],
  );
  const usual = isBranch
    ? translate(language, 'days.usual.branch')
    : isClosed
      ? translate(language, 'days.usual.closed')
      : ordinaryWords(language, day);
  const others: DayDecision[] = [
    ...(isBranch || isClosed ? [{ kind: 'open', worksAs: null, shorterBy: null } as const] : []),
    ...(isBranch || !isClosed ? [{ kind: 'closed', worksAs: null, shorterBy: null } as const] : []),
    ...shortenings.map((shorterBy) => ({ kind: 'shortened', worksAs: null, shorterBy }) as const),
    ...weekdays
      .filter((weekday) => weekday !== day.dayOfWeek)
      .map((worksAs) => ({ kind: 'works-as', worksAs, shorterBy: null }) as const),
    ...proposed,
    ...(decided ? [decided] : []),
  ];
  return [
    ...new Map([{ value: 'usual', label: usual }, ...others.map(say)].map((each) => [each.value, each])).values(),
  ];
}

export function dayLine(
  language: Language,
  yearDay: YearDay,
  {
    today,
    isBranch,
    branches,
  }: { today: Temporal.PlainDate; isBranch: boolean; branches: readonly ClinicBranchChoice[] },
): DayLine {
  const { day, law, decided } = yearDay;
  const isClosed = isClosedByLaw(yearDay);
  const usual = isClosed ? translate(language, 'days.closed') : ordinaryWords(language, day);
  const nameOf = (id: string | null): string => branches.find((branch) => branch.id === id)?.name ?? '';
  return {
    id: `d${day.toString()}`,
    date: formatPlainDate(language, day, 'weekday'),
    day: day.toString(),
    names: [...new Set(law.map((each) => nameOfDay(language, each)))],
    law: [...new Set(law.map((each) => lawWords(language, each)))],
    isPlanned: law.some(({ isPlanned }) => isPlanned),
    status: decided ? decisionWords(language, day, decided) : usual,
    isClosed: decided ? decided.kind === 'closed' : isClosed,
    isDecided: decided !== undefined,
    note: yearDay.note ?? '',
    by: yearDay.changedBy ?? '',
    exceptions: yearDay.exceptions.map(
      ({ branchId, decision }) => `${nameOf(branchId)}: ${decisionWords(language, day, decision)}`,
    ),
    isPast: Temporal.PlainDate.compare(day, today) < 0,
    choice: yearDay.isOwn || !isBranch ? choiceOf(decided) : 'usual',
    choices: choicesOf(language, yearDay, { isBranch, isClosed }),
  };
}

/** A shortened day has the name of the day after. */
const nameOfDay = (language: Language, { kind, key }: Holiday): string =>
  kind === 'shortened' ? translate(language, 'days.eve', { name: translate(language, key) }) : translate(language, key);

/** What the law says of a day: a kind of day, with what it was moved to or by how much it is shorter. */
function lawWords(language: Language, { kind, counterpart, hours, isPlanned }: Holiday): string {
  if (isPlanned) return translate(language, 'days.planned');
  if (kind === 'shortened') return translate(language, 'days.law-shortens', { hours: hours ?? 0 });
  const words = translate(language, `holidays.kinds.${kind}`);
  return counterpart ? `${words}: ${formatPlainDate(language, counterpart, 'weekday')}` : words;
}

/** What one press would change, a line for each day. */
export const takeOverLines = (language: Language, days: readonly DecidedDay[]): string[] =>
  days.map(
    ({ day, decision }) => `${formatPlainDate(language, day, 'full')}: ${decisionWords(language, day, decision)}`,
  );

/** The value of a place in forms and addresses. */
export const placeValue = ({ country, branchId }: Pick<KeptDaysPlace, 'country' | 'branchId'>): string =>
  branchId ?? country;

/** All branches of each country, then each branch, where there is more than one of them. */
export function placeChoices(
  language: Language,
  branches: readonly ClinicBranchChoice[],
  current: string,
  year: number,
): { href: string; label: string; isCurrent: boolean }[] {
  if (branches.length < 2) return [];
  const countries = [...new Set(branches.map(({ country }) => country))].sort().reverse();
  const choice = (value: string, label: string) => ({
    href: yearPath(language, year, value),
    label,
    isCurrent: value === current,
  });
  return [
    ...countries.map((country: Country) =>
      choice(
        country,
        translate(language, countries.length > 1 ? `days.branches-in.${country}` : 'clinic.all-branches'),
      ),
    ),
    ...branches.map(({ id, name }) => choice(id, name)),
  ];
}

export const yearPath = (language: Language, year: number, place: string): string =>
  pathTo(language, `/days?${new URLSearchParams({ year: String(year), place }).toString()}`);
