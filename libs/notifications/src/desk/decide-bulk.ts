import { Inject, Injectable } from '@nestjs/common';
import { type Actor, ConfirmSecondFactor, mayAnybodyElse, requireStaff, type StaffActor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, log, Refusal, type Tx } from '#libs/platform';
import { noteAttempt } from '../ledger.js';
import { actBehind } from '../queries/caused-by.js';

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
    private readonly secondFactor: ConfirmSecondFactor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Approved: all of them are sent. Rejected: those of the person who caused them are not, and their patients stand on the
   * list of those who have to be called; letters that only stood behind one of them are sent. The one who caused them
   * decides only where nobody else at the clinic might, with the code of their second factor, and it is written that they
   * were alone.
   * @throws Refusal `not-signed-in`; `not-found`, also for another clinic's; `not-allowed`, for the one who caused them
   *   with why `second-person` while somebody else might; `invalid` (`code`) for a wrong code of the one who is alone;
   *   `state-changed` when it has been decided
   */
  async run({
    actor,
    bulkId,
    decision,
    code = '',
  }: {
    actor: Actor;
    bulkId: string;
    decision: BulkDecision;
    code?: string | undefined;
  }): Promise<number> {
    const now = this.clock.now();
    const before = await this.database.transaction((tx) => this.mayDecide(tx, actor, bulkId, now));
    if (before.isAlone) await this.secondFactor.run({ actor: before.staff, code });
    return this.database.transaction(async (tx) => {
      const { staff, causedBy, isAlone } = await this.mayDecide(tx, actor, bulkId, now);
      await tx.query(
        `update notice_bulk set decision = $2, decided_by = $3, decided_at = $4, alone = $5 where id = $1`,
        [bulkId, decision, staff.staffMemberId, now.toString(), isAlone],
      );
      if (isAlone) log.warn({ event: 'letters.decided-alone', code: decision });
      const held = await tx.query<Held>(
        `select n.id, n.appointment_id as "appointmentId", n.event_id as "eventId",
                exists (select from (${actBehind}) act where act.id = $2) as "isCause"
           from notice n join appointment_event e on e.id = n.event_id
          where n.bulk_id = $1 and n.state = 'held'
          order by n.appointment_id, e.version, n.id for no key update of n`,
        [bulkId, causedBy],
      );
      for (const each of held) await this.settle(tx, each, decision === 'approved' || !each.isCause, now);
      return held.length;
    });
  }

  /** The bulk, locked, and whether the actor decides on what they caused themselves because they are alone. */
  private async mayDecide(
    tx: Tx,
    actor: Actor,
    bulkId: string,
    now: Temporal.Instant,
  ): Promise<{ staff: StaffActor; causedBy: string; isAlone: boolean }> {
    const [bulk] = await tx.query<{ clinicId: string; causedBy: string; isDecided: boolean }>(
      `select clinic_id as "clinicId", caused_by as "causedBy", decision is not null as "isDecided"
         from notice_bulk where id = $1 for update`,
      [bulkId],
    );
    if (!bulk) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
    const staff = requireStaff(actor, bulk.clinicId, 'notices.approve');
    const isAlone = bulk.causedBy === staff.staffMemberId;
    if (isAlone && (await mayAnybodyElse(tx, staff, 'notices.approve', now)))
      throw new Refusal('not-allowed', { why: 'second-person' });
    if (bulk.isDecided) throw new Refusal('state-changed');
    return { staff, causedBy: bulk.causedBy, isAlone };
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
