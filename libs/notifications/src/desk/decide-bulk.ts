import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import { noteAttempt } from '../ledger.js';

export type BulkDecision = 'approved' | 'rejected';

interface Held {
  id: string;
  appointmentId: string;
  eventId: string;
  isCause: boolean;
}

/** A second person lets many letters go that somebody caused at once, or decides that they do not leave. */
@Injectable()
export class DecideBulk {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Approved: all of them are sent. Rejected: those of the person who caused them are not, and their patients stand on the
   * list of those who have to be called; letters that only stood behind one of them are sent.
   * @throws Refusal `not-signed-in`; `not-found`, also for another clinic's; `not-allowed`, for the one who caused them
   *   with why `second-person`; `state-changed` when it has been decided
   */
  async run({ actor, bulkId, decision }: { actor: Actor; bulkId: string; decision: BulkDecision }): Promise<number> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const [bulk] = await tx.query<{ clinicId: string; causedBy: string; isDecided: boolean }>(
        `select clinic_id as "clinicId", caused_by as "causedBy", decision is not null as "isDecided"
           from notice_bulk where id = $1 for update`,
        [bulkId],
      );
      if (!bulk) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
      const staff = requireStaff(actor, bulk.clinicId, 'notices.approve');
      if (bulk.causedBy === staff.staffMemberId) throw new Refusal('not-allowed', { why: 'second-person' });
      if (bulk.isDecided) throw new Refusal('state-changed');
      await tx.query(`update notice_bulk set decision = $2, decided_by = $3, decided_at = $4 where id = $1`, [
        bulkId,
        decision,
        staff.staffMemberId,
        now.toString(),
      ]);
      const held = await tx.query<Held>(
        `select n.id, n.appointment_id as "appointmentId", n.event_id as "eventId",
                e.actor_kind = 'staff' and e.actor_id = $2 as "isCause"
           from notice n join appointment_event e on e.id = n.event_id
          where n.bulk_id = $1 and n.state = 'held'
          order by n.appointment_id, e.version, n.id for no key update of n`,
        [bulkId, bulk.causedBy],
      );
      for (const each of held) await this.settle(tx, each, decision === 'approved' || !each.isCause, now);
      return held.length;
    });
  }

  private async settle(
    tx: Tx,
    { id, appointmentId, eventId }: Held,
    isSent: boolean,
    now: Temporal.Instant,
  ): Promise<void> {
    if (isSent) {
      await tx.query(`update notice set state = 'queued' where id = $1`, [id]);
      await noteAttempt(tx, { id, at: now, outcome: 'released', answer: null });
      await this.jobs.send(tx, 'appointment-changed', { appointmentId, eventId });
      return;
    }
    await tx.query(`update notice set state = 'dropped', failure = 'bulk-rejected' where id = $1`, [id]);
    await noteAttempt(tx, { id, at: now, outcome: 'dropped', answer: 'bulk-rejected' });
  }
}
