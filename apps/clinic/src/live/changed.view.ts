import type { SinceRead, StepSince } from '#libs/appointments';
import { formatDateTime, formatTime, type Language, translate } from '#libs/platform';
import { localDate } from '#libs/time';

/** Who changed what and when since somebody read an appointment, in a sentence for each step; empty: nothing changed. */
export function changedText(since: SinceRead, seen: number, now: Temporal.Instant, language: Language): string {
  if (since.version === seen) return '';
  if (since.steps.length === 0) return translate(language, 'live.changed.unknown');
  return since.steps.map((step) => stepText(step, since.timeZone, now, language)).join(' ');
}

function stepText(step: StepSince, zone: string, now: Temporal.Instant, language: Language): string {
  const isToday = localDate(step.at, zone).equals(localDate(now, zone));
  const at = isToday
    ? translate(language, 'live.at.today', { time: formatTime(language, step.at, zone) })
    : translate(language, 'live.at.earlier', { time: formatDateTime(language, step.at, zone, 'weekday') });
  const time = formatDateTime(language, step.toStart, zone, 'weekday');
  const who = step.actorName ?? translate(language, `live.who.${step.actorKind}`);
  const to = step.toWhom === null ? time : translate(language, 'live.with', { time, whom: step.toWhom });
  return translate(language, `live.steps.${step.kind}`, { who, at, to });
}
