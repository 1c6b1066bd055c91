import type { AppointmentView } from '#libs/appointments';
import type { ReminderState } from '#libs/notifications';
import { isMobile } from '#libs/people';
import { formatDateTime, type Language, translate } from '#libs/platform';

/** How the patient is reminded of a visit, and what they answered. */
export interface RemindersModel {
  /** When they said that they come; empty: they have not. */
  promised: string;
  /** What left, else what will leave and why what does not. Empty where the visit is not to come. */
  lines: string[];
}

/** Staff read why somebody gets no SMS before they are asked (R4-13). */
export function remindersModel(
  view: AppointmentView,
  reminders: readonly ReminderState[],
  { now, language }: { now: Temporal.Instant; language: Language },
): RemindersModel {
  const say = (key: string, args = {}): string => translate(language, `reminders.panel.${key}`, args);
  const at = (moment: Temporal.Instant): string => formatDateTime(language, moment, view.timeZone, 'short');
  const isAhead = Temporal.Instant.compare(now, view.start) < 0 && ['pending', 'booked'].includes(view.status);
  const sent = reminders.flatMap(({ channel, sentAt }) => (sentAt ? [say(`sent.${channel}`, { at: at(sentAt) })] : []));
  return {
    promised: view.patientConfirmedAt ? say('promised', { at: at(view.patientConfirmedAt) }) : '',
    lines: [...sent, ...(isAhead ? [say(smsOf(view)), say(mailOf(view))] : [])],
  };
}

function smsOf({ wishesSms, contactPhone }: AppointmentView): string {
  if (!wishesSms) return 'sms-not-wished';
  if (contactPhone === null) return 'sms-no-phone';
  return isMobile(contactPhone) ? 'sms' : 'sms-not-mobile';
}

function mailOf({ mailReminders, contactEmail }: AppointmentView): string {
  if (contactEmail === null) return 'mail-none';
  return mailReminders ? 'mail' : 'mail-off';
}
