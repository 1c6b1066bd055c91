import type { WeeklyHours } from '#libs/time';

export interface HoursMistake {
  /** Its place in the list that was given. */
  readonly index: number;
  readonly code: 'order' | 'overlap';
}

/** Whether two ranges of hours can ever fall on the same day; every n-th weeks meet unless both keep the same n and another week. */
function shareADay(a: WeeklyHours, b: WeeklyHours): boolean {
  const { compare } = Temporal.PlainDate;
  if (a.weekday !== b.weekday) return false;
  if (a.validTo && compare(a.validTo, b.validFrom) < 0) return false;
  if (b.validTo && compare(b.validTo, a.validFrom) < 0) return false;
  const mondays = [a, b].map(({ weekAnchor }) => weekAnchor.subtract({ days: weekAnchor.dayOfWeek - 1 }));
  const [one, other] = mondays;
  const apart = one && other ? Math.abs(one.until(other).days / 7) : 0;
  return apart % gcd(a.everyNthWeek, b.everyNthWeek) === 0;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** What is wrong with weekly hours before they are kept: an end before its start, or two ranges of one day that overlap. */
export function hoursMistakes(hours: readonly WeeklyHours[]): HoursMistake[] {
  const mistakes: HoursMistake[] = [];
  for (const [index, each] of hours.entries()) {
    const isBackward =
      each.ends <= each.starts ||
      (each.validTo !== null && Temporal.PlainDate.compare(each.validTo, each.validFrom) < 0);
    if (isBackward) mistakes.push({ index, code: 'order' });
    const isDouble = hours
      .slice(0, index)
      .some((other) => shareADay(each, other) && each.starts < other.ends && other.starts < each.ends);
    if (isDouble) mistakes.push({ index, code: 'overlap' });
  }
  return mistakes;
}
