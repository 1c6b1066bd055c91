import { Database, isSealedByNewest, open, seal, type Tx } from '#libs/platform';
import type { Language } from '#libs/platform';
import type { CalendarKind, ConnectionState, Purpose } from './calendar-connection.entity.js';
import type { Caller } from './google/google.js';

/** A connection with its secrets opened. */
export interface Connection {
  id: string;
  accountId: string;
  purpose: Purpose;
  kind: CalendarKind;
  language: Language;
  state: ConnectionState;
  failure: string | null;
  isFormer: boolean;
  generation: number;
  /** Google's name of the calendar; null while it is not chosen. */
  calendarId: string | null;
  /** What Google is asked with; null: there is no permission. */
  caller: Caller | null;
}

interface Row extends Omit<Connection, 'calendarId' | 'caller'> {
  calendarSealed: Buffer | null;
  tokenSealed: Buffer | null;
}

const columns = `n.id, n.account_id as "accountId", n.purpose, n.calendar_kind as kind, n.language, n.state, n.failure,
  n.is_former as "isFormer", n.generation,
  n.calendar_sealed as "calendarSealed", n.token_sealed as "tokenSealed"`;

/** A connection by its id. Secrets that an older key sealed are sealed anew, so that the key can go (S-3.6). */
export async function connectionById(database: Database, id: string): Promise<Connection | undefined> {
  const [row] = await database.read<Row>(`select ${columns} from calendar_connection n where n.id = $1`, [id]);
  return row && opened(database, row);
}

/** Somebody's connection for a purpose, whatever its state; not a former one. */
export async function connectionOf(
  database: Database,
  accountId: string,
  purpose: Purpose,
): Promise<Connection | undefined> {
  const [row] = await database.read<Row>(
    `select ${columns} from calendar_connection n where n.account_id = $1 and n.purpose = $2 and not n.is_former`,
    [accountId, purpose],
  );
  return row && opened(database, row);
}

async function opened(database: Database, row: Row): Promise<Connection> {
  const { calendarSealed, tokenSealed, ...rest } = row;
  const calendarId = calendarSealed && open(calendarSealed);
  const token = tokenSealed && open(tokenSealed);
  if ((calendarSealed && !isSealedByNewest(calendarSealed)) || (tokenSealed && !isSealedByNewest(tokenSealed)))
    await sealAnew(database, row.id);
  return { ...rest, calendarId, caller: token === null ? null : { id: row.id, generation: row.generation, token } };
}

/** Writes only over what it read: a permission that was given meanwhile stays. */
function sealAnew(database: Database, id: string): Promise<void> {
  return database.transaction(async (tx) => {
    const [row] = await tx.query<{ texts: (Buffer | null)[] }>(
      `select array[calendar_sealed, title_sealed, token_sealed] as texts from calendar_connection where id = $1
          for no key update`,
      [id],
    );
    if (!row) return;
    const anew = row.texts.map((text) => text && (isSealedByNewest(text) ? text : seal(open(text))));
    await tx.query(
      `update calendar_connection set calendar_sealed = $2, title_sealed = $3, token_sealed = $4 where id = $1`,
      [id, ...anew],
    );
  });
}

/** It went well: whatever failed before is over. */
export async function noteSuccess(tx: Tx, { id, generation }: Caller, at: Temporal.Instant): Promise<void> {
  await tx.query(
    `update calendar_connection set state = 'connected', failure = null, failed_at = null, last_ok_at = $3
      where id = $1 and generation = $2 and state in ('connected', 'failing')`,
    [id, generation, at.toString()],
  );
}

/** It did not go well, and may yet. @param failure a word of ours */
export async function noteFailure(
  tx: Tx,
  { id, generation }: Caller,
  failure: string,
  at: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `update calendar_connection set state = 'failing', failure = $3, failed_at = coalesce(failed_at, $4)
      where id = $1 and generation = $2 and state in ('connected', 'failing')`,
    [id, generation, failure, at.toString()],
  );
}

/** Whether nobody ended a connection or chose another calendar for it since it was read; it stays locked in `tx`. */
export async function isAsRead(tx: Tx, { id, calendarId }: Connection): Promise<boolean> {
  const [row] = await tx.query<{ calendarSealed: Buffer | null }>(
    `select calendar_sealed as "calendarSealed" from calendar_connection where id = $1 and state <> 'ending'
        for no key update`,
    [id],
  );
  return row !== undefined && (row.calendarSealed && open(row.calendarSealed)) === calendarId;
}

/**
 * Whether a connection of the account lives on what it permitted: Google ends all that one person granted to us at once.
 * @param exceptId one that does not count
 */
export async function isPermissionInUse(database: Database, accountId: string, exceptId?: string): Promise<boolean> {
  const rows = await database.read(
    `select from calendar_connection
      where account_id = $1 and id is distinct from $2 and state in ('choosing', 'connected', 'failing')`,
    [accountId, exceptId ?? null],
  );
  return rows.length > 0;
}
