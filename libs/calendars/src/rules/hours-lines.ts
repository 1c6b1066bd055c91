import { mondayOf, type WallTime } from '#libs/time';
import type { DayHours, DayRange, WeeklyRange } from './calendar-hours.js';

/** From when until when on a day, with at most one break: how people say it. */
export interface Stretch extends DayRange {
  readonly pause: { readonly starts: WallTime; readonly ends: WallTime } | null;
}

/** What a person says in one breath: "Monday to Thursday 9–17 with lunch from 12 to 13". */
export interface HoursLine extends Stretch, Omit<WeeklyRange, 'weekday' | keyof DayRange> {
  /** ISO weekdays, ascending. */
  readonly weekdays: readonly number[];
}

/** A single day as it is entered: a stretch of hours, or null: it is not worked. */
export interface DayLine {
  readonly day: Temporal.PlainDate;
  readonly stretch: Stretch | null;
}

/** The ranges of a stretch: one, or one on each side of its break. */
export function rangesOfStretch({ starts, ends, pause, serviceIds }: Stretch): DayRange[] {
  const limit = serviceIds === undefined ? {} : { serviceIds };
  if (pause === null) return [{ starts, ends, ...limit }];
  return [
    { starts, ends: pause.starts, ...limit },
    { starts: pause.ends, ends, ...limit },
  ];
}

/** The same ranges as stretches: two that follow one another with time between them are one with a break. */
export function stretchesOf(ranges: readonly DayRange[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const group of Map.groupBy(ranges, servicesKey).values()) {
    const sorted = group.toSorted((a, b) => inOrder(a.starts, b.starts));
    for (let n = 0; n < sorted.length; n++) {
      const [first, second] = [sorted[n], sorted[n + 1]];
      if (first === undefined) continue;
      const limit = first.serviceIds === undefined ? {} : { serviceIds: first.serviceIds };
      if (second !== undefined && first.ends < second.starts) {
        const pause = { starts: first.ends, ends: second.starts };
        stretches.push({ starts: first.starts, ends: second.ends, pause, ...limit });
        n++;
      } else stretches.push({ starts: first.starts, ends: first.ends, pause: null, ...limit });
    }
  }
  return stretches;
}

/** The weekly ranges that lines mean, line by line. */
export function hoursOfLines(lines: readonly HoursLine[]): WeeklyRange[] {
  return lines.flatMap(({ weekdays, pause, starts, ends, serviceIds, ...rhythm }) => {
    const ranges = rangesOfStretch({ starts, ends, pause, ...(serviceIds && { serviceIds }) });
    return weekdays.flatMap((weekday) => ranges.map((range) => ({ ...rhythm, ...range, weekday })));
  });
}

/**
 * As few lines as say the same: days with equal hours and rhythm stand together, in the order of their first day, their
 * weekday and their start. `hoursOfLines` gives the ranges back; only the anchor of a rhythm may be another day of its week.
 */
export function linesOfHours(hours: readonly WeeklyRange[]): HoursLine[] {
  const lines: HoursLine[] = [];
  for (const rows of Map.groupBy(hours, rhythmKey).values()) {
    const [first] = rows;
    if (first === undefined) continue;
    const days = Map.groupBy(rows, ({ weekday }) => weekday);
    const said = [...days].flatMap(([weekday, ranges]) => stretchesOf(ranges).map((stretch) => ({ weekday, stretch })));
    for (const alike of Map.groupBy(said, ({ stretch }) => stretchKey(stretch)).values()) {
      const stretch = alike[0]?.stretch;
      // The same range twice on one day is not to be lost, wrong as it is: it makes a second line.
      for (let rest = alike.map(({ weekday }) => weekday).toSorted((a, b) => a - b); rest.length > 0 && stretch;) {
        const weekdays = [...new Set(rest)];
        lines.push({ ...stretch, weekdays, ...rhythmOf(first) });
        rest = rest.filter((weekday, n) => rest.indexOf(weekday) !== n);
      }
    }
  }
  return lines.toSorted(
    (a, b) =>
      Temporal.PlainDate.compare(a.validFrom, b.validFrom) ||
      (a.weekdays[0] ?? 0) - (b.weekdays[0] ?? 0) ||
      inOrder(a.starts, b.starts) ||
      inOrder(lineKey(a), lineKey(b)),
  );
}

/** The single days that day lines mean; lines of one day are put together. */
export function daysOfLines(lines: readonly DayLine[]): DayHours[] {
  return [...Map.groupBy(lines, ({ day }) => day.toString()).values()]
    .map((same) => ({
      day: same[0]?.day ?? Temporal.PlainDate.from('1970-01-01'),
      ranges: same.flatMap(({ stretch }) => (stretch === null ? [] : rangesOfStretch(stretch))),
    }))
    .toSorted((a, b) => Temporal.PlainDate.compare(a.day, b.day));
}

/** Single days as they are entered, by day. */
export function linesOfDays(days: readonly DayHours[]): DayLine[] {
  return days
    .toSorted((a, b) => Temporal.PlainDate.compare(a.day, b.day))
    .flatMap(({ day, ranges }): DayLine[] =>
      ranges.length === 0
        ? [{ day, stretch: null }]
        : stretchesOf(ranges)
            .toSorted((a, b) => inOrder(a.starts, b.starts))
            .map((stretch) => ({ day, stretch })),
    );
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const servicesKey = ({ serviceIds }: DayRange): string => serviceIds?.toSorted().join() ?? 'all';

/** Equal for ranges that hold on the same days of the calendar, given their weekday. */
const rhythmKey = (each: WeeklyRange): string => {
  const { validFrom, validTo, everyNthWeek, weekAnchor, weekParity } = each;
  const anchor = everyNthWeek === 1 ? '' : mondayOf(weekAnchor).toString();
  return [validFrom, validTo ?? '', everyNthWeek, anchor, weekParity ?? ''].join('|');
};

const rhythmOf = ({ validFrom, validTo, everyNthWeek, weekAnchor, weekParity }: WeeklyRange) => ({
  validFrom,
  validTo,
  everyNthWeek,
  weekAnchor: mondayOf(everyNthWeek === 1 ? validFrom : weekAnchor),
  ...(weekParity && { weekParity }),
});

const stretchKey = (stretch: Stretch): string =>
  [stretch.starts, stretch.ends, stretch.pause?.starts, stretch.pause?.ends, servicesKey(stretch)].join('|');

/** Equal for lines that say the same. */
export const lineKey = (line: HoursLine): string => {
  const weekly = { ...line, weekday: 0 };
  return [line.weekdays.join(), stretchKey(line), rhythmKey(weekly)].join('|');
};

/** Equal for day lines that say the same. */
export const dayLineKey = ({ day, stretch }: DayLine): string =>
  `${day.toString()}|${stretch === null ? '' : stretchKey(stretch)}`;
