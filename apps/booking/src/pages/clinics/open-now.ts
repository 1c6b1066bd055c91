import type { AnnouncedByBranch } from '#libs/calendars';
import type { ReceptionTime } from '#libs/profiles';
import { covers, localDate, localTime } from '#libs/time';

/**
 * Whether a branch receives anybody at a moment: by its board's hours, the closures that patients are told of, and days
 * that are kept otherwise. A board without hours says nothing: undefined.
 */
export function isOpenAt(
  now: Temporal.Instant,
  { reception, zone }: { reception: readonly ReceptionTime[]; zone: string },
  told: Pick<AnnouncedByBranch, 'closures' | 'days'> | undefined,
): boolean | undefined {
  if (reception.length === 0) return undefined;
  const moment = { start: now, end: now.add({ seconds: 1 }) };
  const isClosed = told?.closures.some((closure) => closure.practitioner === null && covers(closure, moment));
  if (isClosed) return false;
  const today = localDate(now, zone);
  const day = told?.days.find((each) => each.day.equals(today));
  if (day && !day.isOpen) return false;
  const time = localTime(now, zone);
  const weekday = day?.worksAs ?? today.dayOfWeek;
  return reception.some((each) => each.weekday === weekday && each.from <= time && time < each.to);
}
