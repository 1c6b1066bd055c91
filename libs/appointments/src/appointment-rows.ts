import type { Actor, StaffActor } from '#libs/access';
import { rangeOf, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import type { Payer } from '#libs/calendars';
import type { ActorKind, Former, Origin, Undo } from './appointment.entity.js';
import type { Status } from './rules/status.js';

/** An appointment as verbs see it. */
export interface AppointmentRow {
  id: string;
  clinicId: string;
  branchId: string;
  calendarId: string;
  serviceId: string;
  resourceId: string;
  patientId: string;
  accountId: string | null;
  contactEmail: string | null;
  payer: Payer;
  status: Status;
  origin: Origin;
  visit: Interval;
  zone: string;
  priceCents: number;
  former: Former | null;
  /** The length that staff gave it; null: its service's. */
  minutes: number | null;
  /** Where staff put it; null: the rooms that it takes, else the branch's. */
  room: string | null;
  undo: Undo | null;
  sequence: number;
  version: number;
  /** Its opening was withdrawn. */
  isOrphaned: boolean;
  /** The times that are held for its patient to choose from. */
  offerIds: string[];
}

interface Record extends Omit<AppointmentRow, 'visit'> {
  starts_at: Date;
  ends_at: Date;
}

/** Reads an appointment; verbs call it before the lock to learn what to lock. */
export function loadAppointment(tx: Pick<Tx, 'query'>, id: string): Promise<AppointmentRow | undefined> {
  return rowOf(tx, readText, id);
}

/**
 * Reads it again, after the locks of its resources and patient, and locks its own row: what is being undone is not told of
 * at the same moment, because the letter waits for this lock.
 */
export function lockAppointment(tx: Tx, id: string): Promise<AppointmentRow | undefined> {
  return rowOf(tx, `${readText} for no key update`, id);
}

const readText = `
     select id, clinic_id as "clinicId", branch_id as "branchId", calendar_id as "calendarId", service_id as "serviceId",
            resource_id as "resourceId", patient_id as "patientId", account_id as "accountId", contact_email as "contactEmail",
            payer, status, origin, zone, price_cents as "priceCents", former, minutes, room, undo, sequence, version, starts_at, ends_at,
            orphaned_at is not null as "isOrphaned",
            array(select f.id from offer f where f.appointment_id = appointment.id and f.state = 'held') as "offerIds"
       from appointment where id = $1`;

async function rowOf(tx: Pick<Tx, 'query'>, text: string, id: string): Promise<AppointmentRow | undefined> {
  const [row] = await tx.query<Record>(text, [id]);
  if (!row) return undefined;
  const { starts_at: start, ends_at: end, ...rest } = row;
  return { ...rest, visit: { start: start.toTemporalInstant(), end: end.toTemporalInstant() } };
}

/**
 * When the visit begins that the clinic has promised last: while a move waits for its answer, the old one. Deadlines and
 * late cancellations are counted from it.
 */
export function promisedStart({ visit, former }: Pick<AppointmentRow, 'visit' | 'former'>): Temporal.Instant {
  return former ? Temporal.Instant.from(former.startsAt) : visit.start;
}

/** Locks a patient for the rest of the transaction: after all resources, so that nobody waits in a circle (promise 2). */
export async function lockPatient(tx: Tx, patientId: string): Promise<void> {
  await tx.query(`select id from patient where id = $1 for no key update`, [patientId]);
}

/** Whether the locked patient has another visit then, or the old time of a move that awaits its answer. */
export async function patientIsBusy(
  tx: Pick<Tx, 'query'>,
  patientId: string,
  visit: Interval,
  except: string | null,
): Promise<boolean> {
  const rows = await tx.query(
    `select from appointment
      where patient_id = $1 and id is distinct from $3
        and status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled')
        and (tstzrange(starts_at, ends_at) && $2::tstzrange
             or (former is not null
                 and tstzrange((former ->> 'startsAt')::timestamptz, (former ->> 'endsAt')::timestamptz) && $2::tstzrange))
      limit 1`,
    [patientId, rangeOf(visit), except],
  );
  return rows.length > 0;
}

/** Whoever of the staff began what is carried out later. */
export type StaffNamed = Pick<StaffActor, 'kind' | 'staffMemberId' | 'name'>;

/** Who an actor is in the history: the kind, the id behind it and, for staff, the name shown. */
export function historyActor(actor: Actor | StaffNamed): { kind: ActorKind; id: string | null; name: string | null } {
  switch (actor.kind) {
    case 'staff':
      return { kind: 'staff', id: actor.staffMemberId, name: actor.name };
    case 'guest':
    case 'patient':
      return { kind: actor.kind, id: actor.accountId, name: null };
    // By a link or an SMS, not by an account: history says that the patient did it.
    case 'addressee':
      return { kind: 'guest', id: null, name: null };
    case 'system':
    case 'anonymous':
      return { kind: 'system', id: null, name: null };
  }
}
