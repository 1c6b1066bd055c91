import { Inject, Injectable } from '@nestjs/common';
import { FreeTimes, MonthOfCalendar, type Slots } from '#libs/calendars';
import { CLOCK, type Clock, formatPlainDate, type Language } from '#libs/platform';
import { dayIn } from '../day-of.js';

export interface DayOfTimes {
  /** YYYY-MM-DD in the branch's zone. */
  date: string;
  isToday: boolean;
  slots: { start: string }[];
}

export interface MonthDay {
  day: number;
  date: string;
  count: number;
  isToday: boolean;
  isCurrent: boolean;
}

/** The free times of a week, and which days of its month have any. */
export interface TimesOfCalendar {
  zone: string;
  computedAt: string;
  /** The first free time from now on, whatever week is shown. */
  firstFree: string | null;
  firstDay: Temporal.PlainDate;
  lastDay: Temporal.PlainDate;
  today: Temporal.PlainDate;
  days: DayOfTimes[];
  month: { title: string; weeks: (MonthDay | null)[][]; first: Temporal.PlainDate };
}

const daysShown = 7;

const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

/** Weeks of a month from Monday to Sunday; days of other months are null. */
function weeksOf(first: Temporal.PlainDate, dayOf: (day: Temporal.PlainDate) => MonthDay): (MonthDay | null)[][] {
  const weeks: (MonthDay | null)[][] = [];
  for (
    let monday = mondayOf(first);
    Temporal.PlainDate.compare(monday, first.add({ months: 1 })) < 0;
    monday = monday.add({ days: 7 })
  ) {
    weeks.push(
      Array.from({ length: 7 }, (_, index) => {
        const day = monday.add({ days: index });
        return day.month === first.month ? dayOf(day) : null;
      }),
    );
  }
  return weeks;
}

/** What the calendar on a practitioner's page and the page of a move show. */
@Injectable()
export class TimesOfWeek {
  constructor(
    private readonly freeTimes: FreeTimes,
    private readonly months: MonthOfCalendar,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The week of a day; without one, the week of the first free time, so that nobody opens an empty week.
   * @param moving an appointment whose own time counts as free
   * @throws Refusal `not-found`: no such offer
   */
  async run(
    language: Language,
    question: { calendarId: string; serviceId: string; zone: string; day: Temporal.PlainDate | null; moving?: string },
  ): Promise<TimesOfCalendar> {
    const { calendarId, serviceId, zone, moving } = question;
    const today = dayIn(zone, this.clock.now());
    const isPast = question.day !== null && Temporal.PlainDate.compare(question.day, today) < 0;
    const wanted = question.day === null || isPast ? null : question.day;
    const slotsOf = (firstDay: Temporal.PlainDate): Promise<Slots> =>
      this.freeTimes.slots({
        calendarId,
        serviceId,
        from: firstDay.toZonedDateTime(zone).toInstant(),
        to: firstDay.add({ days: daysShown }).toZonedDateTime(zone).toInstant(),
        ...(moving && { moving }),
      });
    let firstDay = mondayOf(wanted ?? today);
    let slots = await slotsOf(firstDay);
    if (wanted === null && slots.firstFree !== null) {
      const better = mondayOf(dayIn(zone, Temporal.Instant.from(slots.firstFree)));
      if (!better.equals(firstDay)) {
        firstDay = better;
        slots = await slotsOf(firstDay);
      }
    }
    const shown = wanted ?? (slots.firstFree ? dayIn(zone, Temporal.Instant.from(slots.firstFree)) : today);
    return {
      zone,
      computedAt: slots.computedAt,
      firstFree: slots.firstFree,
      firstDay,
      lastDay: firstDay.add({ days: daysShown - 1 }),
      today,
      days: this.daysOf(slots, firstDay, zone, today),
      month: await this.monthOf(language, calendarId, serviceId, shown, today, wanted),
    };
  }

  private daysOf(slots: Slots, firstDay: Temporal.PlainDate, zone: string, today: Temporal.PlainDate): DayOfTimes[] {
    const byDay = new Map<string, { start: string }[]>();
    for (const { start } of slots.slots) {
      const date = dayIn(zone, Temporal.Instant.from(start)).toString();
      byDay.set(date, [...(byDay.get(date) ?? []), { start }]);
    }
    return Array.from({ length: daysShown }, (_, index) => firstDay.add({ days: index }))
      .filter((day) => Temporal.PlainDate.compare(day, today) >= 0)
      .map((day) => ({
        date: day.toString(),
        isToday: day.equals(today),
        slots: byDay.get(day.toString()) ?? [],
      }));
  }

  private async monthOf(
    language: Language,
    calendarId: string,
    serviceId: string,
    shown: Temporal.PlainDate,
    today: Temporal.PlainDate,
    wanted: Temporal.PlainDate | null,
  ): Promise<TimesOfCalendar['month']> {
    const first = shown.with({ day: 1 });
    const rows = await this.months.run(calendarId, serviceId, first, first.add({ months: 1 }).subtract({ days: 1 }));
    const counts = new Map(rows.map(({ day, count }) => [day, count]));
    return {
      title: formatPlainDate(language, first, 'month'),
      first,
      weeks: weeksOf(first, (day) => ({
        day: day.day,
        date: day.toString(),
        count: counts.get(day.toString()) ?? 0,
        isToday: day.equals(today),
        isCurrent: wanted?.equals(day) ?? false,
      })),
    };
  }
}
