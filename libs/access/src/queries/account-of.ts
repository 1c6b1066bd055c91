import { Injectable } from '@nestjs/common';
import { Database, type Language } from '#libs/platform';

/** What a page says to somebody who is signed in. */
export interface AccountOverview {
  id: string;
  /** The proven address; null for whoever came by identity provider and proved none. */
  email: string | null;
  language: Language;
  /** As the identity provider says it. */
  name: string | null;
}

/** The account behind a session. */
@Injectable()
export class AccountOf {
  constructor(private readonly database: Database) {}

  /** @returns undefined when there is no such account any more */
  async run(accountId: string): Promise<AccountOverview | undefined> {
    const [row] = await this.database.read<AccountOverview>(
      `select a.id, case when a.email_verified_at is not null then a.email end as email, a.language,
              (select i.given_name || ' ' || i.family_name from identity i
                where i.account_id = a.id order by i.last_used_at desc limit 1) as name
         from account a
        where a.id = $1`,
      [accountId],
    );
    return row;
  }
}
