import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type StaffActor } from '#libs/access';
import { dropExpiredHolds, lockResources, resourcesOfOwner } from '#libs/calendars';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import { loadAppointment, lockPatient } from './appointment-rows.js';
import { cancelCase } from './cancel-case.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import type { ReasonCode } from './rules/reason-codes.js';
import { after } from './rules/status.js';

interface InSeries {
  id: string;
  clinic_id: string;
  resource_id: string;
  branch_id: string;
  patient_id: string;
  version: number;
}

/**
 * Cancels what is left of a series at once: every visit that lies ahead and is still to take place. All or none.
 * Refusals: `not-found` also for another clinic's, `not-allowed`, `not-cancellable` nothing is left.
 */
@Injectable()
export class CancelSeries {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many visits were cancelled */
  async run(wish: {
    actor: StaffActor;
    seriesId: string;
    reason: ReasonCode;
    note?: string | null;
    request: Request;
  }): Promise<{ cancelled: number }> {
    return inTurn(wish.request, () => this.database.transaction((tx) => this.cancel(tx, wish)));
  }

  private async cancel(
    tx: Tx,
    { actor, seriesId, reason, note, request }: Parameters<CancelSeries['run']>[0],
  ): Promise<{ cancelled: number }> {
    if (await carriedOutBefore(tx, request, seriesId, this.clock.now())) return { cancelled: 0 };
    const visits = await tx.query<InSeries>(
      `select a.id, a.clinic_id, a.resource_id, a.branch_id, a.patient_id, a.version
         from appointment a
        where a.series_id = $1 and a.status in ('pending', 'booked') order by a.starts_at`,
      [seriesId],
    );
    const [one] = visits;
    const [known] = one
      ? visits
      : await tx.query<{ clinic_id: string }>(`select clinic_id from appointment where series_id = $1 limit 1`, [
          seriesId,
        ]);
    if (known?.clinic_id !== actor.clinicId) throw new Refusal('not-found');
    if (!one) throw new Refusal('not-cancellable');
    for (const { resource_id: practitionerId, branch_id: branchId } of visits)
      requireStaff(actor, one.clinic_id, 'appointments.change', { practitionerId, branchId });
    const resources = await this.resourcesOf(tx, visits);
    await lockResources(tx, resources);
    await lockPatient(tx, one.patient_id);
    const now = this.clock.now();
    for (const resourceId of resources) await dropExpiredHolds(tx, resourceId, now);
    let cancelled = 0;
    for (const { id, version } of visits) {
      const appointment = await loadAppointment(tx, id);
      if (!appointment) continue;
      if (appointment.version !== version) throw new Refusal('state-changed');
      const isAhead = Temporal.Instant.compare(appointment.visit.start, now) > 0;
      if (!isAhead || after(appointment.status, 'cancel') === null) continue;
      await cancelCase(tx, this.jobs, { actor, appointment, now, reason, note: note ?? null, late: false });
      cancelled += 1;
    }
    if (cancelled === 0) throw new Refusal('not-cancellable');
    return { cancelled };
  }

  /** A visit may have been moved to somebody else or to a seat, keep an old time, or have others held for its patient. */
  private async resourcesOf(tx: Tx, visits: readonly InSeries[]): Promise<string[]> {
    const resources = new Set<string>();
    for (const { id, resource_id: own } of visits) {
      resources.add(own);
      const appointment = await loadAppointment(tx, id);
      for (const owner of [id, ...(appointment?.offerIds ?? [])])
        for (const each of await resourcesOfOwner(tx, owner)) resources.add(each);
    }
    return [...resources];
  }
}
