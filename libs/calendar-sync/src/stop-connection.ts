import { tellAccount } from '#libs/access';
import type { Jobs, Tx } from '#libs/platform';
import type { Caller } from './google/google.js';

/** Why only the person can mend a connection. */
export type StopReason = 'access-ended' | 'scope' | 'forbidden' | 'calendar-gone';

/**
 * Ends the trying and tells the person, once: a connection must not die in silence (pitfall 22). What stands in their
 * calendar stays there; connecting again goes on where this stopped.
 * @returns whether it was this call that stopped it
 */
export async function stopConnection(
  tx: Tx,
  jobs: Jobs,
  { id, generation }: Pick<Caller, 'id' | 'generation'>,
  reason: StopReason,
  at: Temporal.Instant,
): Promise<boolean> {
  const [row] = await tx.query<{ accountId: string }>(
    `update calendar_connection set state = 'stopped', failure = $3, failed_at = $4
      where id = $1 and generation = $2 and state in ('choosing', 'connected', 'failing')
      returning account_id as "accountId"`,
    [id, generation, reason, at.toString()],
  );
  if (!row) return false;
  await tx.query(
    `update calendar_entry set due_at = null, claimed_until = null where connection_id = $1 and due_at is not null`,
    [id],
  );
  await tellAccount(tx, jobs, { accountId: row.accountId, clinicId: null, kind: 'calendar-stopped', at });
  return true;
}
