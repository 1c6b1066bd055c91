import type { Tx } from '#libs/platform';
import type { LastStep } from '../rules/undo.js';

/** The last step as a JSON column of a query in which `a` is the appointment. */
export const lastStepColumn = `
  (select json_build_object('id', e.id, 'kind', e.kind, 'at', e.at, 'actorKind', e.actor_kind, 'actorName', e.actor_name,
            'fromStatus', e.from_status, 'isHeld', e.held)
     from appointment_event e where e.appointment_id = a.id order by e.version desc limit 1) as "lastStep"`;

/** The last step as JSON brings it. */
export type LastStepJson = Omit<LastStep, 'at'> & { at: string };

/** The step of such a column. */
export const lastStepFrom = (row: LastStepJson | null): LastStep | null =>
  row && { ...row, at: Temporal.Instant.from(row.at) };

/** The last step in an appointment's history. */
export async function lastStepOf(reader: Pick<Tx, 'query'>, appointmentId: string): Promise<LastStep | null> {
  const [row] = await reader.query<{ lastStep: LastStepJson | null }>(
    `select ${lastStepColumn} from appointment a where a.id = $1`,
    [appointmentId],
  );
  return lastStepFrom(row?.lastStep ?? null);
}
