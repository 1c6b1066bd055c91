import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from '#libs/appointments';
import type { Tx } from '#libs/platform';
import { isProven } from '../queries/is-proven.js';

/** A reminder as it was written. */
export interface ReminderRow {
  id: string;
  number: string;
  clinicId: string;
  channel: 'mail' | 'sms';
  rule: string;
  madeAt: Temporal.Instant;
}

/** A visit that it tells of, as the visit is at this moment. */
export interface RemindedVisit {
  view: AppointmentView;
  /** The start that was meant: another one has had its own letter. */
  start: Temporal.Instant;
  /** Somebody answers for the e-mail address. */
  isProven: boolean;
}

type By = { id: string } | { number: string };

export async function reminderBy(reader: Pick<Tx, 'query'>, by: By): Promise<ReminderRow | undefined> {
  const [row] = await reader.query<Omit<ReminderRow, 'madeAt'> & { made: Date }>(
    `select id, number::text as number, clinic_id as "clinicId", channel, rule, made_at as made
       from reminder where ${'id' in by ? 'id = $1::uuid' : 'number = $1::bigint'}`,
    ['id' in by ? by.id : by.number],
  );
  if (!row) return undefined;
  const { made, ...rest } = row;
  return { ...rest, madeAt: made.toTemporalInstant() };
}

/** Recipient and content of a reminder, in rows of one statement (I-12); soonest visit first. */
export async function visitsOfReminder(reader: Pick<Tx, 'query'>, reminderId: string): Promise<RemindedVisit[]> {
  const rows = await reader.query<ViewRow & { reminded: Date; isProven: boolean }>(
    `select ${viewColumns}, v.starts_at as reminded,
            ${isProven} as "isProven"
       from ${viewTables}
       join reminder_visit v on v.appointment_id = a.id and v.reminder_id = $1
      where a.id = any(array(select appointment_id from reminder_visit where reminder_id = $1))
      order by a.starts_at, a.id`,
    [reminderId],
  );
  return rows.map(({ reminded, isProven, ...row }) => ({
    view: viewOf(row),
    start: reminded.toTemporalInstant(),
    isProven,
  }));
}

/** Whether it is still to be told: booked for the start that was meant, which lies ahead, and not in question. */
export const isStillSo = ({ view, start }: RemindedVisit, now: Temporal.Instant): boolean =>
  view.status === 'booked' &&
  view.start.equals(start) &&
  (view.orphanedWhy ?? null) === null &&
  Temporal.Instant.compare(now, view.start) < 0;
