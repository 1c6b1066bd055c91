import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff, type StaffActor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import type { BranchPlace } from './branch-move.entity.js';
import type { EmergencyProvider, ReceptionTime } from './branch.entity.js';
import { keepWhole } from './clinic-to-publish.js';
import { freeSlug, slugOf } from './rules/slug.js';

/** A branch with its part of the statutory board. */
export interface BranchCard {
  name: string;
  city: string;
  address: string;
  postalCode: string;
  room: string | null;
  zone: 'Europe/Riga' | 'Europe/Tallinn';
  phone: string;
  email: string | null;
  /** Degrees; both or none. */
  latitude: number | null;
  longitude: number | null;
  emergency: EmergencyProvider;
  reception: readonly ReceptionTime[];
}

const valuesOf = (card: BranchCard): unknown[] => [
  card.name,
  card.city,
  card.address,
  card.postalCode,
  card.room,
  card.zone,
  card.phone,
  card.email,
  card.latitude,
  card.longitude,
  JSON.stringify(card.emergency),
  JSON.stringify(card.reception),
];

async function insert(tx: Tx, clinicId: string, card: BranchCard): Promise<{ id: string }> {
  const taken = await tx.query<{ slug: string }>(`select slug from branch where clinic_id = $1`, [clinicId]);
  const slug = freeSlug(slugOf(card.name, 'branch'), new Set(taken.map((each) => each.slug)));
  const [branch] = await tx.query<{ id: string }>(
    `insert into branch (clinic_id, slug, name, city, address, postal_code, room, zone, phone, email, latitude, longitude,
                         emergency, reception)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
    [clinicId, slug, ...valuesOf(card)],
  );
  if (!branch) throw new Error('the branch was not written');
  return branch;
}

async function update(tx: Tx, clinicId: string, id: string, card: BranchCard): Promise<{ id: string }> {
  const [branch] = await tx.query<{ id: string }>(
    `update branch set name = $3, city = $4, address = $5, postal_code = $6, room = $7, zone = $8, phone = $9, email = $10,
                       latitude = $11, longitude = $12, emergency = $13, reception = $14
      where clinic_id = $1 and id = $2 returning id`,
    [clinicId, id, ...valuesOf(card)],
  );
  if (!branch) throw new Refusal('not-found');
  return branch;
}

const placeOf = ({ address, city, postalCode, room }: BranchPlace): BranchPlace => ({
  address,
  city,
  postalCode,
  room,
});

/** Whether patients would go elsewhere, or look for another door. */
export const isElsewhere = (before: BranchPlace, after: BranchPlace): boolean =>
  JSON.stringify(placeOf(before)) !== JSON.stringify(placeOf(after));

/**
 * Keeps a branch as it was filled in, or adds one. Its zone can be chosen only when it is added: working hours and
 * promised times hang on it. When its place changes, whoever has a visit there is told by the worker. Refusals: `not-found` another clinic's, `not-allowed`, `invalid` (`zone`), `incomplete`
 * (what a published clinic would then lack).
 */
@Injectable()
export class KeepBranch {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param id null: a new branch
   * @param isMended the place is the same and was only misspelt: nobody is told
   */
  async run({
    actor,
    clinicId,
    id,
    card,
    isMended = false,
  }: {
    actor: Actor;
    clinicId: string;
    id: string | null;
    card: BranchCard;
    isMended?: boolean;
  }): Promise<{ id: string }> {
    const staff = requireStaff(actor, clinicId, 'profile.edit');
    return this.database.transaction(async (tx) => {
      // Also orders those who add at once, so that slugs stay single.
      const [clinic] = await tx.query<{ id: string }>(`select id from clinic where id = $1 for no key update`, [
        clinicId,
      ]);
      if (!clinic) throw new Refusal('not-found');
      if (id !== null) {
        const [known] = await tx.query<BranchPlace & { zone: string }>(
          `select zone, address, city, postal_code as "postalCode", room from branch where clinic_id = $1 and id = $2`,
          [clinicId, id],
        );
        if (!known) throw new Refusal('not-found');
        if (known.zone !== card.zone)
          throw new Refusal('invalid', { errors: [{ path: 'zone', code: 'setup.errors.zone' }] });
        if (!isMended && isElsewhere(known, card)) await this.tell(tx, staff, id, { from: known, to: card });
      }
      return keepWhole(tx, clinicId, () => (id === null ? insert(tx, clinicId, card) : update(tx, clinicId, id, card)));
    });
  }

  /** Writes down where it was, and the job that tells people, in the same transaction. */
  private async tell(
    tx: Tx,
    { clinicId, staffMemberId, name }: StaffActor,
    branchId: string,
    { from, to }: { from: BranchPlace; to: BranchPlace },
  ): Promise<void> {
    const [move] = await tx.query<{ id: string }>(
      `insert into branch_move (clinic_id, branch_id, at, staff_member_id, actor_name, from_place, to_place)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [
        clinicId,
        branchId,
        this.clock.now().toString(),
        staffMemberId,
        name,
        JSON.stringify(placeOf(from)),
        JSON.stringify(placeOf(to)),
      ],
    );
    if (!move) throw new Error('the move of the branch was not written');
    await this.jobs.send(tx, 'branch-moved', { branchMoveId: move.id });
  }
}
