import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, type Tx } from '#libs/platform';
import type { StaffActor } from './actor.js';

export interface Look {
  actor: StaffActor;
  patientId: string;
  appointmentId?: string | null;
  /** What was done, a short stable word: `patient-panel`, `reason-read`. */
  action: string;
  /** Why, as the screen or the person says it: `booking`, `treatment`; 200 characters at most. */
  purpose: string;
}

/** Who looked at whom (promise 10). The database lets the apps add and read rows, never change them. */
@Injectable()
export class AccessLog {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Writes that staff looked at patients, in the transaction of the look or, for a plain read, by itself. */
  async looked(tx: Tx | null, ...looks: Look[]): Promise<void> {
    if (looks.length === 0) return;
    const text = `
      insert into access_log (at, clinic_id, staff_member_id, role, patient_id, appointment_id, action, purpose)
      select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[])`;
    const column = <T>(of: (look: Look) => T): T[] => looks.map(of);
    const values = [
      this.clock.now().toString(),
      column((look) => look.actor.clinicId),
      column((look) => look.actor.staffMemberId),
      column((look) => look.actor.role),
      column((look) => look.patientId),
      column((look) => look.appointmentId ?? null),
      column((look) => look.action),
      column((look) => look.purpose),
    ];
    await (tx ? tx.query(text, values) : this.database.read(text, values));
  }
}
