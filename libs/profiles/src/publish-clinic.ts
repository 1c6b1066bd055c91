import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import { clinicToPublish } from './clinic-to-publish.js';
import { refuseIncomplete } from './refuse-incomplete.js';
import { missingOfClinic } from './rules/what-is-missing.js';

/**
 * Shows the clinic to patients, or takes it from them again; visits that are booked stay booked. The law wants the
 * board whole before anybody books (EE Minister's regulation No. 73 § 3 (3); R2-10, R3-04 to R3-06).
 * Refusals: `not-found` another clinic, `not-allowed`, `incomplete` with each path that is missing.
 */
@Injectable()
export class PublishClinic {
  constructor(private readonly database: Database) {}

  async run({ actor, clinicId, published }: { actor: Actor; clinicId: string; published: boolean }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    await this.database.transaction(async (tx) => {
      await tx.query(`select id from clinic where id = $1 for no key update`, [clinicId]);
      const clinic = await clinicToPublish(tx, clinicId);
      if (!clinic) throw new Refusal('not-found');
      const missing = published ? missingOfClinic(clinic) : [];
      refuseIncomplete(missing);
      await tx.query(`update clinic set published = $2 where id = $1`, [clinicId, published]);
    });
  }
}
