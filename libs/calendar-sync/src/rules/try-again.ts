const first = 60;
const longest = 6 * 60 * 60;

/**
 * Seconds until a call is tried again: twice as long each time, six hours at most, spread so that those who failed
 * together do not come back together. Google's own wish is kept where it is longer.
 * @param attempts in vain so far, 1 or more
 * @param chance between 0 and 1
 */
export function tryAgainAfter(attempts: number, chance: number, wishedSeconds = 0): number {
  const most = Math.min(longest, first * 2 ** Math.min(attempts - 1, 20));
  return Math.max(Math.min(wishedSeconds, longest), Math.round(most / 2 + (most / 2) * chance));
}
