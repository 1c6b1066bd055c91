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
   where c.clinic_id = $1 and c.published and f.starts is not null
     and ($2::uuid[] is null or cs.service_id = any($2))
     and ($3::uuid[] is null or c.resource_id = any($3))
     and ($4::uuid is null or c.branch_id = $4)
     and ($5::text is null or c.payer = $5)
   order by f.starts[1], c.id, cs.service_id
   limit 40`;

/** What a registrar reads to a caller: the first free times of the clinic, whoever has them. */
@Injectable()
export class FirstTimesOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Offers by their first free time, 40 at most, up to six times each. */
  async run(clinicId: string, criteria: FirstTimesCriteria): Promise<FirstTimes[]> {
    const rows = await this.database.read<{ calendarId: string; serviceId: string; starts: Date[] }>(firstTimes, [
      clinicId,
      criteria.serviceIds,
      criteria.resourceIds,
      criteria.branchId ?? null,
      criteria.payer ?? null,
      criteria.from?.toString() ?? null,
      this.clock.now().toString(),
    ]);
    return rows.map((row) => ({ ...row, starts: row.starts.map((start) => start.toTemporalInstant()) }));
  }
}
