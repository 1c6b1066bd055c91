import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';

/** A time when nothing can be booked, and for whom: a resource, a branch, or (both null) the whole clinic. */
export interface ClinicClosure {
  id: string;
  branch: string | null;
  resource: string | null;
  /** Whose, if it is a practitioner's own. */
  practitionerId: string | null;
  start: Temporal.Instant;
  end: Temporal.Instant;
  zone: string;
  reason: string | null;
  createdBy: string;
}

type Row = Omit<ClinicClosure, 'start' | 'end'> & { start: Date; end: Date };

/** The closures of a clinic that are not over, soonest first; 300 at most. */
@Injectable()
export class ClosuresOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-signed-in`, `not-found`, `not-allowed` */
  async run(actor: Actor, clinicId: string): Promise<ClinicClosure[]> {
    requireStaff(actor, clinicId, 'hours.read');
    const rows = await this.database.read<Row>(
      `select x.id, b.name as branch, coalesce(p.given_name || ' ' || p.family_name, r.name) as resource,
              r.practitioner_id as "practitionerId", lower(x.during) as start, upper(x.during) as "end",
              coalesce(b.zone, (select zone from branch where clinic_id = x.clinic_id order by id limit 1)) as zone,
              x.reason, m.display_name as "createdBy"
         from closure x
         join staff_member m on m.id = x.created_by
         left join branch b on b.id = x.branch_id
         left join resource r on r.id = x.resource_id
         left join practitioner p on p.id = r.practitioner_id
        where x.clinic_id = $1 and upper(x.during) > $2
        order by x.during, x.id
        limit 300`,
      [clinicId, this.clock.now().toString()],
    );
    return rows.map((row) => ({ ...row, start: row.start.toTemporalInstant(), end: row.end.toTemporalInstant() }));
  }
}
