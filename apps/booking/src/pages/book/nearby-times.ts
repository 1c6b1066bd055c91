import { Inject, Injectable } from '@nestjs/common';
import { FreeTimes } from '#libs/calendars';
import { CLOCK, type Clock, type Language, Refusal } from '#libs/platform';
import { pathTo } from '#libs/web';
import { dayIn } from '../day-of.js';

/** Free times around one that is not to be had, by day. */
export interface NearbyModel {
  zone: string;
  payer: 'state' | 'paid';
  action: string;
  fields: Record<string, string>;
  days: { date: string; slots: { start: string }[] }[];
  /** A new search for the same payer. */
  searchHref: string;
}

const most = 12;

/** What else is free close by in the same calendar, for whoever came too late. */
@Injectable()
export class NearbyTimes {
  constructor(
    private readonly freeTimes: FreeTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns no days when nothing is free within five weeks; undefined when there is no such calendar any more */
  async run(
    language: Language,
    { calendarId, serviceId, start }: { calendarId: string; serviceId: string; start: string },
  ): Promise<NearbyModel | undefined> {
    const now = this.clock.now();
    const wanted = Temporal.Instant.from(start);
    const early = wanted.subtract({ hours: 72 });
    const from = Temporal.Instant.compare(early, now) > 0 ? early : now;
    try {
      const found = await this.freeTimes.slots({ calendarId, serviceId, from, to: from.add({ hours: 35 * 24 }) });
      const distance = (slot: { start: string }): number =>
        Math.abs(Temporal.Instant.from(slot.start).epochMilliseconds - wanted.epochMilliseconds);
      const nearest = [...found.slots].sort((a, b) => distance(a) - distance(b)).slice(0, most);
      const byDay = new Map<string, { start: string }[]>();
      for (const { start: at } of nearest.sort((a, b) => a.start.localeCompare(b.start))) {
        const date = dayIn(found.timeZone, Temporal.Instant.from(at)).toString();
        byDay.set(date, [...(byDay.get(date) ?? []), { start: at }]);
      }
      return {
        zone: found.timeZone,
        payer: found.payer,
        action: pathTo(language, '/holds'),
        fields: { calendarId, serviceId },
        searchHref: pathTo(language, `/find?payer=${found.payer}`),
        days: [...byDay].map(([date, slots]) => ({ date, slots })),
      };
    } catch (thrown) {
      if (thrown instanceof Refusal) return undefined;
      throw thrown;
    }
  }
}
