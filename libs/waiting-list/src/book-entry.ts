import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { openEntry } from './open-entry.js';
import { recordEvent } from './record-event.js';

/**
 * Says that an entry's wish is met by an appointment of the clinic's. Whoever was only a name and a number is the
 * appointment's patient from then on, and what they said of themselves is forgotten. Doing it twice is harmless.
 * Refusals: `not-signed-in`, `not-found` the entry or the appointment, `not-allowed` one of them, `state-changed` it was
 * withdrawn, or booked as another visit, meanwhile; `wrong-state` the appointment is somebody else's, whose wish this is not.
 */
@Injectable()
export class BookEntry {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, id, appointmentId }: { actor: Actor; id: string; appointmentId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { staff, clinicId, state, version, ...entry } = await openEntry(tx, actor, id);
      if (state === 'booked' && entry.appointmentId === appointmentId) return;
      if (state !== 'waiting') throw new Refusal('state-changed');
      const [visit] = await tx.query<{ patientId: string; practitionerId: string; branchId: string }>(
        `select patient_id as "patientId", resource_id as "practitionerId", branch_id as "branchId"
           from appointment where clinic_id = $1 and id = $2`,
        [clinicId, appointmentId],
      );
      if (!visit) throw new Refusal('not-found');
      requireStaff(staff, clinicId, 'waiting.edit', visit);
      if (entry.patientId !== null && entry.patientId !== visit.patientId) throw new Refusal('wrong-state');
      const now = this.clock.now();
      await tx.query(
        `update waiting_list_entry
            set state = 'booked', appointment_id = $2, patient_id = $3, person_sealed = null, version = version + 1,
                answered_at = coalesce(answered_at, $4)
          where id = $1`,
        [id, appointmentId, visit.patientId, now.toString()],
      );
      const step = { clinicId, entryId: id, version: version + 1, at: now } as const;
      await recordEvent(tx, staff, { ...step, kind: 'booked', appointmentId });
    });
  }
}
