import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database } from '#libs/platform';

/** How many letters one member of staff may cause within an hour before a second person is asked. */
@Injectable()
export class SetNoticeLimit {
  constructor(private readonly database: Database) {}

  /**
   * What is held already stays held.
   * @param perHour 1 to 10,000
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
   */
  async run({ actor, clinicId, perHour }: { actor: Actor; clinicId: string; perHour: number }): Promise<void> {
    requireStaff(actor, clinicId, 'notices.approve');
    await this.database.transaction((tx) =>
      tx.query(
        `insert into notice_limit (clinic_id, per_hour) values ($1, $2)
         on conflict (clinic_id) do update set per_hour = excluded.per_hour`,
        [clinicId, perHour],
      ),
    );
  }
}
