import type { Clock } from '#libs/platform';

/** A clock that stands still until the test moves it. */
export interface TestClock extends Clock {
  set(instant: string): void;
  advance(by: Temporal.DurationLike): void;
}

/** @param instant where it stands at first, such as 2027-03-01T08:00:00Z */
export function testClock(instant: string): TestClock {
  let now = Temporal.Instant.from(instant);
  return {
    now: () => now,
    set: (next) => {
      now = Temporal.Instant.from(next);
    },
    advance: (by) => {
      now = now.add(by);
    },
  };
}
