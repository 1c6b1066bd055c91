import {
  type ActorKind,
  type AppointmentView,
  type EventKind,
  type Place,
  type Status,
  viewColumns,
  viewOf,
  type ViewRow,
  viewTables,
} from '#libs/appointments';
import type { Database } from '#libs/platform';
import { isProven } from './is-proven.js';

/** Everything that a letter about one step is made of. */
export interface StepLetter {
  kind: EventKind;
  actorKind: ActorKind;
  fromStatus: Status | null;
  toStatus: Status;
  /** Why, as a code of the clinic's or the patient's. */
  reasonCode: string | null;
  /** The times that the step offered, and until when the patient may choose among them. */
  offered: Temporal.Instant[];
  offeredUntil: Temporal.Instant | null;
  /** The time before the step, if it had one. */
  fromStart: Temporal.Instant | null;
  /** Where it was before the step, if the step changed the place alone. */
  fromPlace: Place | null;
  /** Somebody answers for the e-mail address. */
  isProven: boolean;
  /** The appointment as this step left it: a letter that is sent late tells of its own step, not of today. */
  view: AppointmentView;
}

interface Row extends ViewRow {
  stepKind: EventKind;
  actorKind: ActorKind;
  fromStatus: Status | null;
  toStatus: Status;
  reasonCode: string | null;
  offered: string[];
  offeredUntil: Date | null;
  fromStart: Date | null;
  fromPlace: Place | null;
  toPlace: Place | null;
  toStart: Date;
  toEnd: Date;
  stepSequence: number;
  stepPractitioner: AppointmentView['practitioner'] | null;
  isProven: boolean;
}

/** A step's letter, recipient and content in one row: two queries could be about two people (I-12). */
export async function letterOfStep(database: Database, eventId: string): Promise<StepLetter | undefined> {
  const [row] = await database.read<Row>(
    `select ${viewColumns},
            e.kind as "stepKind", e.actor_kind as "actorKind", e.from_status as "fromStatus", e.to_status as "toStatus",
            e.reason_code as "reasonCode", f.answer_by as "offeredUntil",
            (select coalesce(json_agg(o.starts_at order by o.starts_at, o.id), '[]') from offer o where o.affected_visit_id = f.id) as offered,
            e.from_place as "fromPlace", e.to_place as "toPlace", e.from_starts_at as "fromStart", e.to_starts_at as "toStart", e.to_ends_at as "toEnd", e.sequence as "stepSequence",
            case when t.id is not null then json_build_object(
              'id', t.id, 'kind', 'practitioner', 'slug', t.slug, 'title', t.title, 'givenName', t.given_name,
              'familyName', t.family_name, 'name', t.given_name || ' ' || t.family_name)
            end as "stepPractitioner",
            ${isProven} as "isProven"
       from ${viewTables}
       join appointment_event e on e.appointment_id = a.id
       left join affected_visit f on f.event_id = e.id
       left join practitioner t on t.id = e.to_resource_id
      -- The visit is named by itself, too: with so many tables the planner keeps their order, and would read them all first.
      where e.id = $1 and a.id = (select appointment_id from appointment_event where id = $1)`,
    [eventId],
  );
  if (!row) return undefined;
  const now = viewOf(row);
  return {
    kind: row.stepKind,
    actorKind: row.actorKind,
    fromStatus: row.fromStatus,
    toStatus: row.toStatus,
    reasonCode: row.reasonCode,
    offered: row.offered.map((start) => Temporal.Instant.from(start)),
    offeredUntil: row.offeredUntil?.toTemporalInstant() ?? null,
    fromStart: row.fromStart?.toTemporalInstant() ?? null,
    fromPlace: row.fromPlace,
    isProven: row.isProven,
    view: {
      ...now,
      status: row.toStatus,
      start: row.toStart.toTemporalInstant(),
      end: row.toEnd.toTemporalInstant(),
      sequence: row.stepSequence,
      practitioner: row.stepPractitioner ?? now.practitioner,
      branch: { ...now.branch, ...row.toPlace },
    },
  };
}
