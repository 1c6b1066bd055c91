import type { AppointmentView, DeskStep } from '#libs/appointments';
import { formatDate, formatDateTime, formatTime, type Language, type Refusal, translate } from '#libs/platform';

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
  if (refusal.code !== 'wrong-state' && refusal.code !== 'state-changed') return null;
  const status = translate(language, `common.status.${view.status}`);
  if (!last) return say('wrong-state', { status });
  const who = last.actorName ?? translate(language, `clinic.actors.${last.actorKind}`);
  return say('changed-by', { who, at: formatDateTime(language, last.at, zone, 'short'), status });
}
