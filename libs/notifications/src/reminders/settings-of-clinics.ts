import type { Tx } from '#libs/platform';
import { type Offset, parseOffset, type ReminderSettings, usualReminders } from '../rules/reminder-settings.js';

interface Row {
  clinicId: string;
  mail: string[];
  sms: string[];
  quietFrom: string;
  quietTo: string;
  letterHours: number;
  queueMonths: number | null;
}

const offsetsOf = (texts: readonly string[]): Offset[] => texts.flatMap((text) => parseOffset(text) ?? []);

const settingsOf = (row: Row): ReminderSettings => ({
  mail: offsetsOf(row.mail),
  sms: offsetsOf(row.sms),
  quietFrom: Temporal.PlainTime.from(row.quietFrom),
  quietTo: Temporal.PlainTime.from(row.quietTo),
  letterHours: row.letterHours,
  queueMonths: row.queueMonths,
});

const columns = `clinic_id as "clinicId", mail, sms, quiet_from::text as "quietFrom", quiet_to::text as "quietTo",
  letter_hours as "letterHours", queue_months as "queueMonths"`;

/** The settings of the clinics that have any of their own, by clinic. */
export async function settingsOfClinics(reader: Pick<Tx, 'query'>): Promise<Map<string, ReminderSettings>> {
  const rows = await reader.query<Row>(`select ${columns} from reminder_setting`);
  return new Map(rows.map((row) => [row.clinicId, settingsOf(row)]));
}

/** One clinic's settings, or those that hold until it has its own. */
export async function settingsOfClinic(reader: Pick<Tx, 'query'>, clinicId: string): Promise<ReminderSettings> {
  const [row] = await reader.query<Row>(`select ${columns} from reminder_setting where clinic_id = $1`, [clinicId]);
  return row ? settingsOf(row) : usualReminders;
}
