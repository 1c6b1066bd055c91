import { Refusal } from '#libs/platform';

/**
 * Does what somebody asked for by message.
 * @returns false where the clinic says no
 * @throws whatever else is thrown, also a refusal that holds only for now: the job comes again
 */
export async function isGranted(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code === 'in-progress' || thrown.code === 'busy') throw thrown;
    return false;
  }
}
