import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { recordEvent } from './record-event.js';

interface Booked {
  id: string;
  clinicId: string;
  version: number;
  practitionerId: string;
  branchId: string;
}

/**
 * Lets a wish wait again, in the place that it had, when the booking that met it was taken back. It does nothing where the
 * appointment met no wish or still stands, so that doing it twice is harmless.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed` for whoever may not change the appointment.
 */
@Injectable()
export class ReopenEntry {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, appointmentId }: { actor: Actor; appointmentId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [entry] = await tx.query<Booked>(
        `select w.id, w.clinic_id as "clinicId", w.version, a.resource_id as "practitionerId", a.branch_id as "branchId"
           from waiting_list_entry w join appointment a on a.clinic_id = w.clinic_id and a.id = w.appointment_id
          where w.appointment_id = $1 and w.state = 'booked' and a.status = 'cancelled'
            for no key update of w`,
        [appointmentId],
      );
      if (!entry) return;
      const { id, clinicId, version } = entry;
      const staff = requireStaff(actor, clinicId, 'appointments.change', entry);
      await tx.query(
        `update waiting_list_entry set state = 'waiting', appointment_id = null, version = version + 1 where id = $1`,
        [id],
      );
      const at = this.clock.now();
      await recordEvent(tx, staff, { clinicId, entryId: id, version: version + 1, at, kind: 'reopened' });
    });
  }
}
