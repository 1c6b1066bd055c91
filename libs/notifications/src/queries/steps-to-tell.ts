import type { Database } from '#libs/platform';

/** A step of an appointment as the letters see it. */
export interface StepToTell {
  id: string;
  version: number;
  at: Temporal.Instant;
  isTold: boolean;
}

/**
 * All steps of an appointment, in order, with whether people have been told of each: sent, given up, dropped, or never
 * to be told of. The told ones are needed too, because the stamps of invitations rise over all of them.
 */
export async function stepsToTell(database: Database, appointmentId: string): Promise<StepToTell[]> {
  const rows = await database.read<{ id: string; version: number; at: Date; told: boolean }>(
    `select e.id, e.version, e.at, (not e.tells or coalesce(n.state, 'queued') <> 'queued') as told
       from appointment_event e
       left join notice n on n.event_id = e.id and n.channel = 'mail'
      where e.appointment_id = $1
      order by e.version`,
    [appointmentId],
  );
  return rows.map(({ id, version, at, told }) => ({ id, version, at: at.toTemporalInstant(), isTold: told }));
}
