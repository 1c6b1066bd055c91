import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { type PractitionerCard, type RoleCard, writeSpecialties } from './practitioner-card.js';
import { freeSlug, slugOf } from './rules/slug.js';

/**
 * Makes a new practitioner who works at the clinic; patients see nothing of it until it is published. Somebody who has
 * a card at another clinic is added by `AddRole` instead, so that one person stays one. Refusals: `not-found` another
 * clinic, `not-allowed`, `invalid` (`specialties.<n>`).
 */
@Injectable()
export class AddPractitioner {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    clinicId,
    card,
    role,
  }: {
    actor: Actor;
    clinicId: string;
    card: PractitionerCard;
    role: RoleCard;
  }): Promise<{ id: string }> {
    requireStaff(actor, clinicId, 'profile.edit');
    const wanted = slugOf(`${card.givenName} ${card.familyName}`, 'doctor');
    return this.database.transaction(async (tx) => {
      // Two of one name at two clinics at once: one lock for all names, held for a few statements.
      await tx.query(`select pg_advisory_xact_lock(hashtext('practitioner_slug'))`);
      const taken = await tx.query<{ slug: string }>(`select slug from practitioner where slug like $1 || '%'`, [
        wanted,
      ]);
      const [made] = await tx.query<{ id: string }>(
        `insert into practitioner (slug, given_name, family_name, title, languages, about, published, created_at)
         values ($1, $2, $3, $4, $5, $6, false, $7) returning id`,
        [
          freeSlug(wanted, new Set(taken.map(({ slug }) => slug))),
          card.givenName,
          card.familyName,
          JSON.stringify(card.title),
          [...card.languages],
          JSON.stringify(card.about),
          this.clock.now().toString(),
        ],
      );
      if (!made) throw new Error('the practitioner was not written');
      await tx.query(
        `insert into practitioner_role (clinic_id, practitioner_id, active_from, restrictions) values ($1, $2, $3, $4)`,
        [clinicId, made.id, role.activeFrom.toString(), JSON.stringify(role.restrictions)],
      );
      await writeSpecialties(tx, clinicId, made.id, card.specialtyIds);
      return made;
    });
  }
}
