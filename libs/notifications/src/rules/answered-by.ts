import { afterWorkingTime, alarmAfter, type Place, type Term, workingDay } from './told-by.js';

/** Working days after the day of the request (R4-09). */
const answerDays = 2;

/**
 * By when a request that came in writing is answered, and when staff are warned: until the end of the second working day
 * after the day on which it came (R4-09), or until it lapses by the clinic's own term, if that is sooner.
 */
export function answeredBy(asked: Temporal.Instant, lapses: Temporal.Instant, place: Place): Term {
  const nextDay = asked.toZonedDateTimeISO(place.zone).toPlainDate().add({ days: 1 });
  const from = nextDay.toZonedDateTime(place.zone).toInstant();
  const due = afterWorkingTime(from, answerDays * workingDay, place);
  const alarm = afterWorkingTime(from, answerDays * workingDay * alarmAfter, place);
  if (Temporal.Instant.compare(due, lapses) <= 0) return { alarm, due };
  const sooner = asked.add({ seconds: Math.round(asked.until(lapses).total('seconds') * alarmAfter) });
  return { alarm: Temporal.Instant.compare(sooner, alarm) < 0 ? sooner : alarm, due: lapses };
}
