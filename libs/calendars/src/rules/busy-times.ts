import { dayBounds, earlier, intersect, type Interval, later, localDate, merge, subtract } from '#libs/time';
import type { OpenTime } from './openings.js';

/**
 * Open time without what a practitioner is busy with in their own calendar. A part that begins after a busy time begins
 * on the grid (minutes) of the opening that it is cut from, or where that began on another day of the midnight in between:
 * an entry of 10:10–10:40 must not move the starts of the whole afternoon. It is the same whichever days are asked about.
 */
export function leaveOut(
  { openings, limits }: OpenTime,
  busy: readonly Interval[],
  { grid, zone }: { grid: number; zone: string },
): OpenTime {
  if (busy.length === 0) return { openings, limits };
  const left = openings.flatMap((opening) =>
    subtract([opening], busy).flatMap(({ start, end }) => {
      const day = dayBounds(localDate(start, zone), zone);
      const from = later(opening.start, day.start);
      const steps = Math.ceil(from.until(start).total('minutes') / grid);
      const onGrid = earlier(from.add({ minutes: steps * grid }), day.end);
      return Temporal.Instant.compare(onGrid, end) < 0 ? [{ start: onGrid, end }] : [];
    }),
  );
  return {
    openings: left,
    limits: limits.flatMap((limit) => intersect([limit], left).map((part) => ({ ...limit, ...part }))),
  };
}

/** What is stored about busy times against what is read: which rows go, which times come. Both may be empty. */
export interface BusyDifference {
  gone: readonly string[];
  come: readonly Interval[];
  /** The times in which anything differs, those near each other taken together, so that each day is redone once. */
  changed: readonly Interval[];
}

/** Times that lie nearer than this are redone together: it costs less than to begin anew for each. */
const nearHours = 72;

const keyOf = ({ start, end }: Interval): string => `${start.epochMilliseconds} ${end.epochMilliseconds}`;

/**
 * The difference that makes the stored times those that are read.
 * @param kept all stored rows; those that are over before `within` begins stay as they are
 * @param busy merged; what does not reach into `within` does not count
 */
export function differenceOf(
  kept: readonly (Interval & { id: string })[],
  busy: readonly Interval[],
  within: Interval,
): BusyDifference {
  const reaches = (each: Interval): boolean => intersect([each], [within]).length > 0;
  const wanted = new Map(busy.filter(reaches).map((each) => [keyOf(each), each]));
  const known = new Map(kept.map((each) => [keyOf(each), each]));
  const gone = [...known].filter(([key, each]) => !wanted.has(key) && isLeftAfter(each, within.start));
  const come = [...wanted].filter(([key]) => !known.has(key)).map(([, each]) => each);
  return {
    gone: gone.map(([, { id }]) => id),
    come,
    changed: near([...gone.map(([, { start, end }]) => ({ start, end })), ...come]),
  };
}

const isLeftAfter = ({ end }: Interval, moment: Temporal.Instant): boolean => Temporal.Instant.compare(end, moment) > 0;

function near(times: readonly Interval[]): Interval[] {
  const grown = merge(times.map(({ start, end }) => ({ start, end: end.add({ hours: nearHours }) })));
  return grown.map(({ start, end }) => ({ start, end: end.subtract({ hours: nearHours }) }));
}

/** Whether a visit meets any of the busy times. */
export const meets = (visit: Interval, busy: readonly Interval[]): boolean => intersect([visit], busy).length > 0;
