import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { lockKept, portalDay } from './practitioner-card.js';
import { refuseIncomplete } from './refuse-incomplete.js';
import { missingOfPractitioner, type PractitionerToPublish } from './rules/what-is-missing.js';

/**
 * Shows a practitioner to patients, or takes the card from them again; visits that are booked stay booked. The clinic
 * comes first (R2-10). Refusals: `not-found` who does not work at the clinic, `not-allowed` also where another clinic
 * keeps the card, `incomplete` with each path that is missing (`clinic`: it is not published itself).
 */
@Injectable()
export class PublishPractitioner {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    clinicId,
    practitionerId,
    published,
  }: {
    actor: Actor;
    clinicId: string;
    practitionerId: string;
    published: boolean;
  }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    const day = portalDay(this.clock.now());
    await this.database.transaction(async (tx) => {
      await lockKept(tx, { clinicId, practitionerId, day });
      if (published) {
        const [card] = await tx.query<PractitionerToPublish & { clinicPublished: boolean }>(
          `select p.given_name as "givenName", p.family_name as "familyName", p.languages,
                  array(select ps.specialty_id from practitioner_specialty ps where ps.practitioner_id = p.id) as specialties,
                  (select k.published from clinic k where k.id = $2) as "clinicPublished"
             from practitioner p where p.id = $1`,
          [practitionerId, clinicId],
        );
        if (!card) throw new Refusal('not-found');
        const missing = [
          ...(card.clinicPublished ? [] : [{ path: 'clinic', code: 'clinic' }]),
          ...missingOfPractitioner(card),
        ];
        refuseIncomplete(missing);
      }
      await tx.query(`update practitioner set published = $2 where id = $1`, [practitionerId, published]);
    });
  }
}
