import type { ActorKind, EventKind, Status } from '#libs/appointments';
import type { Country } from '#libs/holidays';
import { letterKindOf } from '../rules/letter-kind.js';
import type { LetterKind } from '../rules/notice-kinds.js';

/** A step that somebody has to hear of, with whom to call. */
export interface VisitToTell {
  appointmentId: string;
  eventId: string;
  /** What they have to hear. */
  kind: LetterKind;
  /** When the step was taken. */
  at: Temporal.Instant;
  /** The visit before the step, where it had another time, and after it. */
  fromStart: Temporal.Instant | null;
  toStart: Temporal.Instant;
  zone: string;
  country: Country;
  patient: { id: string; name: string };
  phone: string | null;
  /** Null where a room or device is booked by itself. */
  practitioner: string | null;
  branch: string;
}

export interface VisitRow {
  appointmentId: string;
  eventId: string;
  stepKind: EventKind;
  actorKind: ActorKind;
  fromStatus: Status | null;
  toStatus: Status;
  reasonCode: string | null;
  at: Date;
  fromStart: Date | null;
  toStart: Date;
  zone: string;
  country: Country;
  patientId: string;
  patientName: string;
  phone: string | null;
  practitioner: string | null;
  branch: string;
}

/** The columns of a `VisitRow`; `e` is the step. */
export const visitColumns = `
  a.id as "appointmentId", e.id as "eventId", e.kind as "stepKind", e.actor_kind as "actorKind",
  e.from_status as "fromStatus", e.to_status as "toStatus", e.reason_code as "reasonCode", e.at,
  e.from_starts_at as "fromStart", e.to_starts_at as "toStart", a.zone, k.country, p.id as "patientId",
  p.given_name || ' ' || p.family_name as "patientName", coalesce(a.contact_phone, p.phone) as phone,
  d.given_name || ' ' || d.family_name as practitioner, b.name as branch`;

/** The tables of a `VisitRow`, to be joined to `e`. */
export const visitTables = `
  join appointment a on a.id = e.appointment_id
  join clinic k on k.id = a.clinic_id
  join branch b on b.id = a.branch_id
  left join practitioner d on d.id = a.resource_id
  join patient p on p.id = a.patient_id`;

export const visitToTell = (row: VisitRow): VisitToTell => ({
  appointmentId: row.appointmentId,
  eventId: row.eventId,
  kind: letterKindOf({ ...row, kind: row.stepKind }),
  at: row.at.toTemporalInstant(),
  fromStart: row.fromStart?.toTemporalInstant() ?? null,
  toStart: row.toStart.toTemporalInstant(),
  zone: row.zone,
  country: row.country,
  patient: { id: row.patientId, name: row.patientName },
  phone: row.phone,
  practitioner: row.practitioner,
  branch: row.branch,
});
