import type { DayOfBranchAnswer } from '#libs/appointments';
import { formatPlainDate, type Language, translate, wordsIn } from '#libs/platform';
import { pathTo } from '#libs/web';
import { type ChosenDay, isChosen, searchOf } from './chosen-day.js';
import { steps } from './day.query.js';

export type CalendarKind = 'day' | 'week' | 'month';

interface Choice {
  value: string;
  label: string;
  isCurrent: boolean;
}

/** What stands above a day, a week and a month alike. */
export interface CalendarFrame {
  kind: CalendarKind;
  /** 'YYYY-MM-DD', what the field of the day holds. */
  day: string;
  heading: string;
  isToday: boolean;
  branch: { id: string; name: string; zone: string };
  branches: Choice[];
  hasBranches: boolean;
  kinds: { href: string; label: string; key: string; isCurrent: boolean }[];
  /** Where the forms of the day, and of the branch and the density, lead; without the language. */
  path: string;
  kindPath: string;
  /** Whose week or month; empty in a day. */
  who: string;
  whos: Choice[];
  steps: Choice[];
  step: number;
  previous: string;
  next: string;
  previousLabel: string;
  nextLabel: string;
  todayPath: string;
  bookPath: string;
  /** The address that actions on this page come back to. */
  returnTo: string;
  search: string;
  appointments: string;
  /** What the address says besides branch and day, to stay in it when the day is chosen. */
  told: { practitioners: string | null; specialty: string | null };
  language: Language;
}

const paths: Record<CalendarKind, string> = { day: '/calendar', week: '/calendar/week', month: '/calendar/month' };
const keys: Record<CalendarKind, string> = { day: 'd', week: 'w', month: 'm' };

/** The address of a calendar of some kind. */
export const calendarPath = (
  language: Language,
  kind: CalendarKind,
  chosen: Pick<ChosenDay, 'branch' | 'told'>,
  day: Temporal.PlainDate,
  who: string | null,
): string => {
  const search = searchOf(chosen, day);
  if (who !== null && kind !== 'day') search.set('who', who);
  return pathTo(language, `${paths[kind]}?${search.toString()}`);
};

const headings: Record<CalendarKind, (language: Language, day: Temporal.PlainDate) => string> = {
  day: (language, day) => formatPlainDate(language, day, 'full'),
  week: (language, day) =>
    translate(language, 'grid.week-of', {
      n: day.weekOfYear ?? 0,
      from: formatPlainDate(language, day, 'day-month'),
      to: formatPlainDate(language, day.add({ days: 6 }), 'long'),
    }),
  month: (language, day) => formatPlainDate(language, day, 'month'),
};

const lengths = { day: { days: 1 }, week: { days: 7 }, month: { months: 1 } } as const;

/** @param first the first day that is shown; whos: whose week or month it could be */
export function calendarFrame(
  kind: CalendarKind,
  chosen: ChosenDay,
  first: Temporal.PlainDate,
  language: Language,
  { who, whos }: { who: string | null; whos: readonly { id: string; name: string }[] } = { who: null, whos: [] },
): CalendarFrame {
  const { branch, branches, today } = chosen;
  const t = (key: string): string => translate(language, key);
  const path = (day: Temporal.PlainDate, of: CalendarKind = kind): string =>
    calendarPath(language, of, chosen, day, who);
  const last = first.add(lengths[kind]);
  const isNow = Temporal.PlainDate.compare(first, today) <= 0 && Temporal.PlainDate.compare(today, last) < 0;
  // From a week or a month that holds today, the day is today.
  const dayOf = kind === 'day' ? chosen.day : isNow ? today : chosen.day;
  return {
    kind,
    day: dayOf.toString(),
    heading: headings[kind](language, first),
    isToday: isNow,
    branch: { id: branch.id, name: branch.name, zone: branch.zone },
    branches: branches.map(({ id, name }) => ({ value: id, label: name, isCurrent: id === branch.id })),
    hasBranches: branches.length > 1,
    kinds: (['day', 'week', 'month'] as const).map((each) => ({
      href: path(each === kind ? chosen.day : dayOf, each),
      label: t(`grid.kinds.${each}`),
      key: keys[each],
      isCurrent: each === kind,
    })),
    path: paths[kind],
    kindPath: paths[kind].replace('/calendar', ''),
    who: who ?? '',
    whos: whos.map(({ id, name }) => ({ value: id, label: name, isCurrent: id === who })),
    steps: steps.map((each) => ({
      value: String(each),
      label: translate(language, 'grid.step', { n: each }),
      isCurrent: each === chosen.step,
    })),
    step: chosen.step,
    previous: path(first.subtract(lengths[kind])),
    next: path(last),
    previousLabel: t(`grid.previous.${kind}`),
    nextLabel: t(`grid.next.${kind}`),
    todayPath: path(today),
    bookPath: pathTo(language, `/book?branch=${branch.id}&day=${chosen.day.toString()}`),
    returnTo: path(chosen.day),
    // Without it an appointment leads back to its own day.
    search: `?${new URLSearchParams({ returnTo: path(chosen.day) }).toString()}`,
    appointments: pathTo(language, '/appointments'),
    told: chosen.told,
    language,
  };
}

/** What can be chosen to be shown of a day. */
export interface Filters {
  columns: { id: string; name: string; isShown: boolean }[];
  specialties: Choice[];
  isFiltered: boolean;
  /** What is shown, in a line: `Cardiology · 5 of 40`. */
  text: string;
  everyone: string;
}

/** What the reader chooses from, and what of it is shown now. */
export function filtersOf(chosen: ChosenDay, all: DayOfBranchAnswer, language: Language): Filters {
  const isListed = (id: string): boolean => chosen.resources?.includes(id) ?? true;
  const shown = all.columns.filter((column) => isChosen(chosen, column)).length;
  const specialty = all.specialties.find(({ id }) => id === chosen.specialty);
  const isFiltered = shown < all.columns.length;
  return {
    columns: all.columns.map(({ resourceId: id, name }) => ({ id, name, isShown: isListed(id) })),
    specialties: all.specialties.map(({ id, name }) => ({
      value: id,
      label: wordsIn(language, name),
      isCurrent: id === chosen.specialty,
    })),
    isFiltered,
    text: [
      ...(specialty ? [wordsIn(language, specialty.name)] : []),
      translate(language, 'grid.shown', { n: shown, all: all.columns.length }),
    ].join(' · '),
    everyone: calendarPath(
      language,
      'day',
      { branch: chosen.branch, told: { practitioners: 'all', specialty: 'all' } },
      chosen.day,
      null,
    ),
  };
}
