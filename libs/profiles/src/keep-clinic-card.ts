import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, Refusal, type Words } from '#libs/platform';
import { keepWhole } from './clinic-to-publish.js';
import { isRegistrationNumber } from './rules/registration-number.js';

/** What a clinic says of itself (R2-07); its picture is sent by itself. */
export interface ClinicCard {
  name: string;
  registrationNumber: string;
  address: string;
  phone: string;
  email: string;
  /** With http or https, or null. */
  website: string | null;
  about: Words;
  insurerIds: readonly string[];
}

/**
 * Keeps the clinic's card as it was filled in; the clinic's address on the portal stays, whatever its name becomes.
 * Insurers of another country are left out. Refusals: `not-found` another clinic, `not-allowed`, `invalid`
 * (`registrationNumber`), `incomplete` (what a published clinic would then lack).
 */
@Injectable()
export class KeepClinicCard {
  constructor(private readonly database: Database) {}

  async run({ actor, clinicId, card }: { actor: Actor; clinicId: string; card: ClinicCard }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    await this.database.transaction(async (tx) => {
      const [clinic] = await tx.query<{ country: 'LV' | 'EE' }>(
        `select country from clinic where id = $1 for no key update`,
        [clinicId],
      );
      if (!clinic) throw new Refusal('not-found');
      if (!isRegistrationNumber(clinic.country, card.registrationNumber)) {
        const code = `setup.errors.registration-number.${clinic.country}`;
        throw new Refusal('invalid', { errors: [{ path: 'registrationNumber', code }] });
      }
      await keepWhole(tx, clinicId, async () => {
        await tx.query(
          `update clinic set name = $2, registration_number = $3, address = $4, phone = $5, email = $6, website = $7, about = $8
          where id = $1`,
          [
            clinicId,
            card.name,
            card.registrationNumber,
            card.address,
            card.phone,
            card.email,
            card.website,
            JSON.stringify(card.about),
          ],
        );
        await tx.query(`delete from clinic_insurer where clinic_id = $1`, [clinicId]);
        await tx.query(
          `insert into clinic_insurer (clinic_id, insurer_id)
         select $1, i.id from insurer i where i.id = any ($2) and i.country = $3`,
          [clinicId, [...card.insurerIds], clinic.country],
        );
      });
    });
  }
}
