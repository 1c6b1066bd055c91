import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { carriedOutBefore, inTurn, type Request } from '#libs/appointments';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import { openEntry } from './open-entry.js';
import { recordEvent } from './record-event.js';
import type { StaffChannel } from './rules/counts-from.js';

interface Answer {
  actor: Actor;
  id: string;
  version: number;
  toldBy: StaffChannel;
  request: Request;
}

/**
 * Says that the person was answered, and how: their wish is registered and waits (R4-09, R3-20). Nothing is sent by this.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `state-changed`, `wrong-state` it does not wait or was answered,
 * `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class AnswerEntry {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(answer: Answer): Promise<{ id: string }> {
    return inTurn(answer.request, () => this.database.transaction((tx) => this.answer(tx, answer)));
  }

  private async answer(tx: Tx, { actor, id, version, toldBy, request }: Answer): Promise<{ id: string }> {
    const now = this.clock.now();
    if (await carriedOutBefore(tx, request, id, now)) return { id };
    const entry = await openEntry(tx, actor, id);
    if (entry.version !== version) throw new Refusal('state-changed');
    if (entry.state !== 'waiting' || entry.isAnswered) throw new Refusal('wrong-state');
    await tx.query(`update waiting_list_entry set answered_at = $2, version = version + 1 where id = $1`, [
      id,
      now.toString(),
    ]);
    const step = { clinicId: entry.clinicId, entryId: id, version: version + 1, at: now } as const;
    await recordEvent(tx, entry.staff, { ...step, kind: 'answered', toldBy });
    return { id };
  }
}
