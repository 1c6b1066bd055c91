/** How often a round goes; `night`: when a new day has begun in the clinics' countries. */
export type Pace = 'second' | 'minute' | 'hour' | 'night';

/** Latvia and Estonia share their clock. */
const zone = 'Europe/Riga';

const secondsBetween = { second: 1, minute: 60, hour: 3600 } as const;

/**
 * Whether a round that last went at `last` goes at `now`. The first look always goes: what a stopped worker missed is
 * made up at its start, and every round is safe to repeat. A clock that was set back waits.
 */
export function isDue(pace: Pace, last: Temporal.Instant | undefined, now: Temporal.Instant): boolean {
  if (!last) return true;
  if (pace === 'night') {
    const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDate();
    return Temporal.PlainDate.compare(day(last), day(now)) < 0;
  }
  return last.until(now).total('seconds') >= secondsBetween[pace];
}
