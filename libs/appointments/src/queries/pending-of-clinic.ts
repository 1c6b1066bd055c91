import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from './appointment-view.js';

/** The requests that wait for a clinic's answer. */
@Injectable()
export class PendingOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Oldest request first, at most 200; `from` and `to` bound the visit's start.
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
   */
  async run(
    actor: Actor,
    clinicId: string,
    filter: { branchId?: string; from?: Temporal.Instant; to?: Temporal.Instant } = {},
  ): Promise<{ items: AppointmentView[]; now: Temporal.Instant }> {
    requireStaff(actor, clinicId, 'calendar.read');
    const rows = await this.database.read<ViewRow>(
      `select ${viewColumns} from ${viewTables}
        where a.clinic_id = $1 and a.status = 'pending'
          and ($2::uuid is null or a.branch_id = $2)
          and ($3::timestamptz is null or a.starts_at >= $3)
          and ($4::timestamptz is null or a.starts_at < $4)
        order by a.created_at, a.id limit 200`,
      [clinicId, filter.branchId ?? null, filter.from?.toString() ?? null, filter.to?.toString() ?? null],
    );
    return { items: rows.map(viewOf), now: this.clock.now() };
  }
}
