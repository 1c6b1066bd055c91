import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';

/** What is known of an account itself. */
@Injectable()
export class Accounts {
  constructor(private readonly database: Database) {}

  /** The address that the account has proven, or null. */
  async emailOf(accountId: string): Promise<string | null> {
    const [row] = await this.database.read<{ email: string | null }>(
      `select email from account where id = $1 and email_verified_at is not null`,
      [accountId],
    );
    return row?.email ?? null;
  }

  /** What identity providers have said of who the account is, the latest first; null for a guest. */
  async nameOf(accountId: string): Promise<{ givenName: string; familyName: string } | null> {
    const [row] = await this.database.read<{ givenName: string; familyName: string }>(
      `select given_name as "givenName", family_name as "familyName" from identity
        where account_id = $1 order by last_used_at desc limit 1`,
      [accountId],
    );
    return row ?? null;
  }
}
