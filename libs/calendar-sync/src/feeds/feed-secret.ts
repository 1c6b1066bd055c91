import { timingSafeEqual } from 'node:crypto';
import { blindIndex } from '#libs/platform';

const idBytes = 16;
const proofBytes = 24;

const proofOf = (id: string, generation: number): Buffer =>
  blindIndex('calendar-feed', `${id} ${generation}`).subarray(0, proofBytes);

/**
 * The secret in a feed's address: its id and 192 bits that only SECRET_KEYS can make of it. It is stored nowhere, can be
 * shown again, and stays the same when keys are added: programs that read the feed are not told of a new one.
 */
export const feedSecret = (id: string, generation: number): string =>
  Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), proofOf(id, generation)]).toString('base64url');

/** The feed that a secret names, which is not yet to say that it is one of ours; null: it cannot be one. */
export function feedNamedBy(secret: string): string | null {
  const bytes = Buffer.from(secret, 'base64url');
  if (bytes.length !== idBytes + proofBytes || bytes.toString('base64url') !== secret) return null;
  const hex = bytes.subarray(0, idBytes).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Whether a secret opens the feed that it names, in its present generation. Takes equally long either way. */
export const opensFeed = (secret: string, id: string, generation: number): boolean =>
  timingSafeEqual(Buffer.from(secret, 'base64url').subarray(idBytes), proofOf(id, generation));
