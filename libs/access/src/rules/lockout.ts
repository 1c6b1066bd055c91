/** Wrong sign-ins in a row that are simply answered. */
const free = 5;
/** The longest wait, in seconds: short, so that nobody can lock a colleague out for a day (faults.md G4). */
const longest = 120;

/** Until when an account takes no sign-in from an unknown browser after so many wrong ones in a row; null: at once. */
export function lockedUntil(failedAttempts: number, now: Temporal.Instant): Temporal.Instant | null {
  if (failedAttempts < free) return null;
  return now.add({ seconds: Math.min(longest, 2 ** Math.min(failedAttempts - free + 2, 10)) });
}
