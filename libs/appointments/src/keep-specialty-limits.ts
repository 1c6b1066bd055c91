import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database } from '#libs/platform';

/** How many future visits of a specialty one patient may have; null is no limit. */
export interface SpecialtyLimitValue {
  specialtyId: string;
  mostFuture: number | null;
}

/**
 * Keeps a clinic's limits of future visits per patient and specialty; of two for one specialty the lower. They count for
 * what patients book from now on.
 * Refusals: `not-found` another clinic's, `not-allowed`.
 */
@Injectable()
export class KeepSpecialtyLimits {
  constructor(private readonly database: Database) {}

  async run({
    actor,
    clinicId,
    limits,
  }: {
    actor: Actor;
    clinicId: string;
    limits: readonly SpecialtyLimitValue[];
  }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    const kept = limits.filter(({ mostFuture }) => mostFuture !== null);
    await this.database.transaction(async (tx) => {
      await tx.query(`delete from specialty_limit where clinic_id = $1 and specialty_id = any($2::text[])`, [
        clinicId,
        limits.map(({ specialtyId }) => specialtyId),
      ]);
      await tx.query(
        `insert into specialty_limit (clinic_id, specialty_id, most_future)
         select distinct on (l.id) $1::uuid, l.id, l.most
           from unnest($2::text[], $3::smallint[]) as l(id, most) join specialty s on s.id = l.id
          order by l.id, l.most
         on conflict on constraint specialty_limit_pkey do update set most_future = excluded.most_future`,
        [clinicId, kept.map(({ specialtyId }) => specialtyId), kept.map(({ mostFuture }) => mostFuture)],
      );
    });
  }

  /** The limits that a clinic has. @throws Refusal `not-found`, `not-allowed` */
  of(actor: Actor, clinicId: string): Promise<{ specialtyId: string; mostFuture: number }[]> {
    requireStaff(actor, clinicId, 'profile.edit');
    return this.database.read<{ specialtyId: string; mostFuture: number }>(
      `select specialty_id as "specialtyId", most_future as "mostFuture" from specialty_limit where clinic_id = $1`,
      [clinicId],
    );
  }
}
