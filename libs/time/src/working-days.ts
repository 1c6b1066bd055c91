/** Longer than any run of holidays: what stops the search when nothing is ever a working day. */
const patience = 366;

/**
 * The n-th working day after `day`, which itself does not count, as terms in days are counted; before it when n is
 * negative; `day` itself when n is 0, working day or not.
 * @throws RangeError when n is no whole number or a year passes without a working day
 */
export function addWorkingDays(
  day: Temporal.PlainDate,
  n: number,
  isWorkingDay: (day: Temporal.PlainDate) => boolean,
): Temporal.PlainDate {
  if (!Number.isInteger(n)) throw new RangeError(`not a number of days: ${n}`);
  const step = { days: Math.sign(n) };
  let found = day;
  for (let left = Math.abs(n), idle = 0; left > 0;) {
    found = found.add(step);
    if (isWorkingDay(found)) {
      left--;
      idle = 0;
    } else if (++idle > patience) throw new RangeError('no working day within a year');
  }
  return found;
}
