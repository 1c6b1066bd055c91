import { hash, verify } from '@node-rs/argon2';

/** argon2id with the costs that OWASP's password storage sheet gives for it (19 MiB, 2 passes), about 25 ms here. */
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** What is stored of a password. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), costs);

let nobodys: Promise<string> | undefined;

/**
 * Whether a password is the one of a stored hash. Without a hash it takes as long and says no, so that the time tells
 * nobody which accounts there are (ASVS 6.3.8).
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const compared = stored ?? (await (nobodys ??= hashPassword('nobody has this password')));
  const isRight = await verify(compared, password.normalize('NFC'));
  return isRight && stored !== undefined;
}
