import type { StaffActor } from '#libs/access';
import type { DayOfBranchAnswer } from '#libs/appointments';
import { closesByLaw, holidaysOf } from '#libs/holidays';
import { type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';
import type { DayJson } from '../browser/day-json.js';
import { type CalendarFrame, calendarFrame, calendarPath, type Filters, filtersOf } from './calendar.view.js';
import { type ChosenDay, searchOf } from './chosen-day.js';
import { type DayList, dayLists } from './day-lists.view.js';
import { gridJson, type GridReading } from './grid.view.js';
import { isPresent, type ShownColumn, shownColumns } from './shown-day.js';

/** So many visits still make a page of lists that somebody reads; with more it names whose lists there are. */
const mostRows = 300;

/** The lists and the grid of a page, and where the script finds the newest. */
export interface GridPart {
  lists: DayList[];
  isShort: boolean;
  count: number;
  grid: DayJson;
  source: string;
  versionSource: string;
  events: string;
}

export interface DayPage extends CalendarFrame, GridPart {
  filters: Filters;
  hasColumns: boolean;
  /** Who does not work that day, with the reason where one is known. */
  away: string[];
  /** The public holiday that it is. */
  holiday: string;
}

/** @param kind also of the address that the script asks */
export function gridPart(
  kind: 'day' | 'week',
  answer: DayOfBranchAnswer,
  search: URLSearchParams,
  reading: GridReading & { bookAt(shown: ShownColumn, time: string): string },
): GridPart {
  const isShort = answer.appointments.length > mostRows;
  const days = String(reading.dates.length);
  const version = new URLSearchParams(search);
  version.set('days', days);
  const events = new URLSearchParams({ branch: answer.branch.id, day: reading.dates[0]?.toString() ?? '', days });
  return {
    lists: dayLists(answer, { ...reading, isShort }),
    isShort,
    count: answer.appointments.length,
    grid: gridJson(answer, reading),
    source: `/api/calendar/${kind}?${search.toString()}`,
    versionSource: `/api/calendar/version?${version.toString()}`,
    events: `/api/calendar/events?${events.toString()}`,
  };
}

/** How a grid of one day is read: a name leads to the week of its column. */
export const dayReading = (chosen: ChosenDay, staff: StaffActor, language: Language): GridReading => ({
  staff,
  dates: [chosen.day],
  now: chosen.now,
  language,
  hrefOf: ({ column }) => calendarPath(language, 'week', chosen, chosen.day, column.resourceId),
});

function holidayOf({ day, branch }: ChosenDay, language: Language): string {
  const holiday = holidaysOf(branch.country, day.year).find((each) => closesByLaw(each) && each.date.equals(day));
  return holiday === undefined ? '' : translate(language, holiday.key);
}

const reasonOf = ({ closures }: ShownColumn): string => closures.find(({ reason }) => reason !== null)?.reason ?? '';

/** The page of a day. @param all every column of the branch, to choose from; shown those that are chosen */
export function dayPage(
  chosen: ChosenDay,
  { all, shown }: { all: DayOfBranchAnswer; shown: DayOfBranchAnswer },
  staff: StaffActor,
  language: Language,
): DayPage {
  const { branch, day } = chosen;
  const bookPath = pathTo(language, `/book?branch=${branch.id}&day=${day.toString()}`);
  const reading = {
    ...dayReading(chosen, staff, language),
    bookAt: ({ column }: ShownColumn, time: string) => `${bookPath}&resource=${column.resourceId}&time=${time}`,
  };
  return {
    ...calendarFrame('day', chosen, day, language),
    ...gridPart('day', shown, searchOf(chosen, day), reading),
    filters: filtersOf(chosen, all, language),
    hasColumns: all.columns.length > 0,
    away: shownColumns(shown, [day])
      .filter((each) => !isPresent(each) && each.column.payers.length > 0)
      .map((each) => [each.column.name, reasonOf(each)].filter(Boolean).join(' – ')),
    holiday: holidayOf(chosen, language),
  };
}
