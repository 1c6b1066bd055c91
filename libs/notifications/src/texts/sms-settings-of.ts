import type { Tx } from '#libs/platform';

/** What a clinic says of its short messages. */
export interface SmsSettings {
  /** Null: the gateway's own. */
  sender: string | null;
  /** Segments a month. */
  monthlyCap: number;
  /** Marks of letters are left out, so that a message costs one segment instead of two. */
  plainLetters: boolean;
}

/** Of a clinic that has said nothing. */
export const usualSmsSettings: SmsSettings = { sender: null, monthlyCap: 500, plainLetters: true };

/** The settings of a clinic. */
export async function smsSettingsOf(reader: Pick<Tx, 'query'>, clinicId: string): Promise<SmsSettings> {
  const [row] = await reader.query<SmsSettings>(
    `select sender, monthly_cap as "monthlyCap", plain_letters as "plainLetters" from sms_setting where clinic_id = $1`,
    [clinicId],
  );
  return row ?? usualSmsSettings;
}

/** A clinic's month, in the zone that Latvia and Estonia share. */
const zone = 'Europe/Riga';

/** When the month of a moment begins. */
export const monthStart = (now: Temporal.Instant): Temporal.Instant =>
  now.toZonedDateTimeISO(zone).with({ day: 1 }).startOfDay().toInstant();

/** Segments that a clinic has used since its month began: what left, and what may have left. */
export async function segmentsUsed(
  reader: Pick<Tx, 'query'>,
  clinicId: string,
  now: Temporal.Instant,
): Promise<number> {
  const [row] = await reader.query<{ used: number }>(
    `select coalesce(sum(segments), 0)::integer as used from sms_sent
      where clinic_id = $1 and at >= $2 and state <> 'refused'`,
    [clinicId, monthStart(now).toString()],
  );
  return row?.used ?? 0;
}
