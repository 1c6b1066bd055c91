/** A stretch of time: the start is in it, the end is not, as in PostgreSQL's tstzrange '[)'. */
export interface Interval {
  readonly start: Temporal.Instant;
  readonly end: Temporal.Instant;
}

const { compare } = Temporal.Instant;

export function isEmpty(interval: Interval): boolean {
  return compare(interval.start, interval.end) >= 0;
}

/** Whether the two share an instant; intervals that only touch do not, and an empty one shares nothing. */
export function overlaps(a: Interval, b: Interval): boolean {
  return compare(a.start, b.end) < 0 && compare(b.start, a.end) < 0 && !isEmpty(a) && !isEmpty(b);
}

export function contains(interval: Interval, instant: Temporal.Instant): boolean {
  return compare(interval.start, instant) <= 0 && compare(instant, interval.end) < 0;
}

/** Whether all of `inner` lies in `outer`. */
export function covers(outer: Interval, inner: Interval): boolean {
  return compare(outer.start, inner.start) <= 0 && compare(inner.end, outer.end) <= 0;
}

/** The same time in as few intervals as possible: sorted, disjoint, adjoining ones made one, empty ones left out. */
export function merge(intervals: Iterable<Interval>): Interval[] {
  const sorted = [...intervals].filter((each) => !isEmpty(each)).sort((a, b) => compare(a.start, b.start));
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last === undefined || compare(last.end, next.start) < 0) merged.push(next);
    else if (compare(last.end, next.end) < 0) merged[merged.length - 1] = { start: last.start, end: next.end };
  }
  return merged;
}

/** The time in both, merged. */
export function intersect(these: Iterable<Interval>, those: Iterable<Interval>): Interval[] {
  const left = merge(these);
  const right = merge(those);
  const common: Interval[] = [];
  for (let i = 0, j = 0; ;) {
    const a = left[i];
    const b = right[j];
    if (a === undefined || b === undefined) return common;
    const both = { start: later(a.start, b.start), end: earlier(a.end, b.end) };
    if (!isEmpty(both)) common.push(both);
    if (compare(a.end, b.end) < 0) i++;
    else j++;
  }
}

/** The time in `these` that is in none of `those`, merged. */
export function subtract(these: Iterable<Interval>, those: Iterable<Interval>): Interval[] {
  const cuts = merge(those);
  const rest: Interval[] = [];
  let first = 0;
  for (const { start, end } of merge(these)) {
    let from = start;
    while (first < cuts.length && compare(cuts[first]?.end ?? end, start) <= 0) first++;
    for (let i = first; i < cuts.length; i++) {
      const cut = cuts[i];
      if (cut === undefined || compare(cut.start, end) >= 0) break;
      if (compare(from, cut.start) < 0) rest.push({ start: from, end: cut.start });
      from = later(from, cut.end);
    }
    if (compare(from, end) < 0) rest.push({ start: from, end });
  }
  return rest;
}

export function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return compare(a, b) <= 0 ? a : b;
}

export function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return compare(a, b) >= 0 ? a : b;
}
