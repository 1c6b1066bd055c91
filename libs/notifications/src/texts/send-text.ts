import { Inject, Injectable } from '@nestjs/common';
import { isMobile } from '#libs/people';
import { CLOCK, type Clock, Database, environment } from '#libs/platform';
import type { NewNotice } from '../ledger.js';
import { Notices } from '../notices.js';
import { plainLetters } from '../rules/plain-letters.js';
import { segmentsOf } from '../rules/segments.js';
import { isWithinCap, type TextUrgency } from '../rules/sms-settings.js';
import { segmentsUsed, smsSettingsOf } from './sms-settings-of.js';
import { areTextsOn } from './text-transport-of.js';

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
   * @param body in the letters of its language; marks are left out where the clinic wants plain letters
   * @param urgency `urgent` may go a tenth over the cap
   * @throws DeliveryFailure when it did not leave and is to be tried again
   */
  async run(
    notice: Omit<NewNotice, 'channel'> & { subject: { clinicId: string } },
    { to, body, urgency }: { to: string | null; body: string; urgency: TextUrgency },
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
    const text = isPlain ? plainLetters(body) : body;
    if (!isWithinCap({ cap: monthlyCap, used }, segmentsOf(text).segments, urgency)) return drop('texts-cap');
    return this.notices.text(notice, { to, body: text, sender }, isLastTry);
  }
}
