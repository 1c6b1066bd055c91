import type { Country } from '#libs/holidays';
import { Refusal, type Tx } from '#libs/platform';
import { dayBounds, type Interval, localDate } from '#libs/time';
import type { KeptDay } from './calendar-change.js';

/** Whose days are kept otherwise: of one branch, or (null) of all the clinic's branches in the country. */
export interface KeptDaysPlace {
  clinicId: string;
  country: Country;
  branchId: string | null;
}

const zoneOf = { LV: 'Europe/Riga', EE: 'Europe/Tallinn' } as const satisfies Record<Country, string>;

/** The days as times, for those who recompute what lies in them. */
export const timesOfDays = (country: Country, days: readonly Pick<KeptDay, 'day'>[]): Interval[] =>
  days.map(({ day }) => dayBounds(day, zoneOf[country]));

/** @throws Refusal `not-found` no branch of this clinic in that country; `invalid` no day at all, or one that is over */
export async function requireKeepable(
  reader: Pick<Tx, 'query'>,
  { clinicId, country, branchId }: KeptDaysPlace,
  days: readonly KeptDay[],
  now: Temporal.Instant,
): Promise<void> {
  const [known] = await reader.query<{ ok: boolean }>(
    `select exists (select from branch where clinic_id = $1 and country = $2 and ($3::uuid is null or id = $3)) as ok`,
    [clinicId, country, branchId],
  );
  if (!known?.ok) throw new Refusal('not-found');
  const today = localDate(now, zoneOf[country]);
  if (days.length === 0 || days.some(({ day }) => Temporal.PlainDate.compare(day, today) < 0))
    throw new Refusal('invalid', { errors: [{ path: 'day', code: 'past' }] });
}

/** Writes what is done on some days; `usual` takes the place's own word back. Openings are recomputed by the caller. */
export async function writeClinicDays(
  tx: Tx,
  { clinicId, country, branchId }: KeptDaysPlace,
  days: readonly KeptDay[],
  { by, at }: { by: string; at: Temporal.Instant },
): Promise<void> {
  await tx.query(
    `delete from clinic_day where clinic_id = $1 and country = $2 and branch_id is not distinct from $3 and day = any($4::date[])`,
    [clinicId, country, branchId, days.map(({ day }) => day.toString())],
  );
  const kept = days.filter(({ kind }) => kind !== 'usual');
  await tx.query(
    `insert into clinic_day (clinic_id, country, branch_id, day, kind, works_as, shorter_by, note, changed_by, changed_at)
     select $1, $2, $3, each.day, each.kind, each.works_as, each.shorter_by, each.note, $9, $10
       from unnest($4::date[], $5::text[], $6::smallint[], $7::smallint[], $8::text[])
            as each (day, kind, works_as, shorter_by, note)
         on conflict on constraint clinic_day_once do update
        set kind = excluded.kind, works_as = excluded.works_as, shorter_by = excluded.shorter_by, note = excluded.note,
            changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
    [
      clinicId,
      country,
      branchId,
      kept.map(({ day }) => day.toString()),
      kept.map(({ kind }) => kind),
      kept.map(({ worksAs }) => worksAs),
      kept.map(({ shorterBy }) => shorterBy),
      kept.map(({ note }) => note),
      by,
      at.toString(),
    ],
  );
}
