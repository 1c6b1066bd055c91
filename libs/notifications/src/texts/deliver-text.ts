import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Jobs } from '#libs/platform';
import { visitOf } from '../letters/visit-of.js';
import { Notices } from '../notices.js';
import { letterOfStep } from '../queries/letter-of-step.js';
import { letterKindOf } from '../rules/letter-kind.js';
import { noticeRuleOf } from '../rules/notice-kinds.js';
import { quietUntil } from './quiet-until.js';
import { SendText } from './send-text.js';
import { stepText } from './step-text.js';

interface Due {
  eventId: string;
  state: string;
  /** People have been told of a later step, or will be: this one is no longer how things stand. */
  isOvertaken: boolean;
}

/** Sends the short message of one step. */
@Injectable()
export class DeliverText {
  constructor(
    private readonly database: Database,
    private readonly notices: Notices,
    private readonly sendText: SendText,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat. It goes to the number that the visit has now; a step that was overtaken meanwhile, or a visit that is
   * over, is not told of any more. Where the gateway comes back at night, what can wait until the morning waits.
   * @throws DeliveryFailure when it did not leave and is to be tried again
   */
  async run({ noticeId, isLastTry }: { noticeId: string; isLastTry: boolean }): Promise<void> {
    const [due] = await this.database.read<Due>(
      `select n.event_id as "eventId", n.state,
              exists (select from appointment_event e join appointment_event l on l.appointment_id = e.appointment_id
                       where e.id = n.event_id and l.version > e.version and l.tells) as "isOvertaken"
         from notice n where n.id = $1 and n.channel = 'sms' and n.event_id is not null`,
      [noticeId],
    );
    if (due?.state !== 'queued') return;
    const told = await letterOfStep(this.database, due.eventId);
    if (!told) throw new Error('a step without an appointment');
    const { view, fromStart, offered } = told;
    const kind = letterKindOf(told);
    const notice = {
      subject: { eventId: due.eventId, clinicId: view.clinic.id, appointmentId: view.id },
      kind,
      language: view.language,
    };
    const now = this.clock.now();
    const isOver = [view.start, fromStart].every((start) => !start || Temporal.Instant.compare(start, now) <= 0);
    if (due.isOvertaken || isOver) return this.notices.drop({ ...notice, channel: 'sms' }, 'too-late');
    const until = await quietUntil(this.database.reader, told, now);
    if (until) return this.putOff(noticeId, now, until);
    const visit = visitOf(view, now);
    const body = (isAnswered: boolean): readonly string[] =>
      stepText(kind, visit, fromStart, isAnswered ? offered : []);
    const urgency = noticeRuleOf(kind).urgency === 'now' ? 'urgent' : 'usual';
    await this.sendText.run(notice, { to: view.contactPhone, body, urgency }, isLastTry);
  }

  private async putOff(noticeId: string, now: Temporal.Instant, until: Temporal.Instant): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(`update notice set next_try_at = $2 where id = $1`, [noticeId, until.toString()]);
      const afterSeconds = Math.ceil(now.until(until).total('seconds'));
      await this.jobs.send(tx, 'text-due', { noticeId }, { afterSeconds });
    });
  }
}
