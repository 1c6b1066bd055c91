import type { Tx } from '#libs/platform';
import type { Place } from '../rules/told-by.js';
import { visitColumns, type VisitRow, visitTables } from './visit-to-tell.js';

/** A request with the moment at which it lapses. */
export interface RequestRow extends VisitRow {
  lapsesAt: Date;
}

const most = 500;

/** Whose requests are asked for; null: everybody's. */
interface Asked {
  clinicId: string | null;
  branchIds?: readonly string[] | null;
  practitionerIds?: readonly string[] | null;
}

const areToAnswer = `
  a.status = 'pending' and a.answer_due_at is not null and ($1::uuid is null or a.clinic_id = $1)
  and ($2::uuid[] is null or a.branch_id = any($2)) and ($3::uuid[] is null or a.resource_id = any($3))
  and e.kind in ('requested', 'move-requested') and (e.actor_kind in ('patient', 'guest') or a.origin = 'email')
  and not exists (select from appointment_event l
                   where l.appointment_id = a.id and l.version > e.version and l.kind in ('requested', 'move-requested'))`;

const valuesOf = (ask: Asked) => [ask.clinicId, ask.branchIds ?? null, ask.practitionerIds ?? null];

/**
 * Requests that came in writing, by the portal, its interface or e-mail, and wait for a clinic's answer, oldest first; of
 * one clinic, or of all. The step is the one that asked. At most 500.
 */
export const requestsToAnswer = ({ query }: Pick<Tx, 'query'>, ask: Asked): Promise<RequestRow[]> =>
  query<RequestRow>(
    `select ${visitColumns}, a.answer_due_at as "lapsesAt"
       from appointment_event e ${visitTables}
      where ${areToAnswer}
      order by e.at, e.id limit ${most}`,
    valuesOf(ask),
  );

/** Only when they came and lapse, and where: for a number that every page of the desk shows. */
export const termsToAnswer = (
  { query }: Pick<Tx, 'query'>,
  ask: Asked,
): Promise<({ at: Date; lapsesAt: Date } & Place)[]> =>
  query(
    `select e.at, a.answer_due_at as "lapsesAt", a.zone, k.country
       from appointment_event e
       join appointment a on a.id = e.appointment_id
       join clinic k on k.id = a.clinic_id
      where ${areToAnswer}
      order by e.at limit ${most}`,
    valuesOf(ask),
  );
