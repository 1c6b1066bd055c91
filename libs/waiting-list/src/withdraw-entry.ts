import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { carriedOutBefore, inTurn, type Request } from '#libs/appointments';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import { openEntry } from './open-entry.js';
import { recordEvent } from './record-event.js';
import type { EndedReason } from './rules/ended-reasons.js';

interface Withdrawal {
  actor: Actor;
  id: string;
  /** As it was seen. */
  version: number;
  reason: EndedReason;
  request: Request;
}

/**
 * Takes an entry off the list without a visit; the date, who did it and the coded reason stay in its history (R3-16).
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `state-changed` somebody else did something with it meanwhile,
 * `wrong-state` it does not wait, `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class WithdrawEntry {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(withdrawal: Withdrawal): Promise<{ id: string }> {
    return inTurn(withdrawal.request, () => this.database.transaction((tx) => this.withdraw(tx, withdrawal)));
  }

  private async withdraw(tx: Tx, { actor, id, version, reason, request }: Withdrawal): Promise<{ id: string }> {
    const now = this.clock.now();
    if (await carriedOutBefore(tx, request, id, now)) return { id };
    const entry = await openEntry(tx, actor, id);
    if (entry.version !== version) throw new Refusal('state-changed');
    if (entry.state !== 'waiting') throw new Refusal('wrong-state');
    await tx.query(
      `update waiting_list_entry set state = 'withdrawn', ended_reason = $2, version = version + 1 where id = $1`,
      [id, reason],
    );
    const step = { clinicId: entry.clinicId, entryId: id, version: version + 1, at: now } as const;
    await recordEvent(tx, entry.staff, { ...step, kind: 'withdrawn', reason });
    return { id };
  }
}
