import type { ValueTransformer } from 'typeorm';
import type { Interval } from '#libs/time';

/** timestamptz ↔ Temporal.Instant. */
export const instantColumn: ValueTransformer = {
  from: (value: Date | null) => value && Temporal.Instant.fromEpochMilliseconds(value.getTime()),
  to: (value: Temporal.Instant | null | undefined) => value && value.toString(),
};

/** date ↔ Temporal.PlainDate. */
export const dayColumn: ValueTransformer = {
  from: (value: string | null) => value && Temporal.PlainDate.from(value),
  to: (value: Temporal.PlainDate | null | undefined) => value && value.toString(),
};

/** tstzrange ↔ Interval; every stored range is finite, includes its start and excludes its end. */
export const intervalColumn: ValueTransformer = {
  from: (value: string | null) => value && parseRange(value),
  to: (value: Interval | null | undefined) => value && rangeOf(value),
};

export const rangeOf = (interval: Interval): string => `[${interval.start.toString()},${interval.end.toString()})`;

export function parseRange(text: string): Interval {
  const [start = '', end = ''] = text.slice(1, -1).replaceAll('"', '').split(',');
  const instant = (part: string) => Temporal.Instant.from(part.replace(' ', 'T'));
  return { start: instant(start), end: instant(end) };
}
