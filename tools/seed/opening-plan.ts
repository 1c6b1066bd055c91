import { expandOpenings, ordinaryDay } from '#libs/calendars';
import { isPublicHoliday } from '#libs/holidays';
import { type PlannedCalendar, vacationInterval } from './calendar-plan.js';

/** An opening in epoch milliseconds, with the distance of the zone's clocks from UTC on that day. */
export interface PlannedOpening {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** Expands working hours; equal patterns are expanded once. */
export function openingPlanner(
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): (calendar: PlannedCalendar) => readonly PlannedOpening[] {
  const known = new Map<string, readonly PlannedOpening[]>();
  return (calendar) => {
    const { country, zone } = calendar.workplace.branch.city;
    const key = [calendar.pattern, country, calendar.vacation?.from, calendar.vacation?.to].join('|');
    let openings = known.get(key);
    if (!openings) {
      openings = expandOpenings({
        hours: calendar.hours,
        closures: vacationInterval(calendar),
        dayRule: (day) => ({ ...ordinaryDay(day), isOpen: !isPublicHoliday(country, day) }),
        zone,
        from,
        to,
      }).map(({ start, end }) => ({
        start: start.epochMilliseconds,
        end: end.epochMilliseconds,
        offset: start.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6,
      }));
      known.set(key, openings);
    }
    return openings;
  };
}
