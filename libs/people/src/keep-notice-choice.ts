import type { Tx } from '#libs/platform';
import type { NoticeChoice } from './queries/notice-choices.js';

/** Keeps an account's choice for the bookings to come; the caller has checked that it is theirs. */
export async function keepNoticeChoice(
  tx: Tx,
  accountId: string,
  { sms, mail, strict }: NoticeChoice,
  now: Temporal.Instant,
): Promise<void> {
  await tx.query(
    `insert into notice_choice (account_id, sms, mail_reminders, strict, changed_at) values ($1, $2, $3, $4, $5)
     on conflict on constraint notice_choice_pkey
     do update set sms = $2, mail_reminders = $3, strict = $4, changed_at = $5`,
    [accountId, sms, mail, strict, now.toString()],
  );
}
