import { after, type DeskStep, deskSteps, type Status } from '#libs/appointments';
import { localDate } from '#libs/time';

/** The key that presses each step's button. */
export const stepKeys: Record<DeskStep, string> = { arrive: 'a', admit: 'i', fulfil: 'f', miss: 'o' };

/**
 * What can be noted of a visit now, the likeliest first: nobody is checked in before the day of the visit, nor missing
 * before it begins. The verb asks again.
 */
export function stepsNow(
  { status, start, timeZone }: { status: Status; start: Temporal.Instant; timeZone: string },
  now: Temporal.Instant,
): DeskStep[] {
  const isToday = Temporal.PlainDate.compare(localDate(now, timeZone), localDate(start, timeZone)) >= 0;
  const hasBegun = Temporal.Instant.compare(now, start) >= 0;
  return deskSteps.filter((step) => after(status, step) !== null && (step === 'miss' ? hasBegun : isToday));
}
