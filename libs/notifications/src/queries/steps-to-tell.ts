import { closeUndo } from '#libs/appointments';
import type { Database } from '#libs/platform';

/** A step of an appointment as the letters see it. */
export interface StepToTell {
  id: string;
  version: number;
  at: Temporal.Instant;
  isTold: boolean;
  /** Staff could still undo it: nothing followed, and only its own job, which comes when they cannot, may tell of it. */
  isHeld: boolean;
  /** Its letter waits for a second person, with many others; null: it does not. */
  bulkId: string | null;
}

interface Row {
  id: string;
  version: number;
  at: Date;
  isTold: boolean;
  isHeld: boolean;
  bulkId: string | null;
}

/**
 * All steps of an appointment, in order, with whether people have been told of each: sent, given up, dropped, undone, or
 * never to be told of. The told ones are needed too, because the stamps of invitations rise over all of them. It waits for
 * an undoing that is under way, and ends the time for undoing the step whose job this is, so that what is undone is never
 * told.
 */
export async function stepsToTell(
  database: Database,
  { appointmentId, eventId }: { appointmentId: string; eventId: string },
): Promise<StepToTell[]> {
  const rows = await database.transaction(async (tx) => {
    await tx.query(`select from appointment where id = $1 for no key update`, [appointmentId]);
    await closeUndo(tx, { appointmentId, eventId });
    return tx.query<Row>(
      `select e.id, e.version, e.at,
              (not e.tells or coalesce(n.state, 'queued') <> 'queued' or u.id is not null) as "isTold",
              (e.held and e.version = a.version) as "isHeld",
              case when n.state = 'held' then n.bulk_id end as "bulkId"
         from appointment a
         join appointment_event e on e.appointment_id = a.id
         left join appointment_event u on u.undoes = e.id
         left join notice n on n.event_id = e.id and n.channel = 'mail'
        where a.id = $1
        order by e.version`,
      [appointmentId],
    );
  });
  return rows.map(({ at, ...step }) => ({ ...step, at: at.toTemporalInstant() }));
}
