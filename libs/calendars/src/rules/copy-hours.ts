import { mondayOf } from '#libs/time';
import {
  type CalendarHours,
  type DayHours,
  type DayRange,
  rangesOn,
  singleDays,
  type SingleDays,
  type WeeklyRange,
} from './calendar-hours.js';
import { type DayRule, ordinaryDay } from './day-rule.js';
import { stretchesOf } from './hours-lines.js';

export interface CopiedDays {
  readonly hours: CalendarHours;
  /** Days of the target that were left closed, as the clinic is: a single day would open them. */
  readonly leftClosed: readonly Temporal.PlainDate[];
}

type DayRuleOf = (day: Temporal.PlainDate) => DayRule;

/** The hours with those of one week (any day of it) held in another: its weekdays become single days where they differ. */
export function copyWeek(
  hours: CalendarHours,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  dayRule: DayRuleOf,
): CopiedDays {
  const pairs = Array.from({ length: 7 }, (_, days): DayPair => [
    mondayOf(from).add({ days }),
    mondayOf(to).add({ days }),
  ]);
  return copyDays(hours, pairs, dayRule);
}

/**
 * The hours with those of one month (any day of it) held in another. Months are laid upon each other by whole weeks,
 * first Monday on first Monday, so that each day gets the hours of its own weekday; days whose counterpart lies outside
 * the month that is copied stay as they are.
 */
export function copyMonth(
  hours: CalendarHours,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
  dayRule: DayRuleOf,
): CopiedDays {
  const apart = firstMonday(from).until(firstMonday(to)).days;
  const first = to.with({ day: 1 });
  const pairs = Array.from({ length: to.daysInMonth }, (_, days): DayPair => {
    const target = first.add({ days });
    return [target.subtract({ days: apart }), target];
  });
  return copyDays(
    hours,
    pairs.filter(([source]) => source.year === from.year && source.month === from.month),
    dayRule,
  );
}

export interface CopiedPattern {
  readonly hours: CalendarHours;
  /** How many ranges were left out, because the target has none of their services. */
  readonly leftOut: number;
}

/** The hours with another calendar's week in place of their own; limits are kept for the services that both have. */
export function copyPattern(hours: CalendarHours, from: CalendarHours, services: ReadonlySet<string>): CopiedPattern {
  const weekly = from.weekly.flatMap(({ serviceIds, ...each }): WeeklyRange[] => {
    if (serviceIds === undefined) return [each];
    const both = serviceIds.filter((id) => services.has(id));
    return both.length === 0 ? [] : [{ ...each, serviceIds: both }];
  });
  return { hours: { ...hours, weekly }, leftOut: from.weekly.length - weekly.length };
}

type DayPair = readonly [source: Temporal.PlainDate, target: Temporal.PlainDate];

function copyDays(hours: CalendarHours, pairs: readonly DayPair[], dayRule: DayRuleOf): CopiedDays {
  const before = singleDays(hours.days);
  const none: SingleDays = new Map();
  const after = new Map(hours.days.map((each) => [each.day.toString(), each]));
  const leftClosed: Temporal.PlainDate[] = [];
  for (const [source, target] of pairs) {
    const isSingle = before.has(source.toString());
    if (!isSingle && !dayRule(target).isOpen) {
      if (!before.has(target.toString())) leftClosed.push(target);
      continue;
    }
    // A public holiday or a shortened day of the source is no reason to close or shorten the target.
    const wanted = rangesOn(hours.weekly, before, source, ordinaryDay(source));
    const usual = rangesOn(hours.weekly, none, target, dayRule(target));
    if (isSame(wanted, usual)) after.delete(target.toString());
    else after.set(target.toString(), { day: target, ranges: wanted.map(rangeOf) });
  }
  const days = [...after.values()].toSorted((a: DayHours, b: DayHours) => Temporal.PlainDate.compare(a.day, b.day));
  return { hours: { weekly: hours.weekly, days }, leftClosed };
}

const rangeOf = ({ starts, ends, serviceIds }: DayRange): DayRange => ({
  starts,
  ends,
  ...(serviceIds && { serviceIds }),
});

const isSame = (a: readonly DayRange[], b: readonly DayRange[]): boolean =>
  JSON.stringify(stretchesOf(a.map(rangeOf))) === JSON.stringify(stretchesOf(b.map(rangeOf)));

/** Of the day's month: the one among its first seven days. */
const firstMonday = (day: Temporal.PlainDate): Temporal.PlainDate => mondayOf(day.with({ day: 7 }));
