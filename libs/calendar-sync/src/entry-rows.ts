import { Database, Jobs } from '#libs/platform';
import type { EntryState } from './calendar-entry.entity.js';

/** Longer than everything that may be asked of Google for one entry; then somebody else may take it. */
const claimSeconds = 120;

/** An entry that is ours to work on until `claimedUntil`. */
export interface ClaimedEntry {
  id: string;
  connectionId: string;
  appointmentId: string;
  eventId: string;
  state: EntryState;
  etag: string | null;
  sequence: number;
  fingerprint: Buffer | null;
  putStartsAt: Temporal.Instant | null;
  wish: number;
  attempts: number;
  claimedUntil: string;
}

/** What became of an entry. */
export interface EntryOutcome {
  state: EntryState;
  etag: string | null;
  sequence: number;
  fingerprint: Buffer | null;
  putStartsAt: Temporal.Instant | null;
  /** A word of ours, for `failed`. */
  failure?: string;
}

/**
 * Takes an entry with something to do, so that two workers never put one at once; undefined: nothing to do, or somebody
 * else is at it, who will see that there is more.
 */
export async function claimEntry(
  database: Database,
  entryId: string,
  now: Temporal.Instant,
): Promise<ClaimedEntry | undefined> {
  const [row] = await database.read<Omit<ClaimedEntry, 'putStartsAt'> & { putStartsAt: Date | null }>(
    `update calendar_entry e set claimed_until = $2::timestamptz + make_interval(secs => $3)
       from calendar_connection n
      where e.id = $1 and n.id = e.connection_id and n.state in ('connected', 'failing')
        and e.due_at <= $2::timestamptz + interval '5 seconds' and (e.claimed_until is null or e.claimed_until <= $2)
      returning e.id, e.connection_id as "connectionId", e.appointment_id as "appointmentId", e.event_id as "eventId",
                e.state, e.etag, e.sequence, e.fingerprint, e.put_starts_at as "putStartsAt", e.wish, e.attempts,
                e.claimed_until::text as "claimedUntil"`,
    [entryId, now.toString(), claimSeconds],
  );
  return row && { ...row, putStartsAt: row.putStartsAt?.toTemporalInstant() ?? null };
}

/** A new name for what was taken out: Google keeps the old one taken. Written before it is put. */
export async function renameEntry(database: Database, entry: ClaimedEntry, eventId: string): Promise<void> {
  const rows = await database.read(
    `update calendar_entry set event_id = $3, state = 'wanted', etag = null, sequence = 0, fingerprint = null
      where id = $1 and claimed_until = $2::timestamptz returning id`,
    [entry.id, entry.claimedUntil, eventId],
  );
  if (rows.length === 0) throw new Error('the entry is no longer ours');
}

/** Writes down what became of an entry, unless it is no longer ours. A wish that came meanwhile gets a job of its own. */
export async function settleEntry(
  database: Database,
  jobs: Jobs,
  entry: ClaimedEntry,
  outcome: EntryOutcome,
  seen: { version: number; at: Temporal.Instant },
  alongside: Parameters<Database['transaction']>[0],
): Promise<void> {
  await database.transaction(async (tx) => {
    const [row] = await tx.query<{ hasMore: boolean }>(
      `update calendar_entry
          set state = $4, etag = $5, sequence = $6, fingerprint = $7, put_starts_at = $8, seen_version = $9, failure = $10,
              put_at = case when $4 = 'put' then $11::timestamptz else put_at end, attempts = 0, claimed_until = null,
              due_at = case when wish = $3 then null else due_at end
        where id = $1 and claimed_until = $2::timestamptz
        returning due_at is not null as "hasMore"`,
      [
        entry.id,
        entry.claimedUntil,
        entry.wish,
        outcome.state,
        outcome.etag,
        outcome.sequence,
        outcome.fingerprint,
        outcome.putStartsAt?.toString() ?? null,
        seen.version,
        outcome.failure ?? null,
        seen.at.toString(),
      ],
    );
    if (row?.hasMore) await jobs.send(tx, 'calendar-entry-due', { entryId: entry.id });
    await alongside(tx);
  });
}

/** It is tried again, not before the given time; a wish that came meanwhile does not wait. */
export async function postponeEntry(
  database: Database,
  jobs: Jobs,
  entry: ClaimedEntry,
  { until, failure }: { until: Temporal.Instant; failure: string },
  alongside: Parameters<Database['transaction']>[0],
): Promise<void> {
  await database.transaction(async (tx) => {
    const [row] = await tx.query<{ hasMore: boolean }>(
      `update calendar_entry
          set claimed_until = null, attempts = least(attempts + 1, 1000), failure = $4,
              due_at = case when wish = $3 then $5 else due_at end
        where id = $1 and claimed_until = $2::timestamptz
        returning wish <> $3 as "hasMore"`,
      [entry.id, entry.claimedUntil, entry.wish, failure, until.toString()],
    );
    if (row?.hasMore) await jobs.send(tx, 'calendar-entry-due', { entryId: entry.id });
    await alongside(tx);
  });
}
