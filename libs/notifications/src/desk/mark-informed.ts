import { Inject, Injectable } from '@nestjs/common';
import { type Actor, orAttempted, requireStaff, type StaffActor } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import type { InformedHow } from '../rules/informed-how.js';

/** The step, for whoever may answer for it. */
export interface StepOfClinic {
  staff: StaffActor;
  clinicId: string;
  appointmentId: string;
}

interface Row {
  clinicId: string;
  appointmentId: string;
  branchId: string;
  practitionerId: string;
  patientId: string;
}

/** @throws Refusal `not-signed-in`; `not-found`, also for another clinic's; `not-allowed` */
export async function stepOfClinic(tx: Tx, actor: Actor, eventId: string): Promise<StepOfClinic> {
  const [row] = await tx.query<Row>(
    `select e.clinic_id as "clinicId", a.id as "appointmentId", a.branch_id as "branchId", a.resource_id as "practitionerId",
            a.patient_id as "patientId"
       from appointment_event e join appointment a on a.id = e.appointment_id where e.id = $1`,
    [eventId],
  );
  if (!row) throw new Refusal(actor.kind === 'anonymous' ? 'not-signed-in' : 'not-found');
  const { clinicId, appointmentId, patientId } = row;
  const check = (): StaffActor => requireStaff(actor, clinicId, 'notices.edit', row);
  const look = { patientId, appointmentId, action: 'informed', purpose: 'booking' };
  const staff = actor.kind === 'staff' ? orAttempted({ actor, ...look }, check) : check();
  return { staff, clinicId, appointmentId };
}

/** Staff say that they told a patient of a step, or tried to: who, when and how stay for good (R3-18). */
@Injectable()
export class MarkInformed {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A form that was sent twice is one mark: the same person saying the same of the same step within a minute.
   * @param how the last two of `informedHows` tell nobody: a call that reached no one, and a step nobody need hear of
   * @throws Refusal `not-signed-in`; `not-found`, also for another clinic's; `not-allowed`
   */
  async run({ actor, eventId, how }: { actor: Actor; eventId: string; how: InformedHow }): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const { staff, clinicId, appointmentId } = await stepOfClinic(tx, actor, eventId);
      await tx.query(`select from appointment where id = $1 for no key update`, [appointmentId]);
      await tx.query(
        `insert into informed_mark (clinic_id, appointment_id, event_id, how, staff_member_id, at)
         select $1, $2, $3, $4, $5, $6
          where not exists (
            select from informed_mark m
             where m.event_id = $3 and m.how = $4 and m.staff_member_id = $5 and m.at > $6::timestamptz - interval '1 minute')`,
        [clinicId, appointmentId, eventId, how, staff.staffMemberId, now.toString()],
      );
    });
  }
}
