import type { Payer } from '#libs/calendars';
import { type Language, newReference, rangeOf, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { isOutside } from './queries/visits-outside.js';

/** An appointment of an import, checked; price in cents. */
export interface AppointmentBroughtIn {
  id: string;
  branchId: string;
  calendarId: string;
  serviceId: string;
  resourceId: string;
  patientId: string;
  payer: Payer;
  visit: Interval;
  zone: string;
  priceCents: number;
  email: string | null;
  phone: string | null;
  language: Language;
}

/** Locks patients for the rest of the transaction, after all resources, each by ascending id (promise 2). */
export async function lockPatients(tx: Tx, patientIds: readonly string[]): Promise<void> {
  await tx.query(`select id from patient where id = any($1) order by id for no key update`, [patientIds]);
}

/**
 * Writes booked appointments that the clinic made elsewhere, with their first step of history, which tells nobody: the
 * patients know of them. The caller holds the locks of resources and patients and writes the taken time.
 * @throws the database's violation of `appointment_patient_free`
 */
export async function bringInAppointments(
  tx: Tx,
  clinicId: string,
  staff: { id: string; name: string },
  appointments: readonly AppointmentBroughtIn[],
  now: Temporal.Instant,
): Promise<void> {
  const column = <T>(of: (appointment: AppointmentBroughtIn) => T): T[] => appointments.map(of);
  await tx.query(
    `insert into appointment
       (id, reference, clinic_id, branch_id, calendar_id, service_id, resource_id, patient_id, payer, status, origin,
        starts_at, ends_at, promised_wall_time, zone, price_cents, contact_email, contact_phone, language,
        created_at, created_by_kind, created_by_id)
     select a.id, a.reference, $1, a.branch, a.calendar, a.service, a.resource, a.patient, a.payer, 'booked', 'import',
            lower(a.visit), upper(a.visit), lower(a.visit) at time zone a.zone, a.zone, a.price, a.email, a.phone, a.language,
            $2, 'staff', $3
       from unnest($4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::text[],
                   $12::tstzrange[], $13::text[], $14::integer[], $15::text[], $16::text[], $17::text[])
            as a(id, reference, branch, calendar, service, resource, patient, payer, visit, zone, price, email, phone, language)`,
    [
      clinicId,
      now.toString(),
      staff.id,
      column((each) => each.id),
      column(() => newReference()),
      column((each) => each.branchId),
      column((each) => each.calendarId),
      column((each) => each.serviceId),
      column((each) => each.resourceId),
      column((each) => each.patientId),
      column((each) => each.payer),
      column((each) => rangeOf(each.visit)),
      column((each) => each.zone),
      column((each) => each.priceCents),
      column((each) => each.email),
      column((each) => each.phone),
      column((each) => each.language),
    ],
  );
  await tx.query(
    `insert into appointment_event
       (clinic_id, appointment_id, version, at, kind, actor_kind, actor_id, actor_name, to_status, to_starts_at, to_ends_at,
        to_resource_id, sequence, tells)
     select $1, a.id, 1, $2, 'booked', 'staff', $3, $4, 'booked', lower(a.visit), upper(a.visit), a.resource, 0, false
       from unnest($5::uuid[], $6::tstzrange[], $7::uuid[]) as a(id, visit, resource)`,
    [
      clinicId,
      now.toString(),
      staff.id,
      staff.name,
      column((each) => each.id),
      column((each) => rangeOf(each.visit)),
      column((each) => each.resourceId),
    ],
  );
}

/** Changes how the people of appointments are reached, and nothing else of them. */
export async function bringInContacts(
  tx: Tx,
  clinicId: string,
  contacts: readonly { id: string; email: string | null; phone: string | null; language: Language }[],
): Promise<void> {
  await tx.query(
    `update appointment a set contact_email = c.email, contact_phone = c.phone, language = c.language
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as c(id, email, phone, language)
      where a.clinic_id = $1 and a.id = c.id`,
    [
      clinicId,
      contacts.map((each) => each.id),
      contacts.map((each) => each.email),
      contacts.map((each) => each.phone),
      contacts.map((each) => each.language),
    ],
  );
}

/**
 * Marks those of these appointments that stand outside published hours: staff see them on the work list. What lies beyond
 * the published days, or in a calendar without hours, waits for its hours. @returns how many
 */
export async function markOutside(
  tx: Tx,
  clinicId: string,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<number> {
  const rows = await tx.query(
    `update appointment a set orphaned_at = $3, orphaned_why = 'hours'
       from calendar k
      where a.clinic_id = $1 and a.id = any($2) and k.id = a.calendar_id and k.published
        and (a.starts_at at time zone a.zone)::date <= k.published_until and (${isOutside})
     returning a.id`,
    [clinicId, ids, now.toString()],
  );
  return rows.length;
}
