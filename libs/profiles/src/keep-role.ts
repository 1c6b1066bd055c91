import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { portalDay, type RoleCard, writeRole } from './practitioner-card.js';

interface RoleRequest {
  actor: Actor;
  clinicId: string;
  practitionerId: string;
  role: RoleCard;
}

/**
 * Keeps what the clinic itself says of a practitioner: since when they work there, and what limits the times. Refusals:
 * `not-found` who does not work at the clinic, `not-allowed`, `invalid` (`activeFrom` after the last day).
 */
@Injectable()
export class KeepRole {
  constructor(private readonly database: Database) {}

  async run({ actor, clinicId, practitionerId, role }: RoleRequest): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    await this.database.transaction((tx) => writeRole(tx, clinicId, practitionerId, role));
  }
}

/**
 * Adds somebody who has a published card at another clinic, or who comes back after their last day: the person stays
 * one, with one card and one timeline. Refusals: `not-found` no such published practitioner, `not-allowed`.
 */
@Injectable()
export class AddRole {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId, practitionerId, role }: RoleRequest): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    const day = portalDay(this.clock.now());
    await this.database.transaction(async (tx) => {
      const [known] = await tx.query<{ id: string }>(
        `select p.id from practitioner p
          where p.id = $1
            and (p.published
                 or exists (select from practitioner_role w where w.practitioner_id = p.id and w.clinic_id = $2))
            for no key update`,
        [practitionerId, clinicId],
      );
      if (!known) throw new Refusal('not-found');
      await tx.query(
        `insert into practitioner_role as w (clinic_id, practitioner_id, active_from, restrictions) values ($1, $2, $3, $4)
             on conflict on constraint practitioner_role_once
             do update set active_from = excluded.active_from, active_to = null, restrictions = excluded.restrictions
          where w.active_to < $5::date`,
        [clinicId, practitionerId, role.activeFrom.toString(), JSON.stringify(role.restrictions), day],
      );
    });
  }
}
