import type { Jobs, Tx } from '#libs/platform';

/**
 * The connection goes to another calendar: what was put into this one is handed to a former connection, from which a worker
 * takes it back (TakeBackEntries). A calendar that is known to be gone leaves nothing behind.
 * @param keepsPermission false: what it is asked with by now belongs to the new calendar
 */
export async function leaveCalendar(
  tx: Tx,
  jobs: Jobs,
  connectionId: string,
  { keepsPermission, at }: { keepsPermission: boolean; at: Temporal.Instant },
): Promise<void> {
  const [former] = await tx.query<{ id: string }>(
    `insert into calendar_connection (account_id, purpose, calendar_kind, language, state, generation, calendar_sealed,
                                      title_sealed, token_sealed, scope, since, failed_at, is_former)
     select n.account_id, n.purpose, n.calendar_kind, n.language, 'ending', n.generation, n.calendar_sealed,
            n.title_sealed, case when $2 then n.token_sealed end, n.scope, n.since, $3, true
       from calendar_connection n
      where n.id = $1 and n.calendar_sealed is not null and n.failure is distinct from 'calendar-gone'
        and (n.calendar_kind = 'own' or exists (
          select from calendar_entry e where e.connection_id = n.id and e.state not in ('removed', 'deleted')))
     returning id`,
    [connectionId, keepsPermission, at.toString()],
  );
  if (former) {
    await tx.query(
      `update calendar_entry set connection_id = $2 where connection_id = $1 and state not in ('removed', 'deleted')`,
      [connectionId, former.id],
    );
    await jobs.send(tx, 'calendar-disconnected', { connectionId: former.id });
  }
  await tx.query(`delete from calendar_entry where connection_id = $1`, [connectionId]);
}

/** Somebody gave a new permission: what an earlier one could not take back is tried again with it. */
export async function tryLeftAgain(tx: Tx, jobs: Jobs, accountId: string): Promise<void> {
  const left = await tx.query<{ connectionId: string }>(
    `update calendar_connection set state = 'ending' where account_id = $1 and state = 'left'
      returning id as "connectionId"`,
    [accountId],
  );
  for (const each of left) await jobs.send(tx, 'calendar-disconnected', each);
}
