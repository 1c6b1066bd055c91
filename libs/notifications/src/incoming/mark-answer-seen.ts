import { Inject, Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { AnswersOfClinic } from './answers-of-clinic.js';

/** Takes an answer off the list of those that wait to be looked at; it changes nothing of the visit. */
@Injectable()
export class MarkAnswerSeen {
  constructor(
    private readonly database: Database,
    private readonly answers: AnswersOfClinic,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Doing it twice is harmless; the first one's name stays. @throws Refusal `not-found`, `not-allowed` */
  async run({ actor, id }: { actor: StaffActor; id: string }): Promise<void> {
    await this.answers.find(actor, id, 'notices.edit');
    await this.database.transaction((tx) =>
      tx.query(`update incoming_mail set handled_at = $2, handled_by = $3 where id = $1 and handled_at is null`, [
        id,
        this.clock.now().toString(),
        actor.staffMemberId,
      ]),
    );
  }
}
