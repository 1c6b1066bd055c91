/** How the last calls to a server went, in this process. */
export interface Breaker {
  failures: number;
  openUntil: Temporal.Instant | null;
}

const most = 5;
const seconds = 30;

export const closedBreaker: Breaker = { failures: 0, openUntil: null };

/** Whether a call may be made: not while it is known that nobody answers (faults.md C11). */
export const mayCall = ({ openUntil }: Breaker, now: Temporal.Instant): boolean =>
  openUntil === null || Temporal.Instant.compare(now, openUntil) >= 0;

/** After the fifth call in a row that nobody answered there are 30 seconds of peace; then each one that fails brings as many. */
export function afterFailure({ failures }: Breaker, now: Temporal.Instant): Breaker {
  const count = failures + 1;
  return { failures: count, openUntil: count >= most ? now.add({ seconds }) : null };
}
