import { jobRetries } from '#libs/platform';

/** Seconds until a message that did not leave is tried again at the latest, after that many tries. */
export const nextTryAfter = (attempts: number): number =>
  Math.min(jobRetries.retryDelayMax, jobRetries.retryDelay * 2 ** Math.min(attempts, 16));
