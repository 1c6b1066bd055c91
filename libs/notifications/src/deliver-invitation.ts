import { Injectable } from '@nestjs/common';
import { InvitationToSend } from '#libs/access';
import { Database, Turns } from '#libs/platform';
import { renderLetter } from './letters/letter-templates.js';
import { staffLetter } from './letters/staff-letter.js';
import { Notices } from './notices.js';

/** Sends the letter with the link that lets somebody begin at a clinic. */
@Injectable()
export class DeliverInvitation {
  constructor(
    private readonly database: Database,
    private readonly invitations: InvitationToSend,
    private readonly notices: Notices,
    private readonly turns: Turns,
  ) {}

  /**
   * Safe to repeat. An invitation that was answered, withdrawn or has ended is not sent.
   * @throws DeliveryFailure when it did not leave and is to be tried again
   */
  async run({ invitationId, isLastTry }: { invitationId: string; isLastTry: boolean }): Promise<void> {
    const turn = await this.turns.take(`invitation:${invitationId}`, 45, async () => {
      const asked = await this.invitations.run(invitationId);
      if (!asked) return this.notices.giveUp({ invitationId });
      const { language, email, clinicId } = asked;
      const notice = { subject: { invitationId, clinicId }, kind: 'invitation', language };
      const write = async () => {
        const [clinic] = await this.database.read<{ name: string }>('select name from clinic where id = $1', [
          clinicId,
        ]);
        const letter = staffLetter(language, clinic?.name ?? '', { ...asked, id: invitationId });
        return { subject: letter.subject, ...renderLetter('invitation', language, letter) };
      };
      await this.notices.send(notice, email, write, isLastTry);
    });
    if (!turn.isTaken) throw new Error('another worker is sending it');
  }
}
