import { Inject, Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { TextsOfClinic } from './texts-of-clinic.js';

/** Takes an answer off the list of those that somebody has to look at; it changes nothing of the visit. */
@Injectable()
export class MarkTextSeen {
  constructor(
    private readonly database: Database,
    private readonly texts: TextsOfClinic,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Doing it twice is harmless; the first one's name stays. @throws Refusal `not-found`, `not-allowed` */
  async run({ actor, id }: { actor: StaffActor; id: string }): Promise<void> {
    await this.texts.find(actor, id);
    await this.database.transaction((tx) =>
      tx.query(`update incoming_text set handled_at = $2, handled_by = $3 where id = $1 and handled_at is null`, [
        id,
        this.clock.now().toString(),
        actor.staffMemberId,
      ]),
    );
  }
}
