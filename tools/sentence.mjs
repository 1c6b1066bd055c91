/** A reason to stop that a person can act on: printed alone, without a stack. */
export class Sentence extends Error {}

/** What went wrong, in one sentence where we know it, with the stack where we do not. */
export function explain(error) {
  if (error instanceof Sentence) return error.message;
  if (isDiskFull(error)) return 'The disk is full. Free some space and start again; nothing that was saved is lost.';
  if (error?.code === 'EACCES' || error?.code === 'EPERM' || error?.code === 'EROFS') {
    return `${error.path ?? 'A file'} cannot be used by this user (${error.code}).`;
  }
  return error?.stack ?? String(error);
}

/** True when the machine, or PostgreSQL in its own words, says that no space is left. */
export const isDiskFull = (error) =>
  ['ENOSPC', 'EDQUOT', '53100'].includes(error?.code) ||
  /ENOSPC|no space left on device/i.test(String(error?.message ?? error));
