import type { Client } from 'pg';
import type { PractitionersCalendar } from './calendar-plan.js';
import { clinicsWithDevices } from './content/rooms.js';
import { idsOf } from './random.js';

/** What the state pays for one visit of the calendars whose money is limited, in cents. */
const tariffCents = 2450;

/** What the ledger says of a calendar's fullest month and day since the beginning of this month. */
const usedOf = `
  with visit as (
    select lower(o.visit) at time zone $2 as at, extract(epoch from upper(o.visit) - lower(o.visit)) / 60 as minutes
      from occupation o
     where o.resource_id = $4 and o.calendar_id = $1 and lower(o.visit) >= $3::date::timestamp at time zone $2
  ), month as (
    select count(*) as visits, sum(minutes) as minutes from visit group by date_trunc('month', at)
  ), day as (
    select count(*) as visits from visit group by at::date
  )
  select coalesce((select max(visits) from month), 0)::integer as visits,
         coalesce((select max(minutes) from month), 0)::integer as minutes,
         coalesce((select max(visits) from day), 0)::integer as visits_a_day`;

interface Used {
  visits: number;
  minutes: number;
  visits_a_day: number;
}

const upTo = (number: number, step: number): number => Math.max(step, Math.ceil(number / step) * step);

/** Limits of a few practitioners, of each kind one; in the fullest month a little is left. */
const limitsOf: readonly ((used: Used) => Partial<Record<string, number>>)[] = [
  ({ visits }) => ({ visits_a_month: upTo(visits * 1.1, 5) }),
  ({ minutes }) => ({ minutes_a_month: upTo(minutes * 1.08, 60) }),
  ({ visits, visits_a_day: day }) => ({ visits_a_day: day, cents_a_month: upTo(visits * 1.15 * tariffCents, 10_000) }),
];

/** Quotas of a clinic in each country, from this month on, partly used by what is booked. */
export async function loadQuotas(
  client: Client,
  calendars: readonly PractitionersCalendar[],
  today: Temporal.PlainDate,
): Promise<void> {
  const month = today.with({ day: 1 }).toString();
  const newId = idsOf('quotas', today.toZonedDateTime('UTC').epochMilliseconds);
  for (const slug of Object.keys(clinicsWithDevices)) {
    const own = calendars.filter(({ payer, workplace }) => payer === 'state' && workplace.clinic.data.slug === slug);
    for (const [index, limits] of limitsOf.entries()) {
      const calendar = own[index];
      if (!calendar) continue;
      const { clinic, branch } = calendar.workplace;
      const { rows } = await client.query<Used>(usedOf, [calendar.id, branch.city.zone, month, calendar.resourceId]);
      const chosen = limits(rows[0] ?? { visits: 0, minutes: 0, visits_a_day: 0 });
      if (chosen['cents_a_month'] !== undefined) {
        await client.query('update calendar_service set tariff_cents = $2 where calendar_id = $1', [
          calendar.id,
          tariffCents,
        ]);
        await client.query('update occupation set tariff_cents = $2 where calendar_id = $1 and resource_id = $3', [
          calendar.id,
          tariffCents,
          calendar.resourceId,
        ]);
      }
      await client.query(
        `insert into quota (id, clinic_id, resource_id, valid_from, visits_a_month, minutes_a_month, visits_a_day, cents_a_month)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          newId(),
          clinic.id,
          calendar.resourceId,
          month,
          ...['visits_a_month', 'minutes_a_month', 'visits_a_day', 'cents_a_month'].map((name) => chosen[name] ?? null),
        ],
      );
    }
  }
}
