import { type Actor, requireStaff, type StaffActor } from '#libs/access';
import { isId, Refusal, type Tx } from '#libs/platform';
import type { EntryState } from './waiting-list-entry.entity.js';

/** An entry as verbs see it, locked for the rest of the transaction. */
export interface OpenEntry {
  staff: StaffActor;
  clinicId: string;
  state: EntryState;
  appointmentId: string | null;
  /** Null: not known yet. */
  patientId: string | null;
  isAnswered: boolean;
  version: number;
}

/**
 * Locks an entry, so that two who work on it come one after the other, and checks that these staff may.
 * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
 */
export async function openEntry(tx: Tx, actor: Actor, id: string): Promise<OpenEntry> {
  if (actor.kind === 'anonymous') throw new Refusal('not-signed-in');
  const [row] = isId(id)
    ? await tx.query<Omit<OpenEntry, 'staff'> & { practitionerId: string | null; branchId: string }>(
        `select clinic_id as "clinicId", branch_id as "branchId", practitioner_id as "practitionerId", state, version,
                appointment_id as "appointmentId", patient_id as "patientId", answered_at is not null as "isAnswered"
           from waiting_list_entry where id = $1 for no key update`,
        [id],
      )
    : [];
  if (!row) throw new Refusal('not-found');
  const { practitionerId, branchId, ...entry } = row;
  return { ...entry, staff: requireStaff(actor, row.clinicId, 'waiting.edit', { practitionerId, branchId }) };
}
