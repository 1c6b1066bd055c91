/** Changes by one person within an hour before a second one is asked, where a clinic has not said otherwise (faults.md H11). */
export const defaultPerHour = 100;

/**
 * So many are never too many for a clinic that has not said otherwise, however little it changes usually: a doctor who falls
 * ill has a day of visits.
 */
export const alwaysFine = 50;

/** How far back "usually" looks. */
export const usualDays = 28;

/** How many times as much as on a usual day is unusual. */
const unusual = 2;

/**
 * Whether so many changes of one person within an hour are more than their clinic lets out unseen: more than the number it
 * chose; else more than a hundred, or than fifty that are also twice as many as its staff change on a usual day.
 * @param perHour what the clinic chose; null: nothing
 * @param before changes by the clinic in the `usualDays` before
 */
export function isBulk({
  caused,
  perHour,
  before,
}: {
  caused: number;
  perHour: number | null;
  before: number;
}): boolean {
  if (perHour !== null) return caused > perHour;
  return caused > defaultPerHour || (caused > alwaysFine && caused > (unusual * before) / usualDays);
}
