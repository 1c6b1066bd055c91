import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, rangeOf, Refusal } from '#libs/platform';
import { dayBounds, type Interval, localDate } from '#libs/time';
import { takenOf, visitOf } from '../claims.js';
import type { OccupationOwner } from '../occupation.entity.js';
import type { WhyNotBookable } from '../rules/bookable.js';
import { calendarTerms } from './calendar-terms.js';
import { whysNot } from './why-not-bookable.js';

/** A time that is wanted although something may stand against it. */
export interface WantedTime {
  calendarId: string;
  serviceId: string;
  start: Temporal.Instant;
  /** The length where staff chose another than the service's. */
  minutes?: number | null;
  /** The appointment that is moved: its own time does not stand in its way. */
  ignored?: string | null;
}

/** What exactly stands against a time, for whoever is asked whether to book it all the same (F089). */
export interface Obstacles {
  /** All reasons; none: it is free and open. */
  whys: WhyNotBookable[];
  visit: Interval;
  zone: string;
  practitionerId: string;
  branchId: string;
  /** What takes the practitioner's time then; `elsewhere`: at another clinic, which is all that may be said of it. */
  taken: { kind: OccupationOwner | 'elsewhere'; time: Interval }[];
  /** The open hours of the calendar on that local day. */
  hours: Interval[];
  /** What closes the time, in the staff's own words. */
  closures: { during: Interval; kind: 'staff' | 'external'; reason: string | null }[];
  /** The most visits a day that the calendar takes. */
  mostPerDay: number | null;
}

interface SpanRow {
  start: Date;
  end: Date;
}

const spanOf = ({ start, end }: SpanRow): Interval => ({
  start: start.toTemporalInstant(),
  end: end.toTemporalInstant(),
});

/** Says what stands against a time. What is true when it is booked is asked again under the locks. */
@Injectable()
export class InTheWay {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-signed-in`, `not-found` no such offer of the clinic's, `not-allowed` */
  async of(actor: Actor, wanted: WantedTime): Promise<Obstacles> {
    const reader = { query: <Row>(text: string, values?: readonly unknown[]) => this.database.read<Row>(text, values) };
    const offered = await calendarTerms(reader, wanted.calendarId, wanted.serviceId);
    if (!offered) throw new Refusal('not-found');
    const { clinicId, resourceId: practitionerId, branchId, zone, calendarId } = offered;
    requireStaff(actor, clinicId, 'calendar.read', { practitionerId, branchId });
    const terms = wanted.minutes && !offered.bySession ? { ...offered, minutes: wanted.minutes } : offered;
    const now = this.clock.now();
    const { start, ignored = null } = wanted;
    const visit = visitOf(terms, start);
    const [whys, taken, hours, closures, [rules]] = await Promise.all([
      whysNot(reader, terms, start, now, { ignored }),
      this.takenThen(clinicId, practitionerId, takenOf(terms, start), now, ignored),
      this.database.read<SpanRow>(
        `select lower(during) as start, upper(during) as "end" from opening
          where calendar_id = $1 and during && $2::tstzrange order by 1`,
        [calendarId, rangeOf(dayBounds(localDate(start, zone), zone))],
      ),
      this.database.read<SpanRow & { kind: 'staff' | 'external'; reason: string | null }>(
        `select lower(during) as start, upper(during) as "end", kind, reason from closure
          where clinic_id = $1 and during && $4::tstzrange
            and (resource_id = $3 or (resource_id is null and (branch_id is null or branch_id = $2)))
          order by 1 limit 5`,
        [clinicId, branchId, practitionerId, rangeOf(visit)],
      ),
      this.database.read<{ most: number | null }>(`select most_per_day as most from calendar where id = $1`, [
        calendarId,
      ]),
    ]);
    return {
      whys,
      visit,
      zone,
      practitionerId,
      branchId,
      taken,
      hours: hours.map(spanOf),
      closures: closures.map((row) => ({ during: spanOf(row), kind: row.kind, reason: row.reason })),
      mostPerDay: rules?.most ?? null,
    };
  }

  /** The visits themselves where they are the clinic's, without their buffers. */
  private async takenThen(
    clinicId: string,
    practitionerId: string,
    during: Interval,
    now: Temporal.Instant,
    ignored: string | null,
  ): Promise<Obstacles['taken']> {
    const rows = await this.database.read<SpanRow & { kind: OccupationOwner | 'elsewhere' }>(
      `select case when clinic_id = $1 then owner_kind else 'elsewhere' end as kind,
              lower(case when clinic_id = $1 then coalesce(visit, during) else during end) as start,
              upper(case when clinic_id = $1 then coalesce(visit, during) else during end) as "end"
         from occupation
        where resource_id = $2 and during && $3::tstzrange and (expires_at is null or expires_at > $4)
          and owner_id is distinct from $5
        order by 2, 3 limit 10`,
      [clinicId, practitionerId, rangeOf(during), now.toString(), ignored],
    );
    return rows.map((row) => ({ kind: row.kind, time: spanOf(row) }));
  }
}
