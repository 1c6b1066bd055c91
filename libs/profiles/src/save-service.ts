import { Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { Database, type FieldError, Refusal, type Tx, type Words } from '#libs/platform';
import type { ForWhom } from './rules/for-whom.js';

/** What a clinic says of a service; lengths in minutes. A calendar may set its own length, buffers and price. */
export interface ServiceDetails extends ForWhom {
  /** In all four languages. */
  name: Words;
  specialtyId: string;
  minutes: number;
  bufferBefore: number;
  bufferAfter: number;
  mode: 'in-person' | 'phone' | 'video';
  preparation: Words;
  referralRequired: boolean;
  referralScope: 'state' | 'all';
  referralOffered: boolean;
  /** Instead of the calendar's own; null: as the calendar says. */
  confirmation: 'automatic' | 'manual' | null;
}

const inMonths = (age: number, unit: 'years' | 'months'): number => (unit === 'years' ? age * 12 : age);

function mistakes({ ageFrom, ageFromUnit, ageTo, ageToUnit }: ServiceDetails): FieldError[] {
  if (ageFrom === null || ageTo === null) return [];
  // An age of 3 years is any month of the fourth year.
  const last = inMonths(ageTo, ageToUnit) + (ageToUnit === 'years' ? 11 : 0);
  return inMonths(ageFrom, ageFromUnit) <= last ? [] : [{ path: 'ageTo', code: 'services.errors.ages' }];
}

const valuesOf = (details: ServiceDetails): unknown[] => [
  details.specialtyId,
  JSON.stringify(details.name),
  details.minutes,
  details.bufferBefore,
  details.bufferAfter,
  JSON.stringify(details.preparation),
  details.mode,
  details.referralRequired,
  details.referralScope,
  details.referralOffered,
  details.ageFrom,
  details.ageFromUnit,
  details.ageTo,
  details.ageToUnit,
  details.sex,
  details.visitKind,
  [...details.targetGroups],
  details.confirmation,
];

/**
 * Adds a service to a clinic or changes it. What is booked stays booked as it was; conditions count for new bookings.
 * A new service can be booked once a calendar offers it.
 * Refusals: `not-found` another clinic's service, `not-allowed`, `invalid` at `specialtyId` or `ageTo`, `wrong-state` for
 * one that has ended.
 */
@Injectable()
export class SaveService {
  constructor(private readonly database: Database) {}

  async run({
    actor,
    clinicId,
    id,
    details,
  }: {
    actor: Actor;
    clinicId: string;
    /** Null: a new one. */
    id: string | null;
    details: ServiceDetails;
  }): Promise<{ id: string }> {
    requireStaff(actor, clinicId, 'profile.edit');
    const errors = mistakes(details);
    if (errors.length > 0) throw new Refusal('invalid', { errors });
    return this.database.transaction(async (tx) => {
      const [known] = await tx.query(`select from specialty where id = $1`, [details.specialtyId]);
      if (!known) throw new Refusal('invalid', { errors: [{ path: 'specialtyId', code: 'choice' }] });
      return id === null ? this.add(tx, clinicId, details) : this.change(tx, clinicId, id, details);
    });
  }

  private async add(tx: Tx, clinicId: string, details: ServiceDetails): Promise<{ id: string }> {
    const [row] = await tx.query<{ id: string }>(
      `insert into service
         (clinic_id, specialty_id, name, minutes, buffer_before, buffer_after, preparation, mode, referral_required,
          referral_scope, referral_offered, age_from, age_from_unit, age_to, age_to_unit, sex, visit_kind, target_groups,
          confirmation)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
       returning id`,
      [clinicId, ...valuesOf(details)],
    );
    if (!row) throw new Error('the service was not written');
    return row;
  }

  private async change(tx: Tx, clinicId: string, id: string, details: ServiceDetails): Promise<{ id: string }> {
    const [before] = await tx.query<{ active: boolean }>(
      `select active from service where clinic_id = $1 and id = $2 for no key update`,
      [clinicId, id],
    );
    if (!before) throw new Refusal('not-found');
    if (!before.active) throw new Refusal('wrong-state');
    await tx.query(
      `update service
          set specialty_id = $3, name = $4, minutes = $5, buffer_before = $6, buffer_after = $7, preparation = $8, mode = $9,
              referral_required = $10, referral_scope = $11, referral_offered = $12, age_from = $13, age_from_unit = $14,
              age_to = $15, age_to_unit = $16, sex = $17, visit_kind = $18, target_groups = $19, confirmation = $20
        where clinic_id = $1 and id = $2`,
      [clinicId, id, ...valuesOf(details)],
    );
    return { id };
  }
}
