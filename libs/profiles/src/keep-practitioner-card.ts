import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import {
  lockKept,
  portalDay,
  type PractitionerCard,
  type RoleCard,
  writeRole,
  writeSpecialties,
} from './practitioner-card.js';
import { refuseIncomplete } from './refuse-incomplete.js';
import { missingOfPractitioner } from './rules/what-is-missing.js';

/**
 * Keeps a practitioner's card as it was filled in, for every clinic where they work, and what this clinic says of them;
 * their address on the portal stays. Refusals: `not-found` who does not work at the clinic, `not-allowed` also where another clinic keeps the card,
 * `invalid` (`specialties.<n>`, `activeFrom` after the last day), `incomplete` (what a published card would then lack).
 */
@Injectable()
export class KeepPractitionerCard {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    clinicId,
    practitionerId,
    card,
    role,
  }: {
    actor: Actor;
    clinicId: string;
    practitionerId: string;
    card: PractitionerCard;
    role: RoleCard;
  }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    const day = portalDay(this.clock.now());
    await this.database.transaction(async (tx) => {
      const { published } = await lockKept(tx, { clinicId, practitionerId, day });
      const missing = published ? missingOfPractitioner({ ...card, specialties: card.specialtyIds }) : [];
      refuseIncomplete(missing);
      await tx.query(
        `update practitioner set given_name = $2, family_name = $3, title = $4, languages = $5, about = $6 where id = $1`,
        [
          practitionerId,
          card.givenName,
          card.familyName,
          JSON.stringify(card.title),
          [...card.languages],
          JSON.stringify(card.about),
        ],
      );
      await writeRole(tx, clinicId, practitionerId, role);
      await writeSpecialties(tx, clinicId, practitionerId, card.specialtyIds);
    });
  }
}
