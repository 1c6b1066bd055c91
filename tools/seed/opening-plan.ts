import { expandOpenings, ordinaryDay } from '#libs/calendars';
import { isPublicHoliday } from '#libs/holidays';
import { type PlannedCalendar, vacationInterval } from './calendar-plan.js';
import type { KeptDay } from './kept-days-plan.js';

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
  keptDays: readonly KeptDay[] = [],
): (calendar: PlannedCalendar) => readonly PlannedOpening[] {
  const known = new Map<string, readonly PlannedOpening[]>();
  return (calendar) => {
    const { country, zone } = calendar.workplace.branch.city;
    const kept = keptDays.filter(({ clinic }) => clinic === calendar.workplace.clinic);
    const { vacation } = calendar;
    const key = [calendar.pattern, country, vacation?.from, vacation?.to, kept[0]?.clinic.id].join('|');
    let openings = known.get(key);
    if (!openings) {
      openings = expandOpenings({
        hours: calendar.hours,
        closures: vacationInterval(calendar),
        dayRule: (day) => {
          const decided = kept.find((each) => each.day.equals(day));
          return {
            ...ordinaryDay(day),
            isOpen: decided !== undefined || !isPublicHoliday(country, day),
            shorterBy: decided?.shorterBy ?? 0,
          };
        },
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
