import { Inject, Injectable } from '@nestjs/common';
import { VerificationToSend } from '#libs/access';
import { CLOCK, type Clock, Turns } from '#libs/platform';
import { codeLetter } from './letters/code-letter.js';
import { renderLetter } from './letters/letter-templates.js';
import { Notices } from './notices.js';

/** Sends the code that proves an e-mail address: the only letter that goes to an unproven one (faults.md H4). */
@Injectable()
export class DeliverCode {
  constructor(
    private readonly verifications: VerificationToSend,
    private readonly notices: Notices,
    private readonly turns: Turns,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat. A code that was used or has ended is not sent.
   * @throws DeliveryFailure when it did not leave and is to be tried again
   */
  async run({ verificationId, isLastTry }: { verificationId: string; isLastTry: boolean }): Promise<void> {
    const turn = await this.turns.take(`code:${verificationId}`, 45, async () => {
      const asked = await this.verifications.run(verificationId);
      if (!asked) return this.notices.giveUp({ verificationId });
      const { language, email, code, expiresAt } = asked;
      const write = () => {
        const minutes = Math.max(1, Math.floor(this.clock.now().until(expiresAt).total('minutes')));
        const letter = codeLetter(language, code, minutes);
        return { subject: letter.subject, ...renderLetter('code', language, letter) };
      };
      await this.notices.send({ subject: { verificationId }, kind: 'code', language }, email, write, isLastTry);
    });
    if (!turn.isTaken) throw new Error('another worker is sending it');
  }
}
