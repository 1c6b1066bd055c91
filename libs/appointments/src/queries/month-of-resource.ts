import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';

/** What one practitioner, room or device has on one day. */
export interface DayCounts {
  /** 'YYYY-MM-DD' in the branch's zone. */
  day: string;
  /** Visits that are agreed upon, whether or not they have taken place. */
  booked: number;
  pending: number;
  missed: number;
  openMinutes: number;
  /** Open, to come, and taken by nothing. */
  freeMinutes: number;
  /** The staff's words for what closes any of it. */
  closure: string | null;
}

/** An overview of days of one resource at one branch. */
@Injectable()
export class MonthOfResource {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param first in the branch's zone; days: 42 at most
   * @throws Refusal `not-signed-in`, `not-found` another clinic's branch, `not-allowed`
   */
  async run(
    actor: Actor,
    wish: { branchId: string; resourceId: string; first: Temporal.PlainDate; days: number },
  ): Promise<DayCounts[]> {
    const { branchId } = wish;
    const [place] = await this.database.read<{ clinicId: string; practitionerId: string | null }>(
      `select b.clinic_id as "clinicId", (select r.practitioner_id from resource r where r.id = $2) as "practitionerId"
         from branch b where b.id = $1`,
      [branchId, wish.resourceId],
    );
    if (!place) throw new Refusal('not-found');
    requireStaff(actor, place.clinicId, 'calendar.read', { practitionerId: place.practitionerId, branchId });
    return this.database.read<DayCounts>(
      `select d.day::text, v.booked::integer, v.pending::integer, v.missed::integer,
              (select coalesce(sum(extract(epoch from upper(each) - lower(each))) / 60, 0)::integer from unnest(o.open) each) as "openMinutes",
              (select coalesce(sum(extract(epoch from upper(each) - lower(each))) / 60, 0)::integer
                 from unnest((o.open - h.busy) - tstzmultirange(tstzrange(null, $5))) each) as "freeMinutes",
              c.closure
         from branch b
        cross join lateral (
          select $3::date + n as day, ($3::date + n)::timestamp at time zone b.zone as first,
                 ($3::date + n + 1)::timestamp at time zone b.zone as last
            from generate_series(0, $4::integer - 1) n) d
        cross join lateral (
          select count(*) filter (where a.status = 'pending') as pending, count(*) filter (where a.status = 'noshow') as missed,
                 count(*) filter (where a.status in ('booked', 'arrived', 'checked-in', 'fulfilled')) as booked
            from appointment a
           where a.resource_id = $2 and a.branch_id = b.id and a.starts_at >= d.first and a.starts_at < d.last) v
        cross join lateral (
          select coalesce(range_agg(o.during * tstzrange(d.first, d.last)), '{}') as open
            from calendar k
            join opening o on o.calendar_id = k.id and o.during && tstzrange(d.first, d.last)
           where k.resource_id = $2 and k.branch_id = b.id) o
        cross join lateral (
          select coalesce(range_agg(t.during), '{}') as busy
            from occupation t
           where t.resource_id = $2 and t.during && tstzrange(d.first, d.last) and (t.expires_at is null or t.expires_at > $5)) h
        cross join lateral (
          select min(x.reason) as closure
            from closure x
           where x.clinic_id = b.clinic_id and x.during && tstzrange(d.first, d.last)
             and (x.resource_id = $2 or x.resource_id is null and (x.branch_id is null or x.branch_id = b.id))) c
        where b.id = $1
        order by d.day`,
      [branchId, wish.resourceId, wish.first.toString(), wish.days, this.clock.now().toString()],
    );
  }
}
