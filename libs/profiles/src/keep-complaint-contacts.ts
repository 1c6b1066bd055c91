import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, Refusal } from '#libs/platform';
import type { ComplaintContact } from './clinic.entity.js';
import { keepWhole } from './clinic-to-publish.js';

/**
 * Keeps whom a patient can complain to besides the clinic, in the order given (R3-06).
 * Refusals: `not-found` another clinic, `not-allowed`, `incomplete` (what a published clinic would then lack).
 */
@Injectable()
export class KeepComplaintContacts {
  constructor(private readonly database: Database) {}

  async run({
    actor,
    clinicId,
    contacts,
  }: {
    actor: Actor;
    clinicId: string;
    contacts: readonly ComplaintContact[];
  }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    await this.database.transaction(async (tx) => {
      const [kept] = await keepWhole(tx, clinicId, () =>
        tx.query<{ id: string }>(`update clinic set complaint_contacts = $2 where id = $1 returning id`, [
          clinicId,
          JSON.stringify(contacts),
        ]),
      );
      if (!kept) throw new Refusal('not-found');
    });
  }
}
