import { type Country, isWorkingDay } from '#libs/holidays';

/** When a clinic's desk works by law, local time (regulation no. 73 of 27.12.2018, section 5 (3)). */
const opensAt = 9;
const closesAt = 17;
/** One working day, in minutes. */
export const workingDay = (closesAt - opensAt) * 60;
/** An alarm comes when this much of it is over (R3-21, R4-09). */
export const alarmAfter = 0.75;

export interface Place {
  country: Country;
  /** The branch's zone. */
  zone: string;
}

/** The moment at which so many minutes of working time have passed since `from`, in the branch's country. */
export function afterWorkingTime(from: Temporal.Instant, minutes: number, { country, zone }: Place): Temporal.Instant {
  let left = minutes;
  let at = from.toZonedDateTimeISO(zone);
  for (;;) {
    const day = at.toPlainDate();
    const end = day.toZonedDateTime({ timeZone: zone, plainTime: { hour: closesAt } });
    if (isWorkingDay(country, day) && Temporal.ZonedDateTime.compare(at, end) < 0) {
      const opens = day.toZonedDateTime({ timeZone: zone, plainTime: { hour: opensAt } });
      const start = Temporal.ZonedDateTime.compare(at, opens) < 0 ? opens : at;
      const rest = start.until(end).total('minutes');
      if (left <= rest) return start.add({ seconds: Math.round(left * 60) }).toInstant();
      left -= rest;
    }
    at = day.add({ days: 1 }).toZonedDateTime(zone);
  }
}

/** When a term ends, and when staff are warned of it. */
export interface Term {
  alarm: Temporal.Instant;
  due: Temporal.Instant;
}

/** `late`: the term is over; `soon`: staff are warned; `fine`: there is time. */
export type Standing = 'late' | 'soon' | 'fine';

/** How a term stands at a moment. */
export function standingAt(at: Temporal.Instant, { alarm, due }: Term): Standing {
  if (Temporal.Instant.compare(at, due) > 0) return 'late';
  return Temporal.Instant.compare(at, alarm) >= 0 ? 'soon' : 'fine';
}

/** By when a patient has to hear of what a clinic changed, and when its staff are warned (R3-21). */
export const toldBy = (changed: Temporal.Instant, place: Place): Term => ({
  alarm: afterWorkingTime(changed, workingDay * alarmAfter, place),
  due: afterWorkingTime(changed, workingDay, place),
});
