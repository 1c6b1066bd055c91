import type { Database } from '#libs/platform';
import type { NoticeState } from '../notice.entity.js';

/** A reminder of a visit, and what became of it. */
export interface ReminderState {
  channel: 'mail' | 'sms';
  state: NoticeState;
  /** When it left; null: it has not. */
  sentAt: Temporal.Instant | null;
}

/** What was sent to remind of a visit at the start that it has now, oldest first. */
export async function remindersOfVisit(database: Database, appointmentId: string): Promise<ReminderState[]> {
  const rows = await database.read<Omit<ReminderState, 'sentAt'> & { sentAt: Date | null }>(
    `select v.channel, n.state, n.sent_at as "sentAt"
       from reminder_visit v
       join appointment a on a.id = v.appointment_id and a.starts_at = v.starts_at
       join notice n on n.reminder_id = v.reminder_id and n.channel = v.channel
      where v.appointment_id = $1
      order by n.created_at, n.id`,
    [appointmentId],
  );
  return rows.map(({ sentAt, ...row }) => ({ ...row, sentAt: sentAt?.toTemporalInstant() ?? null }));
}
