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

/** By when a patient has to hear of what a clinic changed, and when its staff are warned (R3-21). */
export const toldBy = (
  changed: Temporal.Instant,
  place: Place,
): { alarm: Temporal.Instant; due: Temporal.Instant } => ({
  alarm: afterWorkingTime(changed, workingDay * alarmAfter, place),
  due: afterWorkingTime(changed, workingDay, place),
});
