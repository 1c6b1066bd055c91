/** How long before a visit: days of the local calendar, at the visit's own clock time or at `at`; or elapsed hours. */
export type Offset = { days: number; at: Temporal.PlainTime | null } | { hours: number };

/** When a clinic reminds. Wall times are those of the visit's own zone. */
export interface ReminderSettings {
  /** At most three, none: it does not remind by this channel. */
  mail: readonly Offset[];
  sms: readonly Offset[];
  /** Nothing leaves from here to there; equal: there are no quiet hours. */
  quietFrom: Temporal.PlainTime;
  quietTo: Temporal.PlainTime;
  /** Nobody is reminded within so many hours of the letter of their booking. */
  letterHours: number;
  /** Whoever was booked further ahead than this is told of time and place a month before (R3-22); null: nobody is. */
  queueMonths: number | null;
}

export const mostOffsets = 3;

/** What holds until a clinic says otherwise: two days before, by SMS and by e-mail (R4-13), never at night. */
export const usualReminders: ReminderSettings = {
  mail: [{ days: 2, at: null }],
  sms: [{ days: 2, at: null }],
  quietFrom: Temporal.PlainTime.from('21:00'),
  quietTo: Temporal.PlainTime.from('08:00'),
  letterHours: 24,
  queueMonths: 6,
};

const pattern = /^(?:([1-9]|[12]\d|30)d(?: ([01]\d|2[0-3]):([0-5]\d))?|([1-9]|1[0-2])h)$/;

/** Reads `2d`, `1d 10:00` or `2h`; null for anything else. Hours are at most 12: from a day on, the local clock counts. */
export function parseOffset(text: string): Offset | null {
  const [, days, hour, minute, hours] = pattern.exec(text) ?? [];
  if (hours !== undefined) return { hours: Number(hours) };
  if (days === undefined) return null;
  const at = hour === undefined ? null : Temporal.PlainTime.from({ hour: Number(hour), minute: Number(minute) });
  return { days: Number(days), at };
}

/** Writes it as `parseOffset` reads it: also the name by which a reminder remembers why it left. */
export const offsetText = (offset: Offset): string =>
  'hours' in offset
    ? `${offset.hours}h`
    : `${offset.days}d${offset.at ? ` ${offset.at.toString({ smallestUnit: 'minute' })}` : ''}`;

/**
 * How many hours before a visit a reminder by one of these offsets can leave, at most; a change of clocks is in it. Where
 * it leaves before the quiet hours begin, those are sixteen and end two hours before the visit.
 */
export const hoursAhead = (offsets: readonly Offset[]): number =>
  Math.max(
    20,
    ...offsets.map((offset) => ('hours' in offset ? offset.hours : 24 * offset.days + (offset.at ? 25 : 1))),
  );
