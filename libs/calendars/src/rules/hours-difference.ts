import type { CalendarHours } from './calendar-hours.js';
import { type DayLine, dayLineKey, type HoursLine, lineKey, linesOfDays, linesOfHours } from './hours-lines.js';

/** What publishing a draft would change, in the words in which hours are entered. */
export interface HoursDifference {
  readonly newLines: readonly HoursLine[];
  readonly goneLines: readonly HoursLine[];
  readonly newDays: readonly DayLine[];
  readonly goneDays: readonly DayLine[];
}

export function hoursDifference(published: CalendarHours, draft: CalendarHours): HoursDifference {
  const [oldLines, newLines] = [linesOfHours(published.weekly), linesOfHours(draft.weekly)];
  const [oldDays, newDays] = [linesOfDays(published.days), linesOfDays(draft.days)];
  return {
    newLines: without(newLines, oldLines, lineKey),
    goneLines: without(oldLines, newLines, lineKey),
    newDays: without(newDays, oldDays, dayLineKey),
    goneDays: without(oldDays, newDays, dayLineKey),
  };
}

function without<Item>(these: readonly Item[], those: readonly Item[], key: (item: Item) => string): Item[] {
  const known = new Set(those.map(key));
  return these.filter((each) => !known.has(key(each)));
}
