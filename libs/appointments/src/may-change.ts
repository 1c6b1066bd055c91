import { type Actor, orAttempted, type Permission, requireStaff } from '#libs/access';
import { Refusal, type Tx } from '#libs/platform';
import type { AppointmentRow } from './appointment-rows.js';

/**
 * SQL for "this account may see and change the appointment": it booked it, or the letters go to its proven address and no
 * account booked it. Parameter 1 is the account's id; `a` is the appointment.
 */
export const ofAccount = `(a.account_id = $1 or (a.account_id is null and a.contact_email is not null and a.contact_email = (
  select x.email from account x where x.id = $1 and x.email_verified_at is not null)))`;

/**
 * Checks the record itself, whatever route led to it (promise 10). A record that is not theirs does not exist for them.
 * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
 */
export async function requireMayChange(
  tx: Pick<Tx, 'query'>,
  actor: Actor,
  appointment: AppointmentRow,
  permission: Permission,
): Promise<void> {
  switch (actor.kind) {
    case 'system':
      return;
    case 'anonymous':
      throw new Refusal('not-signed-in');
    case 'staff':
      orAttempted(
        {
          actor,
          patientId: appointment.patientId,
          appointmentId: appointment.id,
          action: permission,
          purpose: 'booking',
        },
        () =>
          requireStaff(actor, appointment.clinicId, permission, {
            practitionerId: appointment.resourceId,
            branchId: appointment.branchId,
          }),
      );
      return;
    case 'addressee':
      if (appointment.id !== actor.appointmentId) throw new Refusal('not-found');
      if (permission !== 'appointments.change') throw new Refusal('not-allowed');
      return;
    case 'guest':
    case 'patient': {
      const rows = await tx.query(`select from appointment a where a.id = $2 and ${ofAccount}`, [
        actor.accountId,
        appointment.id,
      ]);
      if (rows.length === 0) throw new Refusal('not-found');
      // A patient moves and cancels; the clinic's answers and its desk are not theirs.
      if (permission !== 'appointments.change') throw new Refusal('not-allowed');
    }
  }
}
