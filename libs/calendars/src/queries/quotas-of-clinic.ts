import { Inject, Injectable } from '@nestjs/common';
import { requireSomewhere, type Actor } from '#libs/access';
import { CLOCK, type Clock, Database, type Words } from '#libs/platform';
import type { QuotaLimits } from '../rules/quota-limits.js';

/** Counted visits: how many, their minutes, and euro cents of what the state pays for them. */
export interface Counted {
  visits: number;
  minutes: number;
  cents: number;
}

/** A quota as staff read it. Days are YYYY-MM-DD. */
export interface ClinicQuota extends QuotaLimits {
  id: string;
  practitionerId: string;
  practitioner: string;
  /** Null: all services together. */
  serviceId: string | null;
  service: Words | null;
  validFrom: string;
  validTo: string | null;
}

/** A quota in one month. */
export interface QuotaUse extends ClinicQuota {
  booked: Counted;
  /** Held at the moment by people who fill in the form; it comes back when they do not book. */
  held: Counted;
  /** The day with the most visits, booked and held. */
  busiest: { day: string; visits: number } | null;
}

const columns = `q.id, q.resource_id as "practitionerId", p.given_name || ' ' || p.family_name as practitioner,
  q.service_id as "serviceId", s.name as service, q.valid_from::text as "validFrom", q.valid_to::text as "validTo",
  q.minutes_a_month as "minutesAMonth", q.visits_a_day as "visitsADay", q.visits_a_month as "visitsAMonth",
  q.cents_a_month as "centsAMonth"`;
const tables = `quota q join practitioner p on p.id = q.resource_id left join service s on s.id = q.service_id`;
const order = `p.family_name collate "lv-x-icu", p.given_name, p.id, s.id nulls first, q.valid_from, q.id`;

/** What the quotas of a clinic are and what is used of them, counted from the ledger itself. */
@Injectable()
export class QuotasOfClinic {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All quotas, past and coming too. @throws Refusal `not-found` another clinic, `not-allowed` */
  all(actor: Actor, clinicId: string): Promise<ClinicQuota[]> {
    requireSomewhere(actor, clinicId, 'hours.read');
    return this.database.read<ClinicQuota>(
      `select ${columns} from ${tables} where q.clinic_id = $1 order by ${order}`,
      [clinicId],
    );
  }

  /**
   * The quotas that hold in a month, with what is used.
   * @param only practitioners to look at; null: everybody
   * @throws Refusal `not-found` another clinic, `not-allowed`
   */
  async inMonth(
    actor: Actor,
    clinicId: string,
    month: Temporal.PlainYearMonth,
    only: readonly string[] | null = null,
  ): Promise<QuotaUse[]> {
    requireSomewhere(actor, clinicId, 'hours.read');
    const first = month.toPlainDate({ day: 1 });
    const last = month.toPlainDate({ day: month.daysInMonth });
    // Judged at infinity, every hold has ended: what remains is booked.
    return this.database.read<QuotaUse>(
      `select ${columns},
              json_build_object('visits', b.visits, 'minutes', b.minutes, 'cents', b.cents) as booked,
              json_build_object('visits', a.visits - b.visits, 'minutes', a.minutes - b.minutes, 'cents', a.cents - b.cents) as held,
              (select json_build_object('day', v.day::text, 'visits', count(*))
                 from visits_that_count(q.resource_id, $2, $3, $4, null) v
                where v.payer = 'state' and v.clinic_id = q.clinic_id and (q.service_id is null or v.service_id = q.service_id)
                group by v.day order by count(*) desc, v.day limit 1) as busiest
         from ${tables}
        cross join lateral (
          select count(*)::integer as visits, coalesce(sum(v.minutes), 0)::integer as minutes,
                 coalesce(sum(v.tariff_cents), 0)::integer as cents
            from visits_that_count(q.resource_id, $2, $3, 'infinity', null) v
           where v.payer = 'state' and v.clinic_id = q.clinic_id and (q.service_id is null or v.service_id = q.service_id)) b
        cross join lateral (
          select count(*)::integer as visits, coalesce(sum(v.minutes), 0)::integer as minutes,
                 coalesce(sum(v.tariff_cents), 0)::integer as cents
            from visits_that_count(q.resource_id, $2, $3, $4, null) v
           where v.payer = 'state' and v.clinic_id = q.clinic_id and (q.service_id is null or v.service_id = q.service_id)) a
        where q.clinic_id = $1 and q.valid_from <= $2 and (q.valid_to is null or q.valid_to >= $3)
          and ($5::uuid[] is null or q.resource_id = any($5))
        order by ${order}`,
      [clinicId, first.toString(), last.toString(), this.clock.now().toString(), only],
    );
  }
}
