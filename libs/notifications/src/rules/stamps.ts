/**
 * The DTSTAMP of each step's message, in the order of the steps. Calendars compare whole seconds after the SEQUENCE
 * (RFC 5546 § 2.1.5), so each stamp is later than the one before, also when two steps fall into one second. It is
 * derived from the history alone: a letter that is sent again is the same letter (S-2.6).
 */
export function stampsOf(steps: readonly Temporal.Instant[]): Temporal.Instant[] {
  let last: Temporal.Instant | undefined;
  return steps.map((at) => {
    const stamp = at.round({ smallestUnit: 'second', roundingMode: 'floor' });
    const next = last?.add({ seconds: 1 });
    last = next && Temporal.Instant.compare(stamp, next) < 0 ? next : stamp;
    return last;
  });
}
