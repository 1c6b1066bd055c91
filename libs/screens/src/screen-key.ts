import { derive, tokenHash } from '#libs/platform';

/** The secret in a screen's address, 256 bits. It is derived when an admin asks to see it and stored nowhere. */
export const screenKey = (id: string, generation: number): string =>
  derive('waiting-screen', id, generation).toString('base64url');

/** What is stored of it, to find the screen by. */
export const screenKeyHash = (key: string): Buffer => tokenHash(key);
