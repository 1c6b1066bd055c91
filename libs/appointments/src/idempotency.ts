import { createHash } from 'node:crypto';
import type { Actor } from '#libs/access';
import { Refusal, type Tx } from '#libs/platform';

/** A request that may come twice. The key names the request, never the slot (standards.md I-5). */
export interface Request {
  /** Who asked: keys of different people never meet (S-2.17). */
  actor: string;
  /** The method and route pattern. */
  endpoint: string;
  /** 1 to 128 characters, chosen by the sender. */
  key: string;
  /** SHA-256 of what was asked. */
  fingerprint: Buffer;
}

/** The request as it is remembered. `asked` is whatever makes two requests the same: the parsed body and parameters. */
export function requestOf(actor: Actor, endpoint: string, key: string, asked: unknown, anonymous = ''): Request {
  const who =
    actor.kind === 'staff'
      ? `staff:${actor.staffMemberId}`
      : actor.kind === 'guest' || actor.kind === 'patient'
        ? `account:${actor.accountId}`
        : actor.kind === 'addressee'
          ? `addressee:${actor.appointmentId}`
          : actor.kind === 'anonymous' && actor.sessionId
            ? `session:${actor.sessionId}`
            : `anonymous:${anonymous}`;
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(asked) ?? '')
    .digest();
  return { actor: who.slice(0, 100), endpoint, key, fingerprint };
}

const running = new Map<string, number>();

/**
 * Lets one request of a key run and one wait in this process; more are answered at once, so that equal keys do not take the
 * whole pool (promise 4). @throws Refusal `in-progress`
 */
export async function inTurn<T>(request: Request, work: () => Promise<T>): Promise<T> {
  const name = `${request.actor} ${request.endpoint} ${request.key}`;
  const before = running.get(name) ?? 0;
  if (before >= 2) throw new Refusal('in-progress', { retryAfterSeconds: 1 });
  running.set(name, before + 1);
  try {
    return await work();
  } finally {
    const left = (running.get(name) ?? 1) - 1;
    if (left === 0) running.delete(name);
    else running.set(name, left);
  }
}

/**
 * The first statement of a verb's transaction. Another transaction with the same key is waited for, two seconds at most.
 * A refusal rolls this row back with everything else, so only what was carried out is remembered.
 * @returns the earlier result's id when this request was carried out before, else null: go on
 * @throws Refusal `idempotency-key-reused` when the key stood for something else
 */
export async function carriedOutBefore(
  tx: Tx,
  request: Request,
  resultId: string,
  now: Temporal.Instant,
): Promise<string | null> {
  const inserted = await tx.query(
    `insert into idempotency_key (actor, endpoint, key, fingerprint, result_id, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict on constraint idempotency_key_pkey do nothing returning key`,
    [request.actor, request.endpoint, request.key, request.fingerprint, resultId, now.toString()],
  );
  if (inserted.length === 1) return null;
  const [row] = await tx.query<{ fingerprint: Buffer; result_id: string }>(
    `select fingerprint, result_id from idempotency_key where actor = $1 and endpoint = $2 and key = $3`,
    [request.actor, request.endpoint, request.key],
  );
  if (!row) throw new Refusal('in-progress', { retryAfterSeconds: 1 });
  if (!row.fingerprint.equals(request.fingerprint)) throw new Refusal('idempotency-key-reused');
  return row.result_id;
}
