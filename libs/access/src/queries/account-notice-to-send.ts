import { Injectable } from '@nestjs/common';
import { Database, type Language } from '#libs/platform';
import type { AccountChange, AccountNoticeKind } from '../account-notice.entity.js';

/** What a letter to the owner of an account needs. */
export interface AccountNoticeLetter {
  accountId: string;
  clinicId: string | null;
  kind: AccountNoticeKind;
  change: AccountChange | null;
  at: Temporal.Instant;
  language: Language;
  /** The proven address as it is now; null: there is none, and only the portal tells (faults.md H4). */
  email: string | null;
}

/** What the owner of an account is to be told. */
@Injectable()
export class AccountNoticeToSend {
  constructor(private readonly database: Database) {}

  /** @returns undefined when the account or the notice is not there any more */
  async run(id: string): Promise<AccountNoticeLetter | undefined> {
    const [row] = await this.database.read<Omit<AccountNoticeLetter, 'at'> & { at: Date }>(
      `select n.account_id as "accountId", n.clinic_id as "clinicId", n.kind, n.change, n.at, a.language,
              case when a.email_verified_at is not null then a.email end as email
         from account_notice n join account a on a.id = n.account_id
        where n.id = $1`,
      [id],
    );
    return row && { ...row, at: row.at.toTemporalInstant() };
  }
}
