import { dayBounds } from '#libs/time';
import type { ShiftJson } from '../browser/day-json.js';

/** Times of one local day as its clocks show them, from seconds since 1970. */
export interface WallTimes {
  /** Seconds since 1970 from local midnight to the next. */
  first: number;
  last: number;
  /** 'HH:MM'; an end on the next day is '24:00'. */
  time(seconds: number): string;
  /** 'YYYY-MM-DDTHH:MM' for a grid that knows no zones. */
  dateTime(seconds: number): string;
  /** Minutes since local midnight as the clock counts them. */
  minutes(seconds: number): number;
  /**
   * Where it stands on the axis of a grid of this day: minutes back from the next midnight, taken from 24 hours. On a day
   * when clocks change that is what they show after the change; `shift` says what they showed before.
   */
  axis(seconds: number): number;
  shift: ShiftJson | null;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** 'HH:MM' of minutes since midnight. */
export const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** Reads clocks on `day` in `zone`. On the two days when clocks change every time asks the zone; else one offset does. */
export function wallTimes(day: Temporal.PlainDate, zone: string): WallTimes {
  const bounds = dayBounds(day, zone);
  const first = bounds.start.epochMilliseconds / 1000;
  const last = bounds.end.epochMilliseconds / 1000;
  const next = day.add({ days: 1 }).toString();
  const isPlain = last - first === 86_400;
  const minutes = (seconds: number): number => {
    if (seconds <= first) return 0;
    if (seconds >= last) return 1440;
    if (isPlain) return Math.floor((seconds - first) / 60);
    const clock = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(zone);
    return clock.hour * 60 + clock.minute;
  };
  const axis = (seconds: number): number => 1440 - Math.floor((last - Math.min(last, Math.max(first, seconds))) / 60);
  return {
    first,
    last,
    minutes,
    axis,
    shift: isPlain ? null : shiftOf(bounds.start.toZonedDateTimeISO(zone), (last - first) / 60, axis),
    time: (seconds) => clockOf(minutes(seconds)),
    dateTime: (seconds) => {
      const at = minutes(seconds);
      return at === 1440 ? `${next}T00:00` : `${day.toString()}T${clockOf(at)}`;
    },
  };
}

function shiftOf(
  midnight: Temporal.ZonedDateTime,
  length: number,
  axis: (seconds: number) => number,
): ShiftJson | null {
  const change = midnight.getTimeZoneTransition('next');
  if (change === null) return null;
  return {
    before: axis(change.epochMilliseconds / 1000),
    minutes: length - 1440,
    offsets: [midnight.offset, change.offset],
  };
}
