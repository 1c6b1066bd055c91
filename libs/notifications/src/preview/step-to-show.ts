import type { ActorKind, EventKind, Status } from '#libs/appointments';
import type { Database } from '#libs/platform';
import { letterKindOf } from '../rules/letter-kind.js';
import type { LetterKind } from '../rules/notice-kinds.js';

interface Row {
  id: string;
  kind: EventKind;
  actorKind: ActorKind;
  fromStatus: Status | null;
  toStatus: Status;
  reasonCode: string | null;
}

/** Of each branch, so many visits are looked through. */
const mostVisits = 300;

/**
 * The step of a clinic's visits whose letter shows a kind best: the latest that led to such a letter, else the latest
 * booking of all.
 * @param kind null: the latest booking will do
 * @returns undefined when the clinic has no visits
 */
export async function stepToShow(
  database: Database,
  clinicId: string,
  kind: LetterKind | null,
  now: Temporal.Instant,
): Promise<{ eventId: string; isSuch: boolean } | undefined> {
  const rows = await database.read<Row>(
    `with near as (
       select v.id from branch b
         cross join lateral (select a.id from appointment a where a.branch_id = b.id and a.starts_at < $2
                              order by a.starts_at desc limit ${mostVisits}) v
        where b.clinic_id = $1)
     select e.id, e.kind, e.actor_kind as "actorKind", e.from_status as "fromStatus", e.to_status as "toStatus",
            e.reason_code as "reasonCode"
       from near join appointment_event e on e.appointment_id = near.id
      where e.kind not in ('arrived', 'admitted', 'fulfilled', 'missed', 'undone')
      order by e.at desc, e.id desc`,
    [clinicId, now.add({ hours: 24 * 90 }).toString()],
  );
  const such = rows.find((row) => letterKindOf(row) === kind);
  const shown = such ?? rows.find((row) => row.fromStatus === null) ?? rows[0];
  return shown && { eventId: shown.id, isSuch: such !== undefined };
}
