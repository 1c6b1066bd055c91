import { Injectable } from '@nestjs/common';
import { type Actor, mayDo, orAttempted, requireStaff } from '#libs/access';
import type { Confirmation, Payer } from '#libs/calendars';
import { Database, type Language, open, Refusal, type Words } from '#libs/platform';
import type { ActorKind, Former, Origin } from '../appointment.entity.js';
import { promisedStart } from '../appointment-rows.js';
import { ofAccount } from '../may-change.js';
import { cancelDeadline } from '../rules/deadlines.js';
import { roomOfVisit } from '../place-of-visit.js';
import type { OrphanReason } from '../orphan-marks.js';
import type { Status } from '../rules/status.js';
import type { LastStep } from '../rules/undo.js';
import { lastStepColumn, lastStepFrom, type LastStepJson } from './last-step.js';

/** Everything that a page, an API answer or a letter needs of one appointment. Prices in cents. */
export interface AppointmentView {
  id: string;
  reference: string;
  status: Status;
  version: number;
  sequence: number;
  icsUid: string;
  origin: Origin;
  payer: Payer;
  start: Temporal.Instant;
  end: Temporal.Instant;
  timeZone: string;
  priceCents: number;
  language: Language;
  createdAt: Temporal.Instant;
  createdByKind: ActorKind;
  /** By when the clinic answers, while it is pending. */
  answerDueAt: Temporal.Instant | null;
  /** Where it stands until the clinic answers to a move. */
  former: Former | null;
  /** The room that staff gave this visit alone; absent or null: `branch.room` is that of its place. */
  ownRoom?: string | null;
  lateCancel: boolean;
  cancelReason: string | null;
  /** The newest step of its history; `undoOf` says whether staff can take it back. */
  lastStep: LastStep | null;
  /** Why it has no opening; absent or null: it has one, or staff keep it for good. */
  orphanedWhy?: OrphanReason | null;
  /** Cancelling later than this is late; null where the clinic has no such rule. */
  cancelDeadline: Temporal.Instant | null;
  lateCancelHours: number;
  calendarId: string;
  confirmation: Confirmation;
  clinic: {
    id: string;
    slug: string;
    name: string;
    country: 'LV' | 'EE';
    registrationNumber: string;
    phone: string;
    email: string;
    namedInLetters: boolean;
    practitionerNamedInLetters: boolean;
  };
  branch: {
    id: string;
    slug: string;
    name: string;
    city: string;
    address: string;
    postalCode: string;
    /** Where staff put this visit, else the rooms that it takes besides who receives the patient, else the branch's own. Letters name it. */
    room: string | null;
    phone: string;
  };
  /** Who receives the patient; a room or device that is booked by itself has its id as slug and its name as family name. */
  practitioner: {
    id: string;
    kind: 'practitioner' | 'room' | 'device';
    slug: string;
    title: Words;
    givenName: string;
    familyName: string;
    name: string;
  };
  service: {
    id: string;
    name: Words;
    minutes: number;
    preparation: Words;
    mode: 'in-person' | 'phone' | 'video';
    specialtyId: string;
  };
  patient: { id: string; givenName: string; familyName: string };
  accountId: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  wishesSms: boolean;
  mailReminders: boolean;
  /** For this visit, or for all of the account's: letters name nothing but that there is something to read. */
  isStrict: boolean;
  /** When the patient said that they come to this start. */
  patientConfirmedAt: Temporal.Instant | null;
  /** Only for those who may read it; see `reasonFor`. */
  reasonSealed: Buffer | null;
}

interface Row extends Omit<
  AppointmentView,
  'start' | 'end' | 'createdAt' | 'answerDueAt' | 'cancelDeadline' | 'reasonSealed' | 'lastStep' | 'patientConfirmedAt'
> {
  lastStep: LastStepJson | null;
  starts_at: Date;
  ends_at: Date;
  created_at: Date;
  answer_due_at: Date | null;
  reason_sealed: Buffer | null;
  confirmed_at: Date | null;
}

/** The columns of a view; `a` is the appointment. */
export const viewColumns = `
  a.id, a.reference, a.status, a.version, a.sequence, a.ics_uid as "icsUid", a.origin, a.payer, a.starts_at, a.ends_at,
  a.zone as "timeZone", a.price_cents as "priceCents", a.language, a.created_at, a.created_by_kind as "createdByKind",
  a.answer_due_at, a.former, a.room as "ownRoom", a.late_cancel as "lateCancel", a.cancel_reason as "cancelReason",
  case when a.orphan_kept_at is null then a.orphaned_why end as "orphanedWhy",
  ${lastStepColumn},
  coalesce(cs.late_cancel_hours, c.late_cancel_hours) as "lateCancelHours", a.calendar_id as "calendarId",
  coalesce(cs.confirmation, s.confirmation, c.confirmation) as confirmation, a.account_id as "accountId",
  a.contact_email as "contactEmail", a.contact_phone as "contactPhone", a.reason_sealed,
  a.wishes_sms as "wishesSms", a.mail_reminders as "mailReminders",
  (a.strict_letters or exists (select from notice_choice where account_id = a.account_id and strict)) as "isStrict",
  case when a.patient_confirmed_start = a.starts_at then a.patient_confirmed_at end as confirmed_at,
  json_build_object('id', k.id, 'slug', k.slug, 'name', k.name, 'country', k.country, 'registrationNumber', k.registration_number,
    'phone', k.phone, 'email', k.email, 'namedInLetters', k.named_in_letters,
    'practitionerNamedInLetters', k.practitioner_named_in_letters) as clinic,
  json_build_object('id', b.id, 'slug', b.slug, 'name', b.name, 'city', b.city, 'address', b.address, 'postalCode', b.postal_code,
    'room', ${roomOfVisit},
    'phone', b.phone) as branch,
  json_build_object('id', r.id, 'kind', r.kind, 'slug', coalesce(d.slug, r.id::text), 'title', coalesce(d.title, '{}'),
    'givenName', coalesce(d.given_name, ''), 'familyName', coalesce(d.family_name, r.name),
    'name', coalesce(d.given_name || ' ' || d.family_name, r.name)) as practitioner,
  json_build_object('id', s.id, 'name', s.name, 'minutes', extract(epoch from a.ends_at - a.starts_at)::integer / 60,
    'preparation', s.preparation, 'mode', s.mode, 'specialtyId', s.specialty_id) as service,
  json_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name) as patient`;

/** The tables of a view. */
export const viewTables = `
  appointment a
  join calendar c on c.id = a.calendar_id
  join clinic k on k.id = a.clinic_id
  join branch b on b.id = a.branch_id
  join calendar_service cs on cs.calendar_id = a.calendar_id and cs.service_id = a.service_id
  join resource r on r.id = a.resource_id
  left join practitioner d on d.id = r.practitioner_id
  join service s on s.id = a.service_id
  join patient p on p.id = a.patient_id`;

export function viewOf(row: Row): AppointmentView {
  const {
    starts_at: starts,
    ends_at: ends,
    created_at: created,
    answer_due_at: due,
    reason_sealed: reasonSealed,
    confirmed_at: confirmed,
    ...rest
  } = row;
  const visit = { start: starts.toTemporalInstant(), end: ends.toTemporalInstant() };
  return {
    ...rest,
    ...visit,
    createdAt: created.toTemporalInstant(),
    answerDueAt: due?.toTemporalInstant() ?? null,
    patientConfirmedAt: confirmed?.toTemporalInstant() ?? null,
    cancelDeadline:
      row.lateCancelHours > 0 ? cancelDeadline(promisedStart({ ...row, visit }), row.lateCancelHours) : null,
    reasonSealed,
    lastStep: lastStepFrom(row.lastStep),
  };
}

export type ViewRow = Row;

/** Appointments one by one, for those who may see them. */
@Injectable()
export class Appointments {
  constructor(private readonly database: Database) {}

  /** @throws Refusal `not-signed-in`, `not-found` (also for what is someone else's), `not-allowed` */
  async find(actor: Actor, id: string): Promise<AppointmentView> {
    if (actor.kind === 'anonymous') throw new Refusal('not-signed-in');
    const [row] =
      actor.kind === 'guest' || actor.kind === 'patient'
        ? await this.database.read<Row>(`select ${viewColumns} from ${viewTables} where a.id = $2 and ${ofAccount}`, [
            actor.accountId,
            id,
          ])
        : await this.database.read<Row>(`select ${viewColumns} from ${viewTables} where a.id = $1`, [id]);
    if (!row) throw new Refusal('not-found');
    if (actor.kind === 'staff') {
      const { clinic, practitioner, branch, patient } = row;
      const record = { practitionerId: practitioner.id, branchId: branch.id };
      const look = { actor, patientId: patient.id, appointmentId: id, action: 'appointment', purpose: 'booking' };
      orAttempted(look, () => requireStaff(actor, clinic.id, 'calendar.read', record));
    }
    return viewOf(row);
  }

  /** Why the person comes, if it was told and the actor may read it; null otherwise. */
  reasonFor(actor: Actor, view: AppointmentView): string | null {
    if (!view.reasonSealed) return null;
    const mayRead =
      actor.kind === 'staff'
        ? mayDo(actor, 'reasons.read', { practitionerId: view.practitioner.id, branchId: view.branch.id })
        : actor.kind === 'guest' || actor.kind === 'patient';
    return mayRead ? open(view.reasonSealed) : null;
  }
}
