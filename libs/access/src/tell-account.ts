import type { Jobs, Tx } from '#libs/platform';
import type { AccountChange, AccountNoticeKind } from './account-notice.entity.js';

/**
 * Writes down that the owner of an account is to be told something about it, in the transaction of what happened; the
 * worker sends it (promise 6).
 * @param clinicId where it happened at a clinic, else null
 * @param change what exactly changed, for `access-changed` and `data-request`, and for `calendar-stopped` where it is not gone
 * @returns the account notice's id
 */
export async function tellAccount(
  tx: Tx,
  jobs: Jobs,
  {
    accountId,
    clinicId,
    kind,
    change = null,
    at,
  }: {
    accountId: string;
    clinicId: string | null;
    kind: AccountNoticeKind;
    change?: AccountChange | null;
    at: Temporal.Instant;
  },
): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `insert into account_notice (account_id, clinic_id, kind, change, at) values ($1, $2, $3, $4, $5) returning id`,
    [accountId, clinicId, kind, change, at.toString()],
  );
  if (!row) throw new Error('the account notice was not written');
  await jobs.send(tx, 'account-told', { accountNoticeId: row.id });
  return row.id;
}
