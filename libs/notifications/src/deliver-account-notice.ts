import { Injectable } from '@nestjs/common';
import { AccountNoticeToSend } from '#libs/access';
import { Turns } from '#libs/platform';
import { accountLetter } from './letters/account-letter.js';
import { renderLetter } from './letters/letter-templates.js';
import { Notices } from './notices.js';

/** Tells the owner of an account what happened to it: in the portal, and by mail where an address is proven. */
@Injectable()
export class DeliverAccountNotice {
  constructor(
    private readonly toSend: AccountNoticeToSend,
    private readonly notices: Notices,
    private readonly turns: Turns,
  ) {}

  /**
   * Safe to repeat. It goes to the address that is proven when it leaves, whatever it was when it happened (faults.md H4).
   * @throws DeliveryFailure when it did not leave and is to be tried again
   */
  async run({ accountNoticeId, isLastTry }: { accountNoticeId: string; isLastTry: boolean }): Promise<void> {
    const turn = await this.turns.take(`account:${accountNoticeId}`, 45, async () => {
      const told = await this.toSend.run(accountNoticeId);
      if (!told) return;
      const { kind, language, email, clinicId } = told;
      const notice = { subject: { accountNoticeId, clinicId }, kind, language };
      await this.notices.keep(notice);
      if (email === null) return this.notices.drop(notice, 'no-address');
      const write = () => {
        const letter = accountLetter(told);
        return { subject: letter.subject, ...renderLetter('account', language, letter) };
      };
      await this.notices.send(notice, email, write, isLastTry);
    });
    if (!turn.isTaken) throw new Error('another worker is sending it');
  }
}
