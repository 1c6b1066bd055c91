import type { DayOfBranchAnswer } from '#libs/appointments';
import { formatPlainDate, type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';
import type { ChosenDay } from './chosen-day.js';
import { type DayList, dayLists, presentColumns } from './day.view.js';

export interface CalendarModel {
  day: string;
  heading: string;
  isToday: boolean;
  branch: { id: string; name: string; zone: string };
  branches: { value: string; label: string }[];
  hasBranches: boolean;
  columns: { id: string; name: string; isShown: boolean }[];
  isFiltered: boolean;
  /** Who does not work that day, in one line. */
  away: string;
  lists: DayList[];
  count: number;
  /** Words that stand in every row: looked up once. */
  labels: { time: string; patient: string; service: string; payer: string; status: string };
  portal: string;
  orphaned: string;
  /** Without language and host. */
  previous: string;
  next: string;
  todayPath: string;
  everyone: string;
  bookPath: string;
  /** The address that actions on this page come back to. */
  returnTo: string;
  search: string;
  source: string;
  versionSource: string;
  appointments: string;
  language: Language;
}

const searchOf = (branch: string, day: string, resources: readonly string[] | null): string => {
  const search = new URLSearchParams({ branch, day });
  if (resources !== null) search.set('practitioners', resources.join(','));
  return search.toString();
};

/** The calendar page: the same day as lists, and where the script finds it as data. */
export function calendarPage(chosen: ChosenDay, all: DayOfBranchAnswer, language: Language): CalendarModel {
  const { day, today, now, branch, branches, resources } = chosen;
  const isShown = (id: string): boolean => resources === null || resources.includes(id);
  const shown: DayOfBranchAnswer =
    resources === null
      ? all
      : {
          ...all,
          columns: all.columns.filter((column) => isShown(column.resourceId)),
          appointments: all.appointments.filter((visit) => isShown(visit.resourceId)),
        };
  const present = new Set(presentColumns(shown));
  const search = searchOf(branch.id, day.toString(), resources);
  const path = (to: Temporal.PlainDate, only = resources): string =>
    pathTo(language, `/calendar?${searchOf(branch.id, to.toString(), only)}`);
  return {
    day: day.toString(),
    heading: formatPlainDate(language, day, 'full'),
    isToday: day.equals(today),
    branch: { id: branch.id, name: branch.name, zone: branch.zone },
    branches: branches.map(({ id, name }) => ({ value: id, label: name })),
    hasBranches: branches.length > 1,
    columns: all.columns.map(({ resourceId, name }) => ({ id: resourceId, name, isShown: isShown(resourceId) })),
    isFiltered: resources !== null,
    away: shown.columns
      .filter((column) => !present.has(column) && column.payers.length > 0)
      .map(({ name }) => name)
      .join(', '),
    lists: dayLists(shown, day, now, language),
    count: shown.appointments.length,
    labels: {
      time: translate(language, 'clinic.time'),
      patient: translate(language, 'clinic.patient'),
      service: translate(language, 'clinic.service'),
      payer: translate(language, 'common.payer.label'),
      status: translate(language, 'clinic.status'),
    },
    portal: translate(language, 'common.origin.portal'),
    orphaned: translate(language, 'clinic.day.orphaned'),
    previous: path(day.subtract({ days: 1 })),
    next: path(day.add({ days: 1 })),
    todayPath: path(today),
    everyone: path(day, null),
    bookPath: pathTo(language, `/book?branch=${branch.id}&day=${day.toString()}`),
    returnTo: path(day),
    // Without it an appointment leads back to its own day, which is this one.
    search: resources === null ? '' : `?${new URLSearchParams({ returnTo: path(day) }).toString()}`,
    source: `/api/calendar/day?${search}`,
    versionSource: `/api/calendar/version?${search}`,
    appointments: pathTo(language, '/appointments'),
    language,
  };
}
