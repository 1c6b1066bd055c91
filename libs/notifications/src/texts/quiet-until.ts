import type { Tx } from '#libs/platform';
import type { StepLetter } from '../queries/letter-of-step.js';
import { settingsOfClinic } from '../reminders/settings-of-clinics.js';
import { letterKindOf } from '../rules/letter-kind.js';
import { noticeRuleOf } from '../rules/notice-kinds.js';
import { quietHoursAt } from '../rules/reminder-times.js';

/** Whoever is to be somewhere so soon after the quiet hours is told in them. */
const soonHours = 2;

/**
 * Until when the short message of a step is silent: what can wait until the morning does. What is urgent, or about a visit
 * that is or was to begin within two hours of the end of the quiet hours, rings at once.
 * @returns null: it may leave now
 */
export async function quietUntil(
  reader: Pick<Tx, 'query'>,
  told: StepLetter,
  now: Temporal.Instant,
): Promise<Temporal.Instant | null> {
  const { view, fromStart } = told;
  if (noticeRuleOf(letterKindOf(told)).urgency === 'now') return null;
  const quiet = quietHoursAt(now, view.timeZone, await settingsOfClinic(reader, view.clinic.id));
  if (!quiet) return null;
  const soon = quiet.to.add({ hours: soonHours });
  const isSoon = [view.start, fromStart].some((start) => start && Temporal.Instant.compare(start, soon) < 0);
  return isSoon ? null : quiet.to;
}
