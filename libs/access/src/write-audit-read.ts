import type { Database } from '#libs/platform';
import type { StaffActor } from './actor.js';
import { writeStaffEvent } from './staff-rights.js';

/** Writes down that somebody read who saw what, and of whom they asked: no name, ids and a day. */
export async function writeAuditRead(
  database: Database,
  staff: StaffActor,
  at: Temporal.Instant,
  asked: { staffMemberId: string | null; patientId: string | null; day: string | null },
): Promise<void> {
  await writeStaffEvent(
    { query: (text, values) => database.read(text, values) },
    { clinicId: staff.clinicId, at, kind: 'audit-read', actorId: staff.staffMemberId, details: asked },
  );
}
