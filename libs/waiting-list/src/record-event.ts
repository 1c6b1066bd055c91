import type { StaffActor } from '#libs/access';
import type { Tx } from '#libs/platform';
import type { StaffChannel } from './rules/counts-from.js';
import type { EndedReason } from './rules/ended-reasons.js';
import type { EntryEventKind } from './waiting-list-event.entity.js';

interface Step {
  clinicId: string;
  entryId: string;
  version: number;
  at: Temporal.Instant;
  kind: EntryEventKind;
  toldBy?: StaffChannel;
  reason?: EndedReason;
  appointmentId?: string;
}

/** Writes a step of an entry into its history, in the verb's transaction (promise 5, R3-16). */
export async function recordEvent(tx: Tx, staff: StaffActor, step: Step): Promise<void> {
  await tx.query(
    `insert into waiting_list_event
       (clinic_id, entry_id, version, at, kind, staff_member_id, actor_name, told_by, reason_code, appointment_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      step.clinicId,
      step.entryId,
      step.version,
      step.at.toString(),
      step.kind,
      staff.staffMemberId,
      staff.name,
      step.toldBy ?? null,
      step.reason ?? null,
      step.appointmentId ?? null,
    ],
  );
}
