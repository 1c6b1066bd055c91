import { type Offset, offsetText, parseOffset, type ReminderSettings } from './reminder-settings.js';

/** A visit, as far as its reminders are concerned. */
export interface VisitAhead {
  start: Temporal.Instant;
  zone: string;
  /** When its time was set last: booked, confirmed or moved; null: elsewhere, long ago. */
  setAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
}

/** The notice of time and place of visits that were booked long ahead. */
export const queueRule = 'queue';

const { compare } = Temporal.Instant;
const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant => (compare(a, b) < 0 ? b : a);

/** Within two hours of a visit nobody is reminded of it, unless the clinic reminds by the hour. */
const lastHours = 2;

const monthsLater = ({ createdAt, zone }: VisitAhead, months: number): Temporal.Instant =>
  createdAt.toZonedDateTimeISO(zone).add({ months }).toInstant();

/**
 * The moment that an offset names. Days are counted on the local calendar, so that 12:00 stays 12:00 across a change of
 * clocks; hours are elapsed ones (faults.md D4). A wall time that a day skips is the one an hour later.
 */
export function momentOf(offset: Offset, start: Temporal.Instant, zone: string): Temporal.Instant {
  if ('hours' in offset) return start.subtract({ hours: offset.hours });
  const local = start.toZonedDateTimeISO(zone).subtract({ days: offset.days });
  const at = offset.at ? local.withPlainTime(offset.at) : local;
  return at.toInstant();
}

type Quiet = Pick<ReminderSettings, 'quietFrom' | 'quietTo'>;

/** The quiet hours that a moment lies in, or null. */
export function quietHoursAt(
  at: Temporal.Instant,
  zone: string,
  { quietFrom, quietTo }: Quiet,
): { from: Temporal.Instant; to: Temporal.Instant } | null {
  const order = Temporal.PlainTime.compare(quietFrom, quietTo);
  if (order === 0) return null;
  const today = at.toZonedDateTimeISO(zone).toPlainDate();
  for (const day of [today.subtract({ days: 1 }), today]) {
    const from = day.toZonedDateTime({ timeZone: zone, plainTime: quietFrom }).toInstant();
    const end = order > 0 ? day.add({ days: 1 }) : day;
    const to = end.toZonedDateTime({ timeZone: zone, plainTime: quietTo }).toInstant();
    if (compare(from, at) <= 0 && compare(at, to) < 0) return { from, to };
  }
  return null;
}

/** Past this moment a reminder by this offset is of no use any more. */
export function lastUseful(offset: Offset, start: Temporal.Instant): Temporal.Instant {
  const minutes = 'hours' in offset ? Math.min(lastHours * 60, offset.hours * 30) : lastHours * 60;
  return start.subtract({ minutes });
}

/**
 * When a reminder leaves, or null: this visit is not reminded of by this offset. It waits until the letter of the booking
 * is `letterHours` old, and for the end of the quiet hours; where that would be later than two hours before the visit, it
 * leaves an hour before the quiet hours begin.
 */
export function leavesAt(offset: Offset, visit: VisitAhead, settings: ReminderSettings): Temporal.Instant | null {
  const { start, zone, setAt } = visit;
  const due = momentOf(offset, start, zone);
  const hours = 'hours' in offset ? Math.min(settings.letterHours, offset.hours) : settings.letterHours;
  const afterLetter = setAt?.add({ hours });
  const wished = afterLetter ? later(due, afterLetter) : due;
  const quiet = quietHoursAt(wished, zone, settings);
  if (!quiet) return compare(wished, lastUseful(offset, start)) <= 0 ? wished : null;
  if (compare(quiet.to, start.subtract({ hours: lastHours })) <= 0) return quiet.to;
  const before = quiet.from.subtract({ hours: 1 });
  return afterLetter && compare(before, afterLetter) < 0 ? null : before;
}

/** When the notice a month ahead leaves, or null: the visit was not booked that long before (R3-22). */
export function queueNoticeAt(visit: VisitAhead, settings: ReminderSettings): Temporal.Instant | null {
  const { start, zone } = visit;
  const months = settings.queueMonths;
  if (months === null || compare(start, monthsLater(visit, months)) <= 0) return null;
  const due = start.toZonedDateTimeISO(zone).subtract({ months: 1 }).toInstant();
  // Whose time was set anew since then has been told of it.
  if (visit.setAt && compare(visit.setAt.add({ hours: settings.letterHours }), due) > 0) return null;
  return quietHoursAt(due, zone, settings)?.to ?? due;
}

/** A rule by which a visit is reminded of now, and when it was due. */
export interface Due {
  rule: string;
  at: Temporal.Instant;
}

/**
 * Whether somebody is reminded of a visit now. Of several offsets that have passed only the last counts: whoever was not
 * reminded while the worker was down is reminded once. At night nothing is due.
 * @param done the rules by which this start was reminded of already
 */
export function dueNow(
  visit: VisitAhead,
  offsets: readonly Offset[],
  settings: ReminderSettings,
  { now, done }: { now: Temporal.Instant; done: readonly string[] },
): Due | null {
  if (quietHoursAt(now, visit.zone, settings)) return null;
  const passed = offsets
    .flatMap((offset) => {
      const at = leavesAt(offset, visit, settings);
      if (!at || compare(at, now) > 0 || compare(now, lastUseful(offset, visit.start)) > 0) return [];
      return [{ rule: offsetText(offset), at }];
    })
    .sort((a, b) => compare(a.at, b.at));
  const last = passed.at(-1);
  if (!last || done.includes(last.rule)) return null;
  // By an offset that the clinic had before, nearer to the visit than those of now.
  const dueOf = (rule: string): Temporal.Instant[] => {
    const offset = parseOffset(rule);
    return offset ? [momentOf(offset, visit.start, visit.zone)] : [];
  };
  const [due] = dueOf(last.rule);
  return due && done.flatMap(dueOf).some((each) => compare(each, due) >= 0) ? null : last;
}

/** Whether the notice a month ahead is due now. It is of use until the ordinary reminders begin. */
export function queueNoticeDueNow(
  visit: VisitAhead,
  settings: ReminderSettings,
  { now, done }: { now: Temporal.Instant; done: readonly string[] },
): Due | null {
  const at = queueNoticeAt(visit, settings);
  if (!at || done.includes(queueRule) || compare(at, now) > 0) return null;
  if (compare(now, visit.start.subtract({ hours: 24 * 7 })) > 0) return null;
  return quietHoursAt(now, visit.zone, settings) ? null : { rule: queueRule, at };
}
