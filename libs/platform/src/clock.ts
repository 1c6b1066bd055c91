/** The injection token of the one clock that everything asks. */
export const CLOCK = Symbol('CLOCK');

/** Where the moment comes from. Nothing else in the product asks another clock. */
export interface Clock {
  now(): Temporal.Instant;
}

/** The system's clock, moved by a fixed offset (0 in production). */
export function systemClock(offsetMilliseconds = 0): Clock {
  return { now: () => Temporal.Now.instant().add({ milliseconds: offsetMilliseconds }) };
}
