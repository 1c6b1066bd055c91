import { Inject, Injectable } from '@nestjs/common';
import { runsAmong, strideOf } from '#libs/appointments';
import { type CalendarTerms, FreeTimes } from '#libs/calendars';
import { CLOCK, type Clock } from '#libs/platform';
import { dayIn } from '../day-of.js';

/** Visits one right after another that are all free. ISO instants. */
export interface FreeRun {
  start: string;
  /** When the last visit ends. */
  end: string;
}

/** The runs of a week, or where the first one is. */
export interface RunsOfWeek {
  zone: string;
  computedAt: string;
  firstDay: Temporal.PlainDate;
  days: { date: string; runs: FreeRun[] }[];
  /** The first day that can be asked for. */
  today: Temporal.PlainDate;
}

const daysShown = 7;
const daysSearched = 60;

/** Where so many people can come one after another. */
@Injectable()
export class FreeRuns {
  constructor(
    private readonly freeTimes: FreeTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Seven days from `day`, or from the first one that has a run, so that nobody opens an empty week.
   * @throws Refusal `not-found`: no such published offer
   */
  async run(terms: CalendarTerms, people: number, day: Temporal.PlainDate | null): Promise<RunsOfWeek> {
    const { calendarId, serviceId, zone } = terms;
    const today = dayIn(zone, this.clock.now());
    const from = day === null || Temporal.PlainDate.compare(day, today) < 0 ? today : day;
    const { slots, computedAt } = await this.freeTimes.slots({
      calendarId,
      serviceId,
      from: from.toZonedDateTime(zone).toInstant(),
      to: from.add({ days: daysSearched }).toZonedDateTime(zone).toInstant(),
    });
    const starts = runsAmong(
      slots.map(({ start }) => Temporal.Instant.from(start)),
      people,
      terms,
    );
    const byDay = new Map<string, FreeRun[]>();
    const length = (people - 1) * strideOf(terms) + terms.minutes;
    for (const start of starts) {
      const date = dayIn(zone, start).toString();
      const run = { start: start.toString(), end: start.add({ minutes: length }).toString() };
      byDay.set(date, [...(byDay.get(date) ?? []), run]);
    }
    const first = [...byDay.keys()].sort()[0];
    const firstDay = first === undefined ? from : Temporal.PlainDate.from(first);
    const last = firstDay.add({ days: daysShown - 1 }).toString();
    const days = [...byDay].filter(([date]) => date <= last).map(([date, runs]) => ({ date, runs }));
    return { zone, computedAt, firstDay, days, today };
  }
}
