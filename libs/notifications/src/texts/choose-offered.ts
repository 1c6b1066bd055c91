import { Injectable } from '@nestjs/common';
import { AcceptOffer, requestOf } from '#libs/appointments';
import { Database, open } from '#libs/platform';
import { choiceOf, type IncomingMeaning } from '../rules/incoming-words.js';
import type { IncomingOutcome } from './incoming-text.entity.js';
import { isGranted } from './is-granted.js';
import { offeredByText } from './offered-visits.js';
import { type RemindedByText, visitAnswered } from './reminded-visits.js';

/** An answer, with what may be asked of it. */
interface Answer {
  id: string;
  phone: string;
  phoneIndex: Buffer;
  textSealed: Buffer;
  meaning: IncomingMeaning;
  /** The visit that an earlier try was about to move. */
  appointmentId: string | null;
}

interface Chosen {
  outcome: IncomingOutcome;
  visit?: RemindedByText;
}

/** Takes one of the times that a clinic offered by short message, where the answer says which without a doubt. */
@Injectable()
export class ChooseOffered {
  constructor(
    private readonly database: Database,
    private readonly acceptOffer: AcceptOffer,
  ) {}

  /** Whether times that were told to this number wait for a choice. */
  async isAsked(answer: Answer, now: Temporal.Instant): Promise<boolean> {
    return (await this.offered(answer, now)).length > 0;
  }

  /**
   * Safe to repeat. A number takes the time that has it, a yes the only one that was offered; of several visits with offers,
   * and of a yes that may be about a reminder, nothing is guessed.
   * @param reminded the visits that the same number was reminded of
   * @returns undefined: the answer is about something else
   */
  async run(
    answer: Answer,
    { reminded, now }: { reminded: readonly RemindedByText[]; now: Temporal.Instant },
  ): Promise<Chosen | undefined> {
    const number = choiceOf(open(answer.textSealed));
    if (number === null && answer.meaning !== 'come') return undefined;
    const offered = await this.offered(answer, now);
    const [only] = offered;
    if (!only) return answer.appointmentId === null ? undefined : this.takenBefore(answer.appointmentId);
    if (offered.length > 1 || (number === null && reminded.length > 0)) return { outcome: 'several-visits' };
    const { visit, offerIds } = only;
    const offerId = number === null && offerIds.length > 1 ? undefined : offerIds[(number ?? 1) - 1];
    return offerId === undefined ? { outcome: 'not-understood', visit } : this.take(answer.id, visit, offerId);
  }

  private offered({ phone, phoneIndex: index }: Answer, now: Temporal.Instant) {
    return offeredByText(this.database.reader, { phone, index, now });
  }

  private async take(key: string, visit: RemindedByText, offerId: string): Promise<Chosen> {
    // Which visit it is stands written before it moves: afterwards no offer would lead there.
    await this.database.transaction((tx) =>
      tx.query(`update incoming_text set clinic_id = $2, appointment_id = $3 where id = $1`, [
        key,
        visit.clinicId,
        visit.id,
      ]),
    );
    const actor = { kind: 'addressee', appointmentId: visit.id } as const;
    const request = requestOf(actor, 'sms-answer', key, { offerId });
    if (!(await isGranted(() => this.acceptOffer.run({ actor, offerId, request }))))
      return { outcome: 'refused', visit };
    return { outcome: 'confirmed', visit: (await visitAnswered(this.database.reader, visit.id)) ?? visit };
  }

  /** A worker died that was about to take it: it did, or the offer ended otherwise. */
  private async takenBefore(appointmentId: string): Promise<Chosen | undefined> {
    const visit = await visitAnswered(this.database.reader, appointmentId);
    const taken = await this.database.reader.query(
      `select from affected_visit where appointment_id = $1 and state = 'accepted' limit 1`,
      [appointmentId],
    );
    return visit && { outcome: taken.length > 0 ? 'confirmed' : 'refused', visit };
  }
}
