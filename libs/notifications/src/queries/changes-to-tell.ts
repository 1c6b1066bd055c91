import type { Tx } from '#libs/platform';
import { isClinicsChange, isTold, toldAt } from './told.js';
import { visitColumns, type VisitRow, visitTables } from './visit-to-tell.js';

/** How far back a change is looked for. */
export const watchedDays = 60;

/** What clinics changed and patients have not heard of, oldest first; of one clinic, or of all. At most 500. */
export const untoldChanges = (
  { query }: Pick<Tx, 'query'>,
  ask: {
    clinicId: string | null;
    now: Temporal.Instant;
    branchIds?: readonly string[] | null;
    practitionerIds?: readonly string[] | null;
  },
): Promise<VisitRow[]> =>
  query<VisitRow>(
    `select ${visitColumns}
       from appointment_event e ${visitTables}
      where ($1::uuid is null or e.clinic_id = $1) and ${isClinicsChange}
        and e.at > $2::timestamptz - interval '${watchedDays} days'
        and ($3::uuid[] is null or a.branch_id = any($3)) and ($4::uuid[] is null or a.resource_id = any($4))
        and not ${isTold}
      order by e.at, e.id limit 500`,
    [ask.clinicId, ask.now.toString(), ask.branchIds ?? null, ask.practitionerIds ?? null],
  );

/** What patients of a clinic heard of only hours later, newest first; not all of it was too late. At most 500. */
export const slowChanges = (
  { query }: Pick<Tx, 'query'>,
  ask: {
    clinicId: string;
    now: Temporal.Instant;
    branchIds: readonly string[] | null;
    practitionerIds: readonly string[] | null;
  },
): Promise<(VisitRow & { toldAt: Date })[]> =>
  query<VisitRow & { toldAt: Date }>(
    `select * from (
       select ${visitColumns}, ${toldAt} as "toldAt"
         from appointment_event e ${visitTables}
        where e.clinic_id = $1 and ${isClinicsChange} and e.at > $2::timestamptz - interval '${watchedDays} days'
          and ($3::uuid[] is null or a.branch_id = any($3)) and ($4::uuid[] is null or a.resource_id = any($4))
          and not exists (select from appointment_event u where u.undoes = e.id)) c
      where c."toldAt" > c.at + interval '8 hours'
      order by c.at desc limit 500`,
    [ask.clinicId, ask.now.toString(), ask.branchIds, ask.practitionerIds],
  );
