import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { environment } from './environment.js';

const keys = new Map<string, Buffer>();

/** Derived once for each purpose: it costs more than what it is used for, and an import seals tens of thousands. */
function keyOf(secret: string, purpose: string): Buffer {
  const name = `${purpose} ${secret}`;
  let key = keys.get(name);
  if (!key) keys.set(name, (key = Buffer.from(hkdfSync('sha256', secret, 'pieraksts', purpose, 32))));
  return key;
}

const newest = (): string => environment().secretKeys[0] ?? '';

/** The key's short name inside a sealed text, so that old texts open after a rotation. */
const nameOf = (key: Buffer): Buffer => createHash('sha256').update(key).digest().subarray(0, 4);

/** Encrypts at rest: AES-256-GCM under the newest of SECRET_KEYS. Layout: key name 4, nonce 12, tag 16, what is sealed. */
export function sealBytes(bytes: Uint8Array): Buffer {
  const key = keyOf(newest(), 'seal');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nameOf(key), nonce, cipher.getAuthTag(), body]);
}

/** Opens what `sealBytes` made under any of SECRET_KEYS. @throws Error when no key fits or the bytes were changed */
export function openBytes(sealed: Buffer): Buffer {
  const name = sealed.subarray(0, 4);
  const key = environment()
    .secretKeys.map((secret) => keyOf(secret, 'seal'))
    .find((candidate) => nameOf(candidate).equals(name));
  if (!key) throw new Error('sealed under a key that is not in SECRET_KEYS');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(4, 16));
  decipher.setAuthTag(sealed.subarray(16, 32));
  return Buffer.concat([decipher.update(sealed.subarray(32)), decipher.final()]);
}

/** Whether it was sealed under the newest of SECRET_KEYS; what was not is sealed anew when it is used. */
export const isSealedByNewest = (sealed: Buffer): boolean =>
  sealed.subarray(0, 4).equals(nameOf(keyOf(newest(), 'seal')));

/** A text, encrypted as `sealBytes` does. */
export const seal = (text: string): Buffer => sealBytes(Buffer.from(text, 'utf8'));

/** Opens what `seal` made. @throws Error as `openBytes` */
export const open = (sealed: Buffer): string => openBytes(sealed).toString('utf8');

/**
 * A keyed fingerprint to look a secret value up by without storing it (S-3.6). It uses the oldest key, which stays the
 * last in SECRET_KEYS: a rotation adds keys in front.
 */
export function blindIndex(purpose: string, text: string): Buffer {
  return createHmac('sha256', keyOf(environment().secretKeys.at(-1) ?? '', `index:${purpose}`))
    .update(text)
    .digest();
}

/** A proof bound to a purpose and a subject, derived again when it is needed and stored nowhere. */
export function derive(purpose: string, ...parts: readonly (string | number)[]): Buffer {
  return createHmac('sha256', keyOf(newest(), `derive:${purpose}`))
    .update(JSON.stringify(parts))
    .digest();
}

/**
 * The secrets that whoever calls us signs with, for a purpose: one for each of SECRET_KEYS, the newest first, so that a
 * caller changes theirs some time after a rotation.
 */
export const hookSecrets = (purpose: string): string[] =>
  environment().secretKeys.map((secret) => keyOf(secret, `hook:${purpose}`).toString('base64url'));

/** Whether two secrets are the same; how long it takes tells nothing of where they differ. */
export function isSameSecret(given: string | Uint8Array, right: string | Uint8Array): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Whether `given` is the beginning of what `derive` makes, under any of SECRET_KEYS: a link in a letter outlives a rotation.
 * @param given at least ten bytes, as many as the link has (faults.md G6)
 */
export function isDerived(given: Buffer, purpose: string, ...parts: readonly (string | number)[]): boolean {
  if (given.length < 10 || given.length > 32) return false;
  return environment().secretKeys.some((secret) => {
    const whole = createHmac('sha256', keyOf(secret, `derive:${purpose}`))
      .update(JSON.stringify(parts))
      .digest();
    return timingSafeEqual(given, whole.subarray(0, given.length));
  });
}

/** Six digits for a person to type, derived from the row's id and generation; neither row nor job holds them. */
export function deriveCode(purpose: string, id: string, generation: number): string {
  return String(derive(purpose, id, generation).readUInt32BE(0) % 1_000_000).padStart(6, '0');
}

/** A fresh bearer token of 256 random bits, base64url. Only its hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A reference of 16 Crockford base-32 characters (80 random bits, faults.md G6), shown in fours. */
export function newReference(): string {
  return Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join('');
}
