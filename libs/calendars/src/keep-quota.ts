import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import { termsChanged } from './keep-calendar-terms.js';
import { lockResources } from './ledger.js';
import { type QuotaLimits, quotaMistakes } from './rules/quota-limits.js';

/** For whom, for what and for which months: `validTo` is the last day of the last month, null until further notice. */
export interface QuotaWish extends QuotaLimits {
  practitionerId: string;
  /** Null: all state-paid services of the practitioner at the clinic together. */
  serviceId: string | null;
  validFrom: Temporal.PlainDate;
  validTo: Temporal.PlainDate | null;
}

/** Brings the practitioner's free days up to date: a quota that is used up closes its months, and one that grows opens them. */
async function quotaChanged(tx: Tx, practitionerId: string, now: Temporal.Instant): Promise<void> {
  const [calendar] = await tx.query<{ zone: string }>(
    `select b.zone from calendar c join branch b on b.id = c.branch_id where c.resource_id = $1 limit 1`,
    [practitionerId],
  );
  if (calendar) await termsChanged(tx, { resourceId: practitionerId, zone: calendar.zone }, now);
}

/**
 * Keeps a monthly quota of what the state pays for (F010). It bars new state-paid bookings only: what is booked already
 * stays, even where it is more than the quota.
 * Refusals: `not-found` another clinic's quota, practitioner or service, `not-allowed`, `state-changed` somebody gave the
 * quota to another practitioner meanwhile, `invalid` with a limit's name, `validFrom` or `validTo` as path; the code
 * `calendars.quotas.overlap` says that another quota of the same practitioner and service holds for one of the months.
 */
@Injectable()
export class KeepQuota {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param id the quota to change; null for a new one */
  async run({
    actor,
    clinicId,
    id,
    quota,
  }: {
    actor: Actor;
    clinicId: string;
    id: string | null;
    quota: QuotaWish;
  }): Promise<{ id: string }> {
    requireStaff(actor, clinicId, 'profile.edit');
    const errors = quotaMistakes(quota, quota.validFrom, quota.validTo);
    if (errors.length > 0) throw new Refusal('invalid', { errors });
    return this.database.transaction(async (tx) => {
      const peek = await this.practitionerOf(tx, clinicId, id, quota.practitionerId);
      await lockResources(tx, [peek, quota.practitionerId]);
      const now = this.clock.now();
      if ((await this.practitionerOf(tx, clinicId, id, quota.practitionerId)) !== peek) {
        throw new Refusal('state-changed');
      }
      await this.requireKnown(tx, clinicId, quota);
      await this.requireAlone(tx, clinicId, id, quota);
      const kept = await this.write(tx, clinicId, id, quota);
      for (const practitionerId of new Set([peek, quota.practitionerId])) await quotaChanged(tx, practitionerId, now);
      return kept;
    });
  }

  /** Whose quota it is now. @throws Refusal `not-found` */
  private async practitionerOf(tx: Tx, clinicId: string, id: string | null, fallback: string): Promise<string> {
    if (id === null) return fallback;
    const [row] = await tx.query<{ resource_id: string }>(
      `select resource_id from quota where clinic_id = $1 and id = $2`,
      [clinicId, id],
    );
    if (!row) throw new Refusal('not-found');
    return row.resource_id;
  }

  private async requireKnown(tx: Tx, clinicId: string, { practitionerId, serviceId }: QuotaWish): Promise<void> {
    const [known] = await tx.query<{ ok: boolean }>(
      `select exists (select from calendar where clinic_id = $1 and resource_id = $2 and payer = 'state')
          and ($3::uuid is null or exists (select from service where clinic_id = $1 and id = $3)) as ok`,
      [clinicId, practitionerId, serviceId],
    );
    if (!known?.ok) throw new Refusal('not-found');
  }

  /** Two quotas of the same for the same month would hide each other on every page. */
  private async requireAlone(tx: Tx, clinicId: string, id: string | null, quota: QuotaWish): Promise<void> {
    const others = await tx.query(
      `select from quota
        where clinic_id = $1 and resource_id = $2 and service_id is not distinct from $3::uuid and id is distinct from $4::uuid
          and daterange(valid_from, valid_to, '[]') && daterange($5::date, $6::date, '[]')`,
      [
        clinicId,
        quota.practitionerId,
        quota.serviceId,
        id,
        quota.validFrom.toString(),
        quota.validTo?.toString() ?? null,
      ],
    );
    if (others.length > 0) {
      throw new Refusal('invalid', { errors: [{ path: 'validFrom', code: 'calendars.quotas.overlap' }] });
    }
  }

  private async write(tx: Tx, clinicId: string, id: string | null, quota: QuotaWish): Promise<{ id: string }> {
    const values = [
      clinicId,
      quota.practitionerId,
      quota.serviceId,
      quota.validFrom.toString(),
      quota.validTo?.toString() ?? null,
      quota.minutesAMonth,
      quota.visitsADay,
      quota.visitsAMonth,
      quota.centsAMonth,
    ];
    const [row] =
      id === null
        ? await tx.query<{ id: string }>(
            `insert into quota (clinic_id, resource_id, service_id, valid_from, valid_to, minutes_a_month, visits_a_day,
                                visits_a_month, cents_a_month)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
            values,
          )
        : await tx.query<{ id: string }>(
            `update quota set resource_id = $2, service_id = $3, valid_from = $4, valid_to = $5, minutes_a_month = $6,
                    visits_a_day = $7, visits_a_month = $8, cents_a_month = $9
              where clinic_id = $1 and id = $10 returning id`,
            [...values, id],
          );
    if (!row) throw new Refusal('not-found');
    return row;
  }
}

/** Takes a quota away: its months are limited by the hours alone. Refusals: `not-found`, `not-allowed`. */
@Injectable()
export class RemoveQuota {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, clinicId, id }: { actor: Actor; clinicId: string; id: string }): Promise<void> {
    requireStaff(actor, clinicId, 'profile.edit');
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ resource_id: string }>(
        `select resource_id from quota where clinic_id = $1 and id = $2`,
        [clinicId, id],
      );
      if (!row) throw new Refusal('not-found');
      await lockResources(tx, [row.resource_id]);
      const now = this.clock.now();
      await tx.query(`delete from quota where clinic_id = $1 and id = $2`, [clinicId, id]);
      await quotaChanged(tx, row.resource_id, now);
    });
  }
}
