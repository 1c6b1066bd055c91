import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type StaffActor } from '#libs/access';
import { calendarTerms, type CalendarTerms, visitOf, whyNot } from '#libs/calendars';
import { closesByLaw, holidaysOf } from '#libs/holidays';
import { CLOCK, type Clock, Database, rangeOf, Refusal, type Tx } from '#libs/platform';
import { localDate } from '#libs/time';
import { patientIsBusy } from '../appointment-rows.js';
import { nearestTo } from '../rules/series.js';

/** One date of a planned series. */
export interface CheckedDate {
  start: Temporal.Instant;
  /** Why it cannot be booked, a key below `refusals.why.` or `together.series.why.`; null: it can. */
  why: string | null;
  /** The public holiday of that day, where it closes the clinic: a key of its name. */
  holiday: string | null;
  /** The nearest free times of the same service, payer and practitioner within a week. */
  before: Temporal.Instant | null;
  after: Temporal.Instant | null;
}

const daysAround = 7;

/** Looks at every date of a series, not only at the first ones, before anything is booked. */
@Injectable()
export class SeriesCheck {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param starts in any order, 52 at most; two that overlap stand in each other's way
   * @throws Refusal `not-found` no such offer, `not-allowed`
   */
  async run(
    actor: StaffActor,
    wish: { calendarId: string; serviceId: string; patientId: string | null; starts: readonly Temporal.Instant[] },
  ): Promise<{ terms: CalendarTerms; dates: CheckedDate[] }> {
    const { reader } = this.database;
    const terms = await calendarTerms(reader, wish.calendarId, wish.serviceId);
    if (!terms) throw new Refusal('not-found');
    requireStaff(actor, terms.clinicId, 'appointments.book', {
      practitionerId: terms.resourceId,
      branchId: terms.branchId,
    });
    const dates: CheckedDate[] = [];
    for (const start of wish.starts) dates.push(await this.dateOf(reader, terms, start, wish));
    return { terms, dates };
  }

  private async dateOf(
    reader: Pick<Tx, 'query'>,
    terms: CalendarTerms,
    start: Temporal.Instant,
    { patientId, starts }: { patientId: string | null; starts: readonly Temporal.Instant[] },
  ): Promise<CheckedDate> {
    const now = this.clock.now();
    const plain = await whyNot(reader, terms, start, now, { byStaff: true });
    const isBusy =
      patientId !== null && plain === null && (await patientIsBusy(reader, patientId, visitOf(terms, start), null));
    const why = isBusy
      ? 'patient-busy'
      : plain === 'outside-hours'
        ? await this.whyClosed(reader, terms, start)
        : plain;
    if (why === null) return { start, why, holiday: null, before: null, after: null };
    const around = { from: start.subtract({ hours: 24 * daysAround }), to: start.add({ hours: 24 * daysAround }) };
    const { compare } = Temporal.Instant;
    const slots = await reader.query<{ start: Date }>(
      `select starts_at as start from free_starts($1, $2, $3, $4, $5, $6, null)`,
      [
        terms.resourceId,
        terms.calendarId,
        terms.serviceId,
        (compare(around.from, now) < 0 ? now : around.from).toString(),
        (compare(around.to, now) < 0 ? now : around.to).toString(),
        now.toString(),
      ],
    );
    // A time that another date of the series wants is not free for this one.
    const wanted = starts.map((each) => visitOf(terms, each));
    const free = slots
      .map((slot) => slot.start.toTemporalInstant())
      .filter(
        (each) =>
          !wanted.some(
            (visit) => compare(each, visit.end) < 0 && compare(each.add({ minutes: terms.minutes }), visit.start) > 0,
          ),
      );
    return { start, why, holiday: holidayOn(why, terms, start), ...nearestTo(start, free) };
  }

  /** Beyond what is published, closed, or simply no working time. */
  private async whyClosed(reader: Pick<Tx, 'query'>, terms: CalendarTerms, start: Temporal.Instant): Promise<string> {
    const [row] = await reader.query<{ published: boolean; closed: boolean }>(
      `select coalesce(($2::timestamptz at time zone b.zone)::date <= c.published_until, false) as published,
              exists (select from closure k
                       where k.clinic_id = c.clinic_id and k.during && $3::tstzrange
                         and (k.resource_id = c.resource_id
                              or (k.resource_id is null and (k.branch_id is null or k.branch_id = c.branch_id)))) as closed
         from calendar c join branch b on b.id = c.branch_id where c.id = $1`,
      [terms.calendarId, start.toString(), rangeOf(visitOf(terms, start))],
    );
    if (row?.closed) return 'closed';
    if (isHoliday(terms, start)) return 'holiday';
    return row?.published ? 'outside-hours' : 'not-published-yet';
  }
}

const lawOn = (terms: CalendarTerms, start: Temporal.Instant) => {
  const day = localDate(start, terms.zone);
  const country = terms.zone === 'Europe/Tallinn' ? 'EE' : 'LV';
  return holidaysOf(country, day.year).find((each) => closesByLaw(each) && each.date.equals(day));
};

const isHoliday = (terms: CalendarTerms, start: Temporal.Instant): boolean => lawOn(terms, start) !== undefined;

const holidayOn = (why: string, terms: CalendarTerms, start: Temporal.Instant): string | null =>
  why === 'holiday' ? (lawOn(terms, start)?.key ?? null) : null;
