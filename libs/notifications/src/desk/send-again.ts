import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal } from '#libs/platform';
import { noteAttempt } from '../ledger.js';
import { isTold, isUnreached } from '../queries/told.js';
import { stepOfClinic } from './mark-informed.js';

/** Sends a message once more that did not reach anybody, to the address that stands with the visit now. */
@Injectable()
export class SendAgain {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Whoever sends it again answers for the address: nothing is held back from it any more.
   * @throws Refusal `not-signed-in`; `not-found`, also for another clinic's; `not-allowed`; `state-changed` when the
   *   patient has been told meanwhile or it is on its way already
   */
  async run({ actor, noticeId }: { actor: Actor; noticeId: string }): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const [notice] = await tx.query<{ eventId: string; channel: string; addressIndex: Buffer | null }>(
        `select event_id as "eventId", channel, address_index as "addressIndex" from notice
          where id = $1 and event_id is not null for no key update`,
        [noticeId],
      );
      if (!notice) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
      const { staff, appointmentId } = await stepOfClinic(tx, actor, notice.eventId);
      const [open] = await tx.query(
        `select from notice n join appointment_event e on e.id = n.event_id
          where n.id = $1 and ${isUnreached} and not ${isTold}`,
        [noticeId],
      );
      if (!open) throw new Refusal('state-changed');
      if (notice.addressIndex !== null)
        await tx.query(
          `update suppressed_address set lifted_at = $3, lifted_why = 'staff', lifted_by = $4
            where channel = $1 and address_index = $2 and lifted_at is null`,
          [notice.channel, notice.addressIndex, now.toString(), staff.staffMemberId],
        );
      await tx.query(
        `update notice set state = 'queued', failure = null, failed_at = null, sent_at = null, bounced_at = null,
                delivered_at = null, next_try_at = $2
          where id = $1`,
        [noticeId, now.toString()],
      );
      await noteAttempt(tx, { id: noticeId, at: now, outcome: 'asked-again', answer: null });
      if (notice.channel === 'sms') {
        // What left before keeps its cost under another name; this one is a message of its own.
        await tx.query(`update sms_sent set id = gen_random_uuid() where id = $1`, [noticeId]);
        await this.jobs.send(tx, 'text-due', { noticeId });
      } else await this.jobs.send(tx, 'appointment-changed', { appointmentId, eventId: notice.eventId });
    });
  }
}
