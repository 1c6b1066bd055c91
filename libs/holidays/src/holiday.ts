export type Country = 'LV' | 'EE';

export type HolidayKind =
  /** A public holiday by law, on a weekend too. */
  | 'holiday'
  /** A day off because a holiday fell on a weekend. */
  | 'substitute'
  /** A weekday off in state institutions, worked on another day; the order advises others to do the same. */
  | 'moved-off'
  /** The Saturday on which they work for it. */
  | 'moved-work'
  /** A working day that is shorter because a holiday follows. */
  | 'shortened';

export interface Holiday {
  readonly date: Temporal.PlainDate;
  readonly kind: HolidayKind;
  /** The locale key of its name; a substitute has the name of its holiday, a shortened day that of the next day's. */
  readonly key: string;
  /** By how many hours the working day is shorter, where it is. */
  readonly hours?: number;
  /** Of a moved day: the day worked for the one off, and the one off for the day worked. */
  readonly counterpart?: Temporal.PlainDate;
  /** Announced, but the order that makes it law is not in force: a proposal that closes nothing by itself. */
  readonly isPlanned?: true;
}

export const isWeekend = (day: Temporal.PlainDate): boolean => day.dayOfWeek > 5;

/** A public holiday named in the law. `name` is the last part of its key. */
export const holiday = (date: Temporal.PlainDate, name: string): Holiday => ({
  date,
  kind: 'holiday',
  key: `holidays.${name}`,
});

/** The working days just before the given holidays; a weekend or another holiday there is not shortened. */
export function shortenedBefore(
  eves: readonly Holiday[],
  hours: number,
  isDayOff: (day: Temporal.PlainDate) => boolean,
): Holiday[] {
  return eves
    .map(({ date, key }): Holiday => ({ date: date.subtract({ days: 1 }), kind: 'shortened', key, hours }))
    .filter(({ date }) => !isWeekend(date) && !isDayOff(date));
}
