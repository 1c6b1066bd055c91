/** Visits of one patient again and again, as people say it: wall clock, not instants. */
export interface Rhythm {
  readonly first: Temporal.PlainDate;
  /** Every n-th day, or the weekdays of every n-th week. */
  readonly unit: 'days' | 'weeks';
  readonly every: number;
  /** ISO, 1 for Monday; with weeks, none means the weekday of the first day. */
  readonly weekdays: readonly number[];
  /** How many visits; 1 to 52. */
  readonly count: number;
}

export const mostOfSeries = 52;

/** The days of a series in their order. Weeks begin on Monday; in the first one only the days from `first` on count. */
export function daysOfSeries({ first, unit, every, weekdays, count }: Rhythm): Temporal.PlainDate[] {
  const step = Math.max(1, Math.trunc(every));
  const wanted = Math.min(mostOfSeries, Math.max(0, Math.trunc(count)));
  if (unit === 'days') return Array.from({ length: wanted }, (_, n) => first.add({ days: n * step }));
  const chosen = [...new Set(weekdays.length > 0 ? weekdays : [first.dayOfWeek])].sort((a, b) => a - b);
  const monday = first.subtract({ days: first.dayOfWeek - 1 });
  const days: Temporal.PlainDate[] = [];
  for (let week = 0; days.length < wanted; week += step) {
    const ofWeek = chosen.map((weekday) => monday.add({ days: week * 7 + weekday - 1 }));
    days.push(...ofWeek.filter((day) => Temporal.PlainDate.compare(day, first) >= 0));
  }
  return days.slice(0, wanted);
}

/** The free starts next to one that is not to be had: the last before it and the first after it. */
export function nearestTo(
  wanted: Temporal.Instant,
  free: readonly Temporal.Instant[],
): { before: Temporal.Instant | null; after: Temporal.Instant | null } {
  const { compare } = Temporal.Instant;
  let before: Temporal.Instant | null = null;
  let after: Temporal.Instant | null = null;
  for (const start of free) {
    const side = compare(start, wanted);
    if (side < 0 && (before === null || compare(start, before) > 0)) before = start;
    if (side > 0 && (after === null || compare(start, after) < 0)) after = start;
  }
  return { before, after };
}
