import { Refusal } from '#libs/platform';
import type { Look } from './access-log.js';

const attempts = new WeakMap<Refusal, Look>();

/**
 * Checks whether staff may reach a patient's record; where they may not, the refusal remembers whose it was, so that
 * `AccessLog.refused` can write it down once the verb's transaction is undone. The visitor is told nothing of it.
 * @throws whatever the check throws
 */
export function orAttempted<T>(look: Look, check: () => T): T {
  try {
    return check();
  } catch (thrown) {
    if (thrown instanceof Refusal) attempts.set(thrown, look);
    throw thrown;
  }
}

/** The attempt that a refusal stands for, also one that was only said in other words; undefined: for none. */
export const attemptOf = (thrown: unknown): Look | undefined =>
  thrown instanceof Refusal ? (attempts.get(thrown) ?? attemptOf(thrown.cause)) : undefined;
