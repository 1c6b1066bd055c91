import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { ConfirmAppointment, type ReasonCode, RejectAppointment, requestOf } from '#libs/appointments';
import { Refusal, type RefusalCode } from '#libs/platform';

/** What became of one request; `refused` says why nothing did. */
export interface Decided {
  id: string;
  refused: RefusalCode | null;
}

interface Decision {
  kind: 'confirm' | 'reject';
  requests: readonly { id: string; version: number }[];
  reason: ReasonCode;
  note: string | null;
  key: string;
}

/** Answers requests one after the other, each by its own verb: one that is refused does not stop the others. */
@Injectable()
export class DecideMany {
  constructor(
    private readonly confirm: ConfirmAppointment,
    private readonly reject: RejectAppointment,
  ) {}

  async run(staff: StaffActor, decision: Decision): Promise<Decided[]> {
    const results: Decided[] = [];
    for (const seen of decision.requests) results.push(await this.one(staff, decision, seen));
    return results;
  }

  private async one(
    actor: StaffActor,
    { kind, reason, note, key }: Decision,
    { id, version }: { id: string; version: number },
  ): Promise<Decided> {
    const asked = kind === 'confirm' ? { id, version } : { id, version, reason, note };
    const request = requestOf(actor, `POST pending/${kind}`, `${key}:${id}`, asked);
    try {
      if (kind === 'confirm') await this.confirm.run({ actor, id, version, request });
      else await this.reject.run({ actor, id, version, reason, note, request });
      return { id, refused: null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { id, refused: error.code };
    }
  }
}
