/** Seconds between two readings that go well, behind Google's own word that something changed. */
const usual = { least: 120, most: 240 };
const firstRetry = 60;
const longestRetry = 180;
/** Only the person can mend it; that it was mended elsewhere is seen within this. */
const whenStopped = 600;
const longestWish = 900;

/**
 * Seconds until the next reading, spread so that not all read at once.
 * @param chance between 0 and 1
 */
export function readAgainAfter(
  { attempts, isStopped = false, wishedSeconds = 0 }: { attempts: number; isStopped?: boolean; wishedSeconds?: number },
  chance: number,
): number {
  if (isStopped) return Math.round(whenStopped * (1 + chance / 4));
  if (attempts === 0) return Math.round(usual.least + (usual.most - usual.least) * chance);
  const wait = Math.min(longestRetry, firstRetry * 2 ** Math.min(attempts - 1, 10));
  return Math.max(Math.round(wait * (0.5 + chance / 2)), Math.min(wishedSeconds, longestWish));
}

/** Minutes without a reading until the owner is told, and until nothing is offered any more. */
const toldAfter = 5;
const pausedAfter = 15;

/**
 * What follows from not having read a calendar.
 * @param since when it was read the last time, or else when it first could not be
 * @param isStopped it will not come right by itself: the owner is told at once
 */
export function followsFromUnread(
  { since, isStopped, whenUnread }: { since: Temporal.Instant; isStopped: boolean; whenUnread: 'close' | 'keep' },
  now: Temporal.Instant,
): { isTold: boolean; isPaused: boolean } {
  const minutes = since.until(now).total('minutes');
  return { isTold: isStopped || minutes >= toldAfter, isPaused: whenUnread === 'close' && minutes >= pausedAfter };
}

/** What somebody can book lies within these days, or within the horizon of their calendar that is open the longest. */
const leastDays = 120;
/** Read further than needed, so that not every new day begins a reading anew. */
const spareDays = 14;
/** Read from the beginning again: what a change of Google's own left behind is mended then. */
const anewAfterHours = 24;

/** The time that must be known. @param openUntil the last day on which any of their calendars can be booked */
export function neededWithin(now: Temporal.Instant, openUntil: Temporal.Instant | null): Temporal.Instant {
  const least = now.add({ hours: 24 * leastDays });
  return openUntil && Temporal.Instant.compare(openUntil, least) > 0 ? openUntil : least;
}

export const readUntil = (needed: Temporal.Instant): Temporal.Instant => needed.add({ hours: 24 * spareDays });

/** Whether a calendar is read from the beginning, because what is known does not reach far enough or is a day old. */
export function isReadAnew(
  known: { syncToken: string | null; fullReadAt: Temporal.Instant | null; coversUntil: Temporal.Instant | null },
  needed: Temporal.Instant,
  now: Temporal.Instant,
): boolean {
  const { syncToken, fullReadAt, coversUntil } = known;
  if (syncToken === null || fullReadAt === null || coversUntil === null) return true;
  return Temporal.Instant.compare(coversUntil, needed) < 0 || fullReadAt.until(now).total('hours') >= anewAfterHours;
}
