import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireSomewhere } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import type { Interval } from '#libs/time';

/** What was closed at one go, and for whom: a resource, a branch, or (both null) the whole clinic. */
export interface ClinicClosure {
  /** Of the first time, or of the series. */
  id: string;
  /** A repeated closure, of which this is what is not over. */
  isSeries: boolean;
  branchId: string | null;
  branch: string | null;
  resourceId: string | null;
  resource: string | null;
  /** Whose, if it is a practitioner's own. */
  practitionerId: string | null;
  /** At least one, soonest first. */
  times: (Interval & { id: string })[];
  zone: string;
  /** Staff's own words. */
  reason: string | null;
  /** What patients read. */
  publicReason: string | null;
  createdBy: string;
}

type Row = Omit<ClinicClosure, 'times'> & { times: { id: string; start: string; end: string }[] };

/** Somebody or something that can be closed by itself and has no calendar of its own to be found by. */
export interface ClosableRoom {
  id: string;
  name: string;
  branchId: string | null;
  branch: string | null;
}

/** The closures of a clinic that are not over, soonest first, a series as one; 200 at most. */
@Injectable()
export class ClosuresOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-signed-in`, `not-found`, `not-allowed` */
  async run(actor: Actor, clinicId: string): Promise<ClinicClosure[]> {
    const { branchIds } = requireSomewhere(actor, clinicId, 'hours.read');
    const rows = await this.database.read<Row>(
      `select x.id, x."isSeries", b.name as branch, coalesce(p.given_name || ' ' || p.family_name, r.name) as resource,
              r.practitioner_id as "practitionerId",
              x.branch_id as "branchId", x.resource_id as "resourceId", x.times,
              coalesce(b.zone, (select zone from branch where clinic_id = $1 order by id limit 1)) as zone,
              x.reason, x."publicReason", m.display_name as "createdBy"
         from (
           select coalesce(series_id, id) as id, series_id is not null as "isSeries", branch_id, resource_id,
                  min(reason) as reason, min(public_reason) as "publicReason", created_by, min(lower(during)) as first,
                  json_agg(json_build_object('id', id, 'start', lower(during), 'end', upper(during)) order by during) as times
             from closure
            where clinic_id = $1 and kind = 'staff' and upper(during) > $2
              and ($3::uuid[] is null or case
                     when resource_id is null then branch_id is null or branch_id = any($3)
                     else exists (select from calendar c where c.clinic_id = $1
                                     and c.resource_id = closure.resource_id and c.branch_id = any($3)) end)
            group by coalesce(series_id, id), series_id is not null, branch_id, resource_id, created_by) x
         join staff_member m on m.id = x.created_by
         left join branch b on b.id = x.branch_id
         left join resource r on r.id = x.resource_id
         left join practitioner p on p.id = r.practitioner_id
        order by x.first, x.id
        limit 200`,
      [clinicId, this.clock.now().toString(), branchIds],
    );
    return rows.map((row) => ({
      ...row,
      times: row.times.map(({ id, start, end }) => ({
        id,
        start: Temporal.Instant.from(start),
        end: Temporal.Instant.from(end),
      })),
    }));
  }

  /** Rooms and devices by name. */
  rooms(clinicId: string): Promise<ClosableRoom[]> {
    return this.database.read<ClosableRoom>(
      `select r.id, r.name, r.branch_id as "branchId", b.name as branch
         from resource r
         left join branch b on b.id = r.branch_id
        where r.clinic_id = $1 and r.active
        order by r.name collate "lv-x-icu", r.id`,
      [clinicId],
    );
  }
}
