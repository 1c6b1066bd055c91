import { Injectable } from '@nestjs/common';
import { AccessLog, type StaffActor } from '#libs/access';
import {
  type AppointmentView,
  ConfirmAppointment,
  type ReasonCode,
  RejectAppointment,
  requestOf,
  type UntoldCode,
} from '#libs/appointments';
import { Refusal, type RefusalCode } from '#libs/platform';
import { ReadAppointment } from '../appointment/read-appointment.js';
import type { Seen } from '../seen.js';

/** What became of one request; `refused` says why nothing did. */
export interface Decided {
  id: string;
  refused: RefusalCode | null;
  /** As it stands now; null: it is not theirs to see. */
  now: AppointmentView | null;
}

interface Decision {
  kind: 'confirm' | 'reject';
  requests: readonly Seen[];
  reason: ReasonCode;
  note: string | null;
  /** Why the portal does not tell those who are rejected; null: it tells them. */
  untold: UntoldCode | null;
  key: string;
}

/** Answers requests one after the other, each by its own verb: one that is refused does not stop the others. */
@Injectable()
export class DecideMany {
  constructor(
    private readonly reading: ReadAppointment,
    private readonly confirm: ConfirmAppointment,
    private readonly reject: RejectAppointment,
    private readonly accessLog: AccessLog,
  ) {}

  async run(staff: StaffActor, decision: Decision): Promise<Decided[]> {
    const results: Decided[] = [];
    for (const seen of decision.requests) {
      const refused = await this.one(staff, decision, seen);
      results.push({ id: seen.id, refused, now: await this.reading.findIfTheirs(staff, seen.id) });
    }
    return results;
  }

  private async one(
    actor: StaffActor,
    { kind, reason, note, untold, key }: Decision,
    { id, version }: Seen,
  ): Promise<RefusalCode | null> {
    const asked = kind === 'confirm' ? { id, version } : { id, version, reason, note, untold };
    const request = requestOf(actor, `POST pending/${kind}`, `${key}:${id}`, asked);
    try {
      if (kind === 'confirm') await this.confirm.run({ actor, id, version, request });
      else await this.reject.run({ actor, id, version, reason, note, untold, request });
      return null;
    } catch (thrown) {
      await this.accessLog.refused(thrown);
      if (!(thrown instanceof Refusal)) throw thrown;
      return thrown.code;
    }
  }
}
