import type { StaffActor } from '#libs/access';
import type { DayOfBranchAnswer } from '#libs/appointments';
import type { Language } from '#libs/platform';
import { mondayOf } from '#libs/time';
import { pathTo } from '#libs/web';
import { type CalendarFrame, calendarFrame, calendarPath } from './calendar.view.js';
import { type ChosenDay, searchOf } from './chosen-day.js';
import type { Who } from './chosen-who.js';
import { gridPart, type GridPart } from './day-page.view.js';
import type { GridReading } from './grid.view.js';
import type { ShownColumn } from './shown-day.js';

export interface WeekPage extends CalendarFrame, GridPart {
  whoName: string;
}

/** Monday to Sunday around the chosen day. */
export const weekReading = (chosen: ChosenDay, staff: StaffActor, language: Language): GridReading => ({
  staff,
  dates: Array.from({ length: 7 }, (_, n) => mondayOf(chosen.day).add({ days: n })),
  now: chosen.now,
  language,
  hrefOf: ({ date }) => calendarPath(language, 'day', chosen, date, null),
});

/** The page of a week. @param answer of the seven days of `weekReading` */
export function weekPage(
  { chosen, who, whos }: { chosen: ChosenDay; who: Who; whos: Who[] },
  answer: DayOfBranchAnswer,
  staff: StaffActor,
  language: Language,
): WeekPage {
  const monday = mondayOf(chosen.day);
  const search = searchOf(chosen, monday);
  search.set('who', who.id);
  const bookAt = ({ date }: ShownColumn, time: string): string =>
    pathTo(
      language,
      `/book?${new URLSearchParams({ branch: chosen.branch.id, day: date.toString(), resource: who.id, time }).toString()}`,
    );
  return {
    ...calendarFrame('week', chosen, monday, language, { who: who.id, whos }),
    ...gridPart('week', answer, search, { ...weekReading(chosen, staff, language), bookAt }),
    whoName: who.name,
  };
}
