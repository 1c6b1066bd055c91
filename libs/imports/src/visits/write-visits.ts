import { bringInAppointments, bringInContacts, lockPatients, markOutside } from '#libs/appointments';
import {
  bringInRooms,
  bringInTaken,
  dropExpiredHolds,
  freeDaysChanged,
  lockResources,
  type Payer,
  roomsOfServices,
  type TakenBroughtIn,
} from '#libs/calendars';
import { bringInPatients } from '#libs/people';
import { type Language, parseRange, type Tx } from '#libs/platform';
import { keepMemorySmall } from '../keep-memory-small.js';
import type { Known } from '../known.js';
import type { Findings } from '../mistakes.js';

/** So many at a time: enough for the statements to be cheap, few enough for memory. */
const batch = 1000;

/** Locks everything that the staged visits touch, as a booking would: resources, then (later) patients. */
export async function lockTouched(tx: Tx, known: Known, plannedResources: readonly string[]): Promise<void> {
  const rows = await tx.query<{ resource_id: string; branches: string[]; services: string[] | null }>(
    `select resource_id, array_agg(distinct branch_id) as branches,
            array_agg(distinct service_id) filter (where needs_room) as services
       from staged_visit where state = 'added' group by resource_id`,
  );
  const rooms = await roomsOfServices(
    tx,
    known.clinicId,
    [...new Set(rows.flatMap((row) => row.branches))],
    [...new Set(rows.flatMap((row) => row.services ?? []))],
  );
  const resources = [...new Set([...plannedResources, ...rows.map((row) => row.resource_id), ...rooms])];
  await lockResources(tx, resources);
  for (const resource of resources) await dropExpiredHolds(tx, resource, known.now);
}

/** After the resources: the patients whom the clinic knows already. */
export async function lockKnownPatients(tx: Tx): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    `select distinct patient_id as id from staged_visit where patient_id is not null`,
  );
  await lockPatients(
    tx,
    rows.map(({ id }) => id),
  );
}

interface Staged {
  n: number;
  file: number;
  line: number;
  key: string;
  id: string;
  calendar_id: string;
  service_id: string;
  branch_id: string;
  resource_id: string;
  zone: string;
  payer: Payer;
  price_cents: number;
  tariff_cents: number;
  needs_room: boolean;
  visit: string;
  taken: string;
  given_name: string;
  family_name: string;
  birth_date: string | null;
  code_country: 'LV' | 'EE' | null;
  code_sealed: Buffer | null;
  code_index: Buffer | null;
  email: string | null;
  phone: string | null;
  language: Language;
  core: Buffer;
  contacts: Buffer;
}

/** Who brings in, as the history names them. */
export interface BroughtInBy {
  id: string;
  name: string;
}

/**
 * Writes the staged visits that are new, and the contacts of those that changed. Nobody is told: the patients know.
 * @param progress is told how many rows are done
 */
export async function writeVisits(
  tx: Tx,
  known: Known,
  by: BroughtInBy,
  findings: Findings,
  progress: (rows: number) => Promise<void>,
): Promise<void> {
  let after = 0;
  let outside = 0;
  for (;;) {
    const rows = await tx.query<Staged>(
      `select n, file, line, key, id, calendar_id, service_id, branch_id, resource_id, zone, payer, price_cents, tariff_cents,
              needs_room, visit::text, taken::text, given_name, family_name, birth_date::text, code_country, code_sealed,
              code_index, email, phone, language, core, contacts
         from staged_visit where n > $1 and state = 'added' order by n limit ${batch}`,
      [after],
    );
    if (rows.length === 0) break;
    after = rows.at(-1)?.n ?? after;
    outside += await writeBatch(tx, known, by, findings, rows);
    if (rows.length === batch) keepMemorySmall();
    await progress(after);
  }
  await writeContacts(tx, known);
  const counts = findings.counts.appointment;
  if (counts && outside > 0) counts.outside = outside;
}

async function writeBatch(
  tx: Tx,
  known: Known,
  by: BroughtInBy,
  findings: Findings,
  rows: readonly Staged[],
): Promise<number> {
  const { clinicId, now } = known;
  const patients = await bringInPatients(
    tx,
    clinicId,
    rows.map((row) => ({
      givenName: row.given_name,
      familyName: row.family_name,
      birthDate: row.birth_date === null ? null : Temporal.PlainDate.from(row.birth_date),
      code:
        row.code_country && row.code_sealed && row.code_index
          ? { country: row.code_country, sealed: row.code_sealed, index: row.code_index }
          : null,
      email: row.email,
      phone: row.phone,
      language: row.language,
    })),
    now,
  );
  const visits = rows.map((row) => ({ row, visit: parseRange(row.visit), taken: parseRange(row.taken) }));
  await bringInAppointments(
    tx,
    clinicId,
    by,
    visits.map(({ row, visit }, index) => ({
      id: row.id,
      branchId: row.branch_id,
      calendarId: row.calendar_id,
      serviceId: row.service_id,
      resourceId: row.resource_id,
      patientId: patients[index] ?? '',
      payer: row.payer,
      visit,
      zone: row.zone,
      priceCents: row.price_cents,
      email: row.email,
      phone: row.phone,
      language: row.language,
    })),
    now,
  );
  const takes = visits.map(({ row, visit, taken }): TakenBroughtIn => ({
    appointmentId: row.id,
    resourceId: row.resource_id,
    calendarId: row.calendar_id,
    serviceId: row.service_id,
    during: taken,
    visit,
    tariffCents: row.tariff_cents,
  }));
  await bringInTaken(tx, clinicId, takes);
  for (const [index, row] of rows.entries()) {
    const taken = takes[index];
    if (!row.needs_room || !taken) continue;
    if (!(await bringInRooms(tx, { clinicId, branchId: row.branch_id }, taken, now)))
      findings.add({ file: row.file, line: row.line, place: 'service', code: 'no-room' });
  }
  await tx.query(
    `insert into import_key (clinic_id, kind, key, id, fingerprint, contacts)
     select $1, 'appointment', k.key, k.id, k.core, k.contacts
       from unnest($2::text[], $3::uuid[], $4::bytea[], $5::bytea[]) as k(key, id, core, contacts)`,
    [
      clinicId,
      rows.map((row) => row.key),
      rows.map((row) => row.id),
      rows.map((row) => row.core),
      rows.map((row) => row.contacts),
    ],
  );
  const ids = rows.map((row) => row.id);
  return markOutside(tx, clinicId, ids, now);
}

async function writeContacts(tx: Tx, known: Known): Promise<void> {
  const rows = await tx.query<{ id: string; email: string | null; phone: string | null; language: Language }>(
    `select id, email, phone, language from staged_visit where state = 'changed' order by n`,
  );
  if (rows.length === 0) return;
  await bringInContacts(tx, known.clinicId, rows);
  await tx.query(
    `update import_key k set contacts = s.contacts from staged_visit s
      where s.state = 'changed' and k.clinic_id = $1 and k.kind = 'appointment' and k.key = s.key`,
    [known.clinicId],
  );
}

/** No calendar is published further ahead. */
const longestHorizon = { hours: 24 * 731 };

/** Last of all: brings the free days of every touched resource up to date, once. */
export async function refreshFreeDays(tx: Tx, known: Known, ofPlan: readonly string[]): Promise<void> {
  const whole = new Set(ofPlan);
  for (const id of [...whole].sort())
    await freeDaysChanged(tx, id, { start: known.now, end: known.now.add(longestHorizon) }, known.zone, known.now);
  const touched = await tx.query<{ id: string; zone: string; reach: string }>(
    `select resource_id as id, min(zone) as zone, tstzrange(min(lower(taken)), max(upper(taken)))::text as reach
       from staged_visit where state = 'added' group by resource_id order by resource_id`,
  );
  for (const { id, zone, reach } of touched)
    if (!whole.has(id)) await freeDaysChanged(tx, id, parseRange(reach), zone, known.now);
}
