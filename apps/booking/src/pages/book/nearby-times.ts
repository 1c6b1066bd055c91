import { Inject, Injectable } from '@nestjs/common';
import { FreeTimes, TermsOfCalendar } from '#libs/calendars';
import { CLOCK, type Clock, type Language, Refusal, wordsIn } from '#libs/platform';
import { EmergencyNear, type EmergencyProvider, VisitWords } from '#libs/profiles';
import { pathTo } from '#libs/web';
import { dayIn } from '../day-of.js';

/** Free times around one that is not to be had, by day. */
export interface NearbyModel {
  zone: string;
  payer: 'state' | 'paid';
  /** What these times are for: whoever came too late sees it again before choosing. */
  offer: { what: string; where: string; price: number | null } | undefined;
  action: string;
  fields: Record<string, string>;
  days: { date: string; slots: { start: string }[] }[];
  /** A new search for the same payer. */
  searchHref: string;
}

const most = 12;

/** What the page of a time that is gone needs: what else is free, and where to go at once (R3-05). */
export interface GoneModel {
  near: NearbyModel | undefined;
  emergencies: EmergencyProvider[];
}

/** What else is free close by in the same calendar, for whoever came too late. */
@Injectable()
export class NearbyTimes {
  constructor(
    private readonly freeTimes: FreeTimes,
    private readonly terms: TermsOfCalendar,
    private readonly words: VisitWords,
    private readonly emergency: EmergencyNear,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param known the time that is gone, where this browser still knows it */
  async gone(
    language: Language,
    known: { calendarId: string; serviceId: string; start: string } | undefined,
  ): Promise<GoneModel> {
    const terms = known && (await this.terms.run(known.calendarId, known.serviceId));
    return {
      near: known && (await this.run(language, known)),
      emergencies: await this.emergency.run({ branchId: terms?.branchId }),
    };
  }

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
        offer: await this.offer(language, calendarId, serviceId),
        action: pathTo(language, '/holds'),
        fields: { calendarId, serviceId, payer: found.payer },
        searchHref: pathTo(language, `/find?payer=${found.payer}`),
        days: [...byDay].map(([date, slots]) => ({ date, slots })),
      };
    } catch (thrown) {
      if (thrown instanceof Refusal) return undefined;
      throw thrown;
    }
  }

  private async offer(language: Language, calendarId: string, serviceId: string): Promise<NearbyModel['offer']> {
    const terms = await this.terms.run(calendarId, serviceId);
    if (!terms) return undefined;
    const facts = await this.words.run(terms);
    if (!facts) return undefined;
    const { practitioner, service, clinic, branch } = facts;
    const name = `${wordsIn(language, practitioner.title)} ${practitioner.givenName} ${practitioner.familyName}`.trim();
    return {
      what: `${name}, ${wordsIn(language, service.name)}`,
      where: `${clinic.name}, ${branch.address}, ${branch.city}`,
      price: terms.priceCents || null,
    };
  }
}
