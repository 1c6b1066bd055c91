import type { Tx } from '#libs/platform';

/**
 * Ends the time in which staff may undo a step of theirs, because people are told of it now: whatever two machines' clocks
 * say, nobody is told of what was undone. It does nothing where something followed. The caller holds the appointment's row,
 * so that an undoing under way comes first.
 */
export async function closeUndo(
  tx: Tx,
  { appointmentId, eventId }: { appointmentId: string; eventId: string },
): Promise<void> {
  await tx.query(
    `update appointment a set undo = null
       from appointment_event e
      where a.id = $1 and e.id = $2 and e.appointment_id = a.id and e.version = a.version and e.held and a.undo is not null`,
    [appointmentId, eventId],
  );
}
