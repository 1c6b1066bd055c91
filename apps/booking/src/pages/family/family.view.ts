import { startsOfRun } from '#libs/appointments';
import type { CalendarTerms } from '#libs/calendars';
import {
  formatDateTime,
  formatMoney,
  formatPlainDate,
  formatTime,
  type Language,
  translate,
  wordsIn,
} from '#libs/platform';
import type { VisitFacts } from '#libs/profiles';
import { pathTo } from '#libs/web';
import type { Held } from '../book/book.view.js';
import { zoneWords } from '../zone-words.js';
import { familyPath } from './family.form.js';
import type { FreeRun, RunsOfWeek } from './free-runs.js';

/** What the visits are, before anything is held. */
export interface OfferModel {
  service: string;
  practitioner: string;
  where: string;
  minutes: number;
  payer: 'state' | 'paid';
  price: number | null;
  doctorHref: string;
}

export function offerModel(language: Language, terms: CalendarTerms, facts: VisitFacts): OfferModel {
  const { practitioner, clinic, branch, service } = facts;
  const query = new URLSearchParams({ payer: terms.payer, calendar: terms.calendarId, service: terms.serviceId });
  return {
    service: wordsIn(language, service.name),
    practitioner: [wordsIn(language, practitioner.title), practitioner.givenName, practitioner.familyName]
      .filter(Boolean)
      .join(' '),
    where: `${clinic.name}, ${branch.address}, ${branch.city}`,
    minutes: terms.minutes,
    payer: terms.payer,
    price: terms.priceCents || null,
    doctorHref: pathTo(language, `/doctors/${encodeURIComponent(practitioner.slug)}?${query}`),
  };
}

/** Days with their runs, and the ways to other days. */
export interface RunsModel {
  zone: string;
  computedAt: string;
  days: { date: string; runs: FreeRun[] }[];
  title: string;
  previousHref: string | undefined;
  nextHref: string;
}

export function runsModel(language: Language, terms: CalendarTerms, people: number, runs: RunsOfWeek): RunsModel {
  const { firstDay, today } = runs;
  const hrefOf = (day: Temporal.PlainDate): string =>
    pathTo(
      language,
      familyPath({
        calendar: terms.calendarId,
        service: terms.serviceId,
        payer: terms.payer,
        people,
        day: day.toString(),
      }),
    );
  const earlier = firstDay.subtract({ days: 7 });
  return {
    zone: runs.zone,
    computedAt: runs.computedAt,
    days: runs.days,
    title: translate(language, 'booking.doctor.week', {
      from: formatPlainDate(language, firstDay, 'day-month'),
      to: formatPlainDate(language, firstDay.add({ days: 6 }), 'day-month'),
    }),
    previousHref:
      Temporal.PlainDate.compare(firstDay, today) > 0
        ? hrefOf(Temporal.PlainDate.compare(earlier, today) < 0 ? today : earlier)
        : undefined,
    nextHref: hrefOf(firstDay.add({ days: 7 })),
  };
}

/** The visits that a hold keeps, each with its place in the form. */
export interface HeldVisitModel {
  row: number;
  heading: string;
  start: string;
}

export const heldVisits = (language: Language, held: Held): HeldVisitModel[] =>
  startsOfRun(held.visit.start, held.people, held.terms).map((start, row) => ({
    row,
    heading: translate(language, 'together.family.visit', {
      n: row + 1,
      at: formatTime(language, start, held.terms.zone),
    }),
    start: start.toString(),
  }));

/** "3 visits one after another: Tuesday, 2 March 2027, 09:00, 09:30, 10:00 (Riga time). €45 each." */
export function visitsInWords(language: Language, held: Held): string {
  const { zone } = held.terms;
  const [first, ...others] = startsOfRun(held.visit.start, held.people, held.terms);
  const times = others.map((start) => formatTime(language, start, zone));
  const at = first === undefined ? '' : formatDateTime(language, first, zone, 'full');
  const kept = translate(language, 'together.family.kept', {
    n: held.people,
    times: `${[at, ...times].join(', ')} (${zoneWords(language, zone)})`,
  });
  const { priceCents } = held.terms;
  if (priceCents === 0) return kept;
  return `${kept} ${translate(language, 'together.family.each', { price: formatMoney(language, priceCents) })}.`;
}
