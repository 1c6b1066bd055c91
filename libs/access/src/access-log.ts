import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, type Tx } from '#libs/platform';
import type { StaffActor } from './actor.js';
import { attemptOf } from './attempts.js';

export interface Look {
  actor: StaffActor;
  patientId: string;
  appointmentId?: string | null;
  /** What was done, a short stable word: `patient-panel`, `reason-read`. */
  action: string;
  /** Why, as the screen or the person says it: `booking`, `treatment`; 200 characters at most. */
  purpose: string;
}

/** A list that stays open, or is drawn anew with each change, is one look in this many minutes. */
const sameLookMinutes = 60;

const columnsOf = (looks: readonly Look[]): unknown[] => {
  const column = <T>(of: (look: Look) => T): T[] => looks.map(of);
  return [
    column((look) => look.actor.clinicId),
    column((look) => look.actor.staffMemberId),
    column((look) => look.actor.role),
    column((look) => look.patientId),
    column((look) => look.appointmentId ?? null),
    column((look) => look.action),
    column((look) => look.purpose),
  ];
};

const insertLooks = `
  insert into access_log (at, refused, clinic_id, staff_member_id, role, patient_id, appointment_id, action, purpose)
  select $1, $2, l.*
    from unnest($3::uuid[], $4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::text[], $9::text[])
         as l(clinic_id, staff_member_id, role, patient_id, appointment_id, action, purpose)`;

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
    const values = [this.clock.now().toString(), false, ...columnsOf(looks)];
    await (tx ? tx.query(insertLooks, values) : this.database.read(insertLooks, values));
  }

  /**
   * Writes that a list showed these visits to one member of staff, in one statement. Whom the same list showed them within
   * the hour is left out: a day that refreshes itself all morning is not a hundred looks.
   * @param looks of one actor and one action, each with its appointment
   */
  async listed(looks: readonly Look[]): Promise<void> {
    const [first] = looks;
    if (!first) return;
    const now = this.clock.now();
    await this.database.read(
      `${insertLooks}
        where l.appointment_id not in (
          select k.appointment_id from access_log k
           where k.staff_member_id = $10 and k.action = $11 and k.at > $12 and k.appointment_id is not null)`,
      [
        now.toString(),
        false,
        ...columnsOf(looks),
        first.actor.staffMemberId,
        first.action,
        now.subtract({ minutes: sameLookMinutes }).toString(),
      ],
    );
  }

  /**
   * Writes that a search showed these people to one member of staff, in one statement. Whom the same search showed them
   * within the hour is left out: each letter that is typed searches anew.
   * @param looks of one actor and one action
   */
  async found(looks: readonly Look[]): Promise<void> {
    const [first] = looks;
    if (!first) return;
    const now = this.clock.now();
    await this.database.read(
      `${insertLooks}
        where not exists (
          select from access_log k
           where k.patient_id = l.patient_id and k.at > $12 and k.staff_member_id = $10 and k.action = $11)`,
      [
        now.toString(),
        false,
        ...columnsOf(looks),
        first.actor.staffMemberId,
        first.action,
        now.subtract({ minutes: sameLookMinutes }).toString(),
      ],
    );
  }

  /**
   * Writes that staff tried to reach a record and were refused (faults.md F16), if that is what was thrown. By itself: the
   * transaction of what they tried is undone.
   */
  async refused(thrown: unknown): Promise<void> {
    const attempt = attemptOf(thrown);
    if (!attempt) return;
    await this.database.read(insertLooks, [this.clock.now().toString(), true, ...columnsOf([attempt])]);
  }
}
