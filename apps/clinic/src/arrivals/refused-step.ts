import type { AppointmentView, DeskStep } from '#libs/appointments';
import {
  formatDate,
  formatDateTime,
  formatTime,
  type Language,
  type Refusal,
  type RefusalCode,
  translate,
} from '#libs/platform';

/** What is said beside the visit as it is now; anything else is a page of its own. */
export const saidBeside: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['not-yet', 'wrong-state', 'state-changed']);

/** Why a step of the visit's day was not noted, for the desk; null: the refusal's own words say it. */
export function refusedStep(
  refusal: Refusal,
  step: DeskStep,
  view: AppointmentView,
  language: Language,
): string | null {
  const say = (key: string, args: Record<string, string>): string =>
    translate(language, `desk.step.refused.${key}`, args);
  const { start, timeZone: zone, lastStep: last } = view;
  if (refusal.code === 'not-yet')
    return step === 'miss'
      ? say('not-yet.miss', { time: formatTime(language, start, zone) })
      : say('not-yet.arrive', { day: formatDate(language, start, zone) });
  if (!saidBeside.has(refusal.code)) return null;
  const status = translate(language, `common.status.${view.status}`);
  if (!last) return say('wrong-state', { status });
  const who = last.actorName ?? translate(language, `clinic.actors.${last.actorKind}`);
  return say('changed-by', { who, at: formatDateTime(language, last.at, zone, 'short'), status });
}
