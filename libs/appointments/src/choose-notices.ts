import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireAccount } from '#libs/access';
import { choiceOfAccount, keepNoticeChoice, type NoticeChoice } from '#libs/people';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { loadAppointment } from './appointment-rows.js';
import { requireMayChange } from './may-change.js';

/**
 * How somebody wishes to be told: for all their visits, or for one. Nothing of an appointment's course changes by it, so
 * that it is no step of its history.
 */
@Injectable()
export class ChooseNotices {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What the account has chosen; whoever asked for an SMS with a visit that is coming is not thought to be against it.
   * @throws Refusal `not-signed-in`
   */
  async current(actor: Actor): Promise<NoticeChoice> {
    const { accountId } = requireAccount(actor);
    const { reader } = this.database;
    const choice = await choiceOfAccount(reader, accountId);
    const wished = await reader.query(
      `select from appointment
        where account_id = $1 and starts_at > $2 and status in ('pending', 'booked') and wishes_sms limit 1`,
      [accountId, this.clock.now().toString()],
    );
    return { ...choice, sms: choice.sms || wished.length > 0 };
  }

  /** Kept for the bookings to come, and for the visits that are coming already. @throws Refusal `not-signed-in` */
  async ofAccount(actor: Actor, choice: NoticeChoice): Promise<void> {
    const { accountId } = requireAccount(actor);
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      await keepNoticeChoice(tx, accountId, choice, now);
      await tx.query(
        `update appointment set wishes_sms = $2, mail_reminders = $3, strict_letters = $4
          where account_id = $1 and starts_at > $5 and status in ('pending', 'booked')`,
        [accountId, choice.sms, choice.mail, choice.strict, now.toString()],
      );
    });
  }

  /** @throws Refusal `not-signed-in`, `not-found`, `not-allowed` */
  async ofVisit(actor: Actor, id: string, { sms, mail, strict }: NoticeChoice): Promise<void> {
    await this.database.transaction(async (tx) => {
      const appointment = await loadAppointment(tx, id);
      if (!appointment) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
      await requireMayChange(tx, actor, appointment, 'appointments.change');
      await tx.query(`update appointment set wishes_sms = $2, mail_reminders = $3, strict_letters = $4 where id = $1`, [
        id,
        sms,
        mail,
        strict,
      ]);
    });
  }
}
