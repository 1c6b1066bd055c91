import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from './appointment-view.js';

/** A request that waits, and since when: it was asked for, or its patient asked to move it. */
export interface PendingAppointment extends AppointmentView {
  askedAt: Temporal.Instant;
}

/** The requests that wait for a clinic's answer. */
@Injectable()
export class PendingOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Oldest request first, at most 200; `from` and `to` bound the visit's local day, both included.
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
   */
  async run(
    actor: Actor,
    clinicId: string,
    filter: { branchId?: string; from?: Temporal.PlainDate; to?: Temporal.PlainDate } = {},
  ): Promise<{ items: PendingAppointment[]; now: Temporal.Instant }> {
    requireStaff(actor, clinicId, 'calendar.read');
    const rows = await this.database.read<ViewRow & { asked_at: Date }>(
      `select ${viewColumns}, coalesce(e.at, a.created_at) as asked_at
         from ${viewTables}
         left join lateral (
           select e.at from appointment_event e
            where e.appointment_id = a.id and e.kind in ('requested', 'move-requested')
            order by e.version desc limit 1) e on true
        where a.clinic_id = $1 and a.status = 'pending'
          and ($2::uuid is null or a.branch_id = $2)
          and ($3::date is null or a.starts_at >= $3::date::timestamp at time zone b.zone)
          and ($4::date is null or a.starts_at < ($4::date + 1)::timestamp at time zone b.zone)
        order by asked_at, a.id limit 200`,
      [clinicId, filter.branchId ?? null, filter.from?.toString() ?? null, filter.to?.toString() ?? null],
    );
    const items = rows.map(({ asked_at: askedAt, ...row }) => ({
      ...viewOf(row),
      askedAt: askedAt.toTemporalInstant(),
    }));
    return { items, now: this.clock.now() };
  }

  /** How many wait. @throws Refusal as `run` */
  async count(actor: Actor, clinicId: string): Promise<number> {
    requireStaff(actor, clinicId, 'calendar.read');
    const [row] = await this.database.read<{ n: number }>(
      `select count(*)::integer as n from appointment where clinic_id = $1 and status = 'pending'`,
      [clinicId],
    );
    return row?.n ?? 0;
  }
}
