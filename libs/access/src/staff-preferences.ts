import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import type { StaffActor } from './actor.js';

/** How a member of staff likes to see the screens that they live in: their own rows only, a value for each key. */
@Injectable()
export class StaffPreferences {
  constructor(private readonly database: Database) {}

  /** What was kept under a key, as it was given; undefined when nothing was. Whoever reads it checks its shape. */
  async of({ staffMemberId }: StaffActor, key: string): Promise<unknown> {
    const [row] = await this.database.read<{ value: unknown }>(
      'select value from staff_preference where staff_member_id = $1 and key = $2',
      [staffMemberId, key],
    );
    return row?.value;
  }

  /**
   * Keeps a value, of at most 16 kB as PostgreSQL stores it, in place of the former one.
   * @param key a short stable word of the screen, 40 characters at most
   */
  async keep({ staffMemberId, clinicId }: StaffActor, key: string, value: object): Promise<void> {
    await this.database.read(
      `insert into staff_preference (staff_member_id, key, clinic_id, value) values ($1, $2, $3, $4)
       on conflict on constraint staff_preference_pkey do update set value = excluded.value`,
      [staffMemberId, key, clinicId, JSON.stringify(value)],
    );
  }
}
