import { Injectable } from '@nestjs/common';
import { requireStaff, type Actor } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import { isCapability } from './keep-room.js';
import { serviceNeedChanged } from './need-changed.js';

/**
 * Says which rooms and devices a visit for a service takes: one of each capability, at the calendar's branch (F016). Visits
 * that are booked already take none anew.
 * Refusals: `not-found` another clinic's service, `not-allowed`, `invalid` (path `capabilities`, codes `format`, `too-many`).
 */
@Injectable()
export class KeepNeeds {
  constructor(private readonly database: Database) {}

  /** @param capabilities none: the service needs no room or device */
  async run({
    actor,
    clinicId,
    serviceId,
    capabilities,
  }: {
    actor: Actor;
    clinicId: string;
    serviceId: string;
    capabilities: readonly string[];
  }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    const wanted = [...new Set(capabilities)];
    const wrong = (code: string): Refusal => new Refusal('invalid', { errors: [{ path: 'capabilities', code }] });
    if (!wanted.every(isCapability)) throw wrong('format');
    if (wanted.length > 5) throw wrong('too-many');
    await this.database.transaction(async (tx) => {
      const known = await tx.query(`select from service where clinic_id = $1 and id = $2`, [clinicId, serviceId]);
      if (known.length === 0) throw new Refusal('not-found');
      await tx.query(
        `delete from service_need where clinic_id = $1 and service_id = $2 and capability <> all($3::text[])`,
        [clinicId, serviceId, wanted],
      );
      await tx.query(
        `insert into service_need (clinic_id, service_id, capability) select $1, $2, unnest($3::text[])
         on conflict on constraint service_need_pkey do nothing`,
        [clinicId, serviceId, wanted],
      );
      await serviceNeedChanged(tx, clinicId, serviceId);
    });
  }
}
