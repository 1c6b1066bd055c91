import type { DayAppointment, DeskStep } from '#libs/appointments';
import { type Language, translate } from '#libs/platform';
import { stepsNow } from './steps-now.js';

/** The button that notes the likeliest next step of a visit, in lists of a day. */
export interface NextStep {
  /** What the form sends: the step, the visit and the version that was seen. */
  value: string;
  label: string;
}

/** The step that comes next on the day of a visit; null: there is none now. That a patient did not come is never the next. */
export function nextStep(
  { id, version, status, start }: Pick<DayAppointment, 'id' | 'version' | 'status' | 'start'>,
  timeZone: string,
  now: Temporal.Instant,
  language: Language,
): NextStep | null {
  const from = Temporal.Instant.fromEpochMilliseconds(start * 1000);
  const step = stepsNow({ status, start: from, timeZone }, now).find((each): each is DeskStep => each !== 'miss');
  return step ? { value: `${step}:${id}:${version}`, label: translate(language, `desk.step.${step}`) } : null;
}
