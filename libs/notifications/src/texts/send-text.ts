import { Inject, Injectable } from '@nestjs/common';
import { isMobile } from '#libs/people';
import { CLOCK, type Clock, Database, environment } from '#libs/platform';
import type { NewNotice } from '../ledger.js';
import { Notices } from '../notices.js';
import { plainLetters } from '../rules/plain-letters.js';
import { segmentsOf } from '../rules/segments.js';
import { isAnswerable, isWithinCap, type TextUrgency } from '../rules/sms-settings.js';
import { segmentsUsed, smsSettingsOf } from './sms-settings-of.js';
import { areTextsOn } from './text-transport-of.js';

/** Whether somebody can answer to a message of this sender, and the answer reaches us. */
export function canAnswer(sender: string | null): boolean {
  const { smsGateway } = environment();
  return smsGateway?.incoming !== undefined && isAnswerable(sender ?? smsGateway.sender ?? null);
}

/** The fullest wording that costs no more segments than the shortest does, in the letters that leave. */
export function wordingFor(wordings: readonly string[], isPlain: boolean): string {
  const texts = wordings.map((text) => (isPlain ? plainLetters(text) : text));
  const fewest = Math.min(...texts.map((text) => segmentsOf(text).segments));
  return texts.find((text) => segmentsOf(text).segments === fewest) ?? '';
}

/** A message, several wordings of it, or those that hold where its sender takes answers and where not. */
export type TextBody = string | readonly string[] | ((canAnswer: boolean) => readonly string[]);

/** The one way in which a notice leaves as a short message, by the clinic's settings. */
@Injectable()
export class SendText {
  constructor(
    private readonly database: Database,
    private readonly notices: Notices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sends it, or writes down why not: no gateway, no mobile number, the clinic's month is used up, a number that asked us to
   * stop. Safe to repeat: a message never leaves twice.
   * @param to the contact's number as it is kept, E.164; null: there is none
   * @param body in the letters of its language; several are wordings of the same, the fullest first: of those
   *   that cost the fewest segments the first leaves. Marks are left out where the clinic wants plain letters
   * @param urgency `urgent` may go a tenth over the cap
   * @throws DeliveryFailure when it did not leave and is to be tried again
   */
  async run(
    notice: Omit<NewNotice, 'channel'> & { subject: { clinicId: string } },
    { to, body: wordings, urgency }: { to: string | null; body: TextBody; urgency: TextUrgency },
    isLastTry: boolean,
  ): Promise<void> {
    const drop = (reason: 'texts-off' | 'no-mobile' | 'texts-cap'): Promise<void> =>
      this.notices.drop({ ...notice, channel: 'sms' }, reason);
    if (!areTextsOn(environment())) return drop('texts-off');
    if (to === null || !isMobile(to)) return drop('no-mobile');
    const { clinicId } = notice.subject;
    const {
      sender,
      monthlyCap,
      plainLetters: isPlain,
      used,
    } = await this.database.transaction(async (tx) => ({
      ...(await smsSettingsOf(tx, clinicId)),
      used: await segmentsUsed(tx, clinicId, this.clock.now()),
    }));
    let body: string;
    try {
      body = wordingFor(typeof wordings === 'function' ? wordings(canAnswer(sender)) : [wordings].flat(), isPlain);
    } catch (thrown) {
      return this.notices.broken({ ...notice, channel: 'sms' }, thrown, isLastTry);
    }
    const isNew = !(await this.hasLeft(notice.subject));
    if (isNew && !isWithinCap({ cap: monthlyCap, used }, segmentsOf(body).segments, urgency)) return drop('texts-cap');
    return this.notices.text(notice, { to, body, sender }, isLastTry);
  }

  /** What left, or may have left, before its worker died costs nothing more. */
  private async hasLeft(subject: NewNotice['subject']): Promise<boolean> {
    const about = 'eventId' in subject ? subject.eventId : 'reminderId' in subject ? subject.reminderId : null;
    const rows = await this.database.read(
      `select from sms_sent s join notice n on n.id = s.id
        where n.channel = 'sms' and (n.event_id = $1 or n.reminder_id = $1) and s.state <> 'refused'`,
      [about],
    );
    return rows.length > 0;
  }
}
