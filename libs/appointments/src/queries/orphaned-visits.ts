import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type Actor, requireSomewhere, within } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { looksAtVisits } from '../looks-at-visits.js';
import type { OrphanReason } from '../orphan-marks.js';
import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from './appointment-view.js';

/** An appointment on the work list of those that have lost their opening. */
export interface OrphanedVisit extends AppointmentView {
  orphanedAt: Temporal.Instant;
  orphanedWhy: OrphanReason;
  /** Until when its patient may choose among the times that they were offered; null: nobody waits for an answer. */
  offeredUntil: Temporal.Instant | null;
}

type Row = ViewRow & { orphaned_at: Date; orphanedWhy: OrphanReason; offered_until: Date | null };

/**
 * The work list of orphaned appointments: soonest first, those that staff kept for good left out. Everybody on it is a look
 * that the access log keeps.
 */
@Injectable()
export class OrphanedVisits {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** At most 300. @throws Refusal `not-signed-in`, `not-found`, `not-allowed` */
  async run(actor: Actor, clinicId: string): Promise<{ items: OrphanedVisit[]; now: Temporal.Instant }> {
    const staff = requireSomewhere(actor, clinicId, 'patients.read');
    const { branchIds, practitionerIds } = within(staff, 'patients.read');
    const now = this.clock.now();
    const rows = await this.database.read<Row>(
      `select ${viewColumns}, a.orphaned_at, a.orphaned_why as "orphanedWhy", f.answer_by as offered_until
         from ${viewTables}
         left join affected_visit f on f.appointment_id = a.id and f.state = 'offered' and f.answer_by > $2
        where a.clinic_id = $1 and a.orphaned_at is not null and a.orphan_kept_at is null
          and a.status in ('pending', 'booked') and a.starts_at > $2
          and ($3::uuid[] is null or a.branch_id = any($3)) and ($4::uuid[] is null or a.resource_id = any($4))
        order by a.starts_at, a.id limit 300`,
      [clinicId, now.toString(), branchIds, practitionerIds],
    );
    const items = rows.map(({ orphaned_at: since, offered_until: until, ...row }) => ({
      ...viewOf(row),
      orphanedAt: since.toTemporalInstant(),
      orphanedWhy: row.orphanedWhy,
      offeredUntil: until?.toTemporalInstant() ?? null,
    }));
    await this.accessLog.looked(null, ...looksAtVisits(staff, items, 'orphaned-list'));
    return { items, now };
  }

  /** How many stand on it and wait for nobody's answer. @throws Refusal as `run` */
  async count(actor: Actor, clinicId: string): Promise<number> {
    const staff = requireSomewhere(actor, clinicId, 'patients.read');
    const { branchIds, practitionerIds } = within(staff, 'patients.read');
    const now = this.clock.now().toString();
    const [row] = await this.database.read<{ n: number }>(
      `select count(*)::integer as n from appointment a
        where a.clinic_id = $1 and a.orphaned_at is not null and a.orphan_kept_at is null
          and a.status in ('pending', 'booked') and a.starts_at > $2
          and ($3::uuid[] is null or a.branch_id = any($3)) and ($4::uuid[] is null or a.resource_id = any($4))
          and not exists (
            select from affected_visit f where f.appointment_id = a.id and f.state = 'offered' and f.answer_by > $2)`,
      [clinicId, now, branchIds, practitionerIds],
    );
    return row?.n ?? 0;
  }
}
