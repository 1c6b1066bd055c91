import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database } from '#libs/platform';
import type { Payer } from '../calendar.entity.js';

/** The next free times of one service in one calendar, earliest first. */
export interface FirstTimes {
  calendarId: string;
  serviceId: string;
  starts: Temporal.Instant[];
}

export interface FirstTimesCriteria {
  /** Only these services or whoever of these resources; both null is everything. */
  serviceIds: readonly string[] | null;
  resourceIds: readonly string[] | null;
  branchId?: string | undefined;
  payer?: Payer | undefined;
  from?: Temporal.PlainDate | undefined;
}

const wanted = `c.clinic_id = $1 and c.published
     and ($2::uuid[] is null or cs.service_id = any($2))
     and ($3::uuid[] is null or c.resource_id = any($3))
     and ($4::uuid is null or c.branch_id = $4)
     and ($5::text is null or c.payer = $5)`;

/** The kept free days of each offer, its first three days; offers without a free time are left out. */
const firstTimes = `
  select c.id as "calendarId", cs.service_id as "serviceId", f.starts
    from calendar c
    join branch b on b.id = c.branch_id
    join calendar_service cs on cs.calendar_id = c.id and cs.active
   cross join lateral (
     select (array_agg(u.start order by u.start))[1:6] as starts
       from (select d.starts from free_day d
              where d.calendar_id = c.id and d.service_id = cs.service_id
                and d.day >= coalesce($6::date, ($7::timestamptz at time zone b.zone)::date)
              order by d.day limit 3) d
      cross join lateral unnest(d.starts) as u(start)
      where u.start > $7::timestamptz) f
   where ${wanted} and f.starts is not null
   order by f.starts[1], c.id, cs.service_id
   limit 40`;

/**
 * What is free sooner than patients may book, up to the end of the next day: minimum notice does not bind the desk. The kept
 * days hold what patients may book; these few hours are derived, as of a moment so much earlier that the notice is over.
 */
const nearTimes = `
  select c.id as "calendarId", cs.service_id as "serviceId", (array_agg(f.starts_at order by f.starts_at))[1:6] as starts
    from calendar c
    join branch b on b.id = c.branch_id
    join calendar_service cs on cs.calendar_id = c.id and cs.active
   cross join lateral (
     select make_interval(mins => coalesce(cs.minimum_notice_minutes, c.minimum_notice_minutes)) as notice,
            ((($6::timestamptz at time zone b.zone)::date + 2)::timestamp at time zone b.zone) as horizon) n
   cross join lateral free_starts(c.resource_id, c.id, cs.service_id, $6::timestamptz,
                                  least($6::timestamptz + n.notice, n.horizon), $6::timestamptz - n.notice, null) f
   where ${wanted} and n.notice > interval '0'
     and exists (select from opening o
                  where o.calendar_id = c.id
                    and o.during && tstzrange($6::timestamptz, least($6::timestamptz + n.notice, n.horizon)))
   group by c.id, cs.service_id`;

interface Row {
  calendarId: string;
  serviceId: string;
  starts: Date[];
}

const most = 40;
const mostOfOffer = 6;

/** What a registrar reads to a caller: the first free times of the clinic, whoever has them. */
@Injectable()
export class FirstTimesOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Offers by their first free time, 40 at most, up to six times each. Where services are asked for and no later day is,
   * what is nearer than the minimum notice of patients is among them.
   */
  async run(clinicId: string, criteria: FirstTimesCriteria): Promise<FirstTimes[]> {
    const { serviceIds, resourceIds, branchId, payer, from } = criteria;
    const now = this.clock.now().toString();
    const asked = [clinicId, serviceIds, resourceIds, branchId ?? null, payer ?? null];
    const [kept, near] = await Promise.all([
      this.database.read<Row>(firstTimes, [...asked, from?.toString() ?? null, now]),
      serviceIds && !from ? this.database.readPlanned<Row>(nearTimes, [...asked, now]) : [],
    ]);
    if (near.length === 0) return kept.map(timesOf);
    const offers = new Map<string, Row>();
    for (const row of [...near, ...kept]) {
      const key = `${row.calendarId} ${row.serviceId}`;
      const starts = [...(offers.get(key)?.starts ?? []), ...row.starts];
      offers.set(key, { ...row, starts: inOrder(starts).slice(0, mostOfOffer) });
    }
    return [...offers.values()]
      .sort((a, b) => Number(a.starts[0]) - Number(b.starts[0]))
      .slice(0, most)
      .map(timesOf);
  }
}

const inOrder = (starts: readonly Date[]): Date[] =>
  [...new Map(starts.map((start) => [Number(start), start])).values()].sort((a, b) => Number(a) - Number(b));

const timesOf = ({ starts, ...offer }: Row): FirstTimes => ({
  ...offer,
  starts: starts.map((start) => start.toTemporalInstant()),
});
