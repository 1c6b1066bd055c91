import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './database.js';

/** A calendar that can be booked, with everything it hangs on. */
export interface BookableCalendar {
  clinicId: string;
  branchId: string;
  practitionerId: string;
  serviceId: string;
  calendarId: string;
}

export interface CalendarWishes {
  payer?: 'state' | 'paid';
  confirmation?: 'automatic' | 'manual';
  minutes?: number;
  bufferBefore?: number;
  bufferAfter?: number;
  grid?: number;
  minimumNoticeMinutes?: number;
  horizonDays?: number;
  lateCancelHours?: number;
  city?: string;
  zone?: 'Europe/Riga' | 'Europe/Tallinn';
  /** Published openings; by default the eight hours from 07:00 UTC of each of the 20 days from `firstDay`. */
  openings?: { start: string; end: string }[];
  firstDay?: string;
  /** Beside another calendar: the same clinic, branch and service, and unless `practitioner` says so the same person. */
  beside?: BookableCalendar;
  practitioner?: 'same' | 'other';
}

const words = (text: string): string => JSON.stringify({ lv: text, et: text, en: text, ru: text });

/** A published calendar at a published clinic. Says only what matters to the story; the rest is ordinary. */
export async function aCalendar(database: TestDatabase, wishes: CalendarWishes = {}): Promise<BookableCalendar> {
  const { sql } = database;
  const at = '2026-01-01T00:00:00Z';
  const mark = randomUUID().slice(0, 8);
  const { beside } = wishes;
  await sql(`insert into specialty (id, name) values ('cardiology', $1) on conflict do nothing`, [words('Cardiology')]);
  const clinicId = beside?.clinicId ?? randomUUID();
  const branchId = beside?.branchId ?? randomUUID();
  const serviceId = beside?.serviceId ?? randomUUID();
  const calendarId = randomUUID();
  if (!beside) {
    await sql(
      `insert into clinic (id, slug, country, name, registration_number, phone, email, published, created_at)
       values ($1, $2, 'LV', 'Klīnika Liepa', '40003000000', '+37167000000', 'info@liepa.example', true, $3)`,
      [clinicId, `liepa-${mark}`, at],
    );
    await sql(
      `insert into branch (id, clinic_id, slug, name, city, address, postal_code, room, zone, phone, emergency)
       values ($1, $2, 'centrs', 'Centrs', $3, 'Brīvības iela 1', 'LV-1010', '12', $4, '+37167000000',
               '{"name": "RAKUS", "address": "Hipokrāta iela 2, Rīga", "phone": "113"}')`,
      [branchId, clinicId, wishes.city ?? 'Rīga', wishes.zone ?? 'Europe/Riga'],
    );
    await sql(
      `insert into service (id, clinic_id, specialty_id, name, minutes) values ($1, $2, 'cardiology', $3, 30)`,
      [serviceId, clinicId, words('First visit')],
    );
  }
  const isSame = beside && wishes.practitioner !== 'other';
  const practitionerId = isSame ? beside.practitionerId : randomUUID();
  if (!isSame) {
    await sql(
      `insert into practitioner (id, slug, given_name, family_name, languages, published, created_at)
       values ($1, $2, 'Anna', 'Bērziņa', '{lv,ru}', true, $3)`,
      [practitionerId, `anna-berzina-${mark}`, at],
    );
    await sql(`insert into practitioner_specialty (practitioner_id, specialty_id) values ($1, 'cardiology')`, [
      practitionerId,
    ]);
    await sql(`insert into practitioner_role (clinic_id, practitioner_id, active_from) values ($1, $2, '2026-01-01')`, [
      clinicId,
      practitionerId,
    ]);
    await sql(`insert into resource (id, kind, practitioner_id) values ($1, 'practitioner', $1)`, [practitionerId]);
  }
  await sql(
    `insert into calendar (id, clinic_id, branch_id, resource_id, payer, confirmation, grid_minutes, minimum_notice_minutes,
                           horizon_days, late_cancel_hours, published, published_until, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true, '2030-01-01', $11)`,
    [
      calendarId,
      clinicId,
      branchId,
      practitionerId,
      wishes.payer ?? 'paid',
      wishes.confirmation ?? 'automatic',
      wishes.grid ?? 30,
      wishes.minimumNoticeMinutes ?? 60,
      wishes.horizonDays ?? 90,
      wishes.lateCancelHours ?? 24,
      at,
    ],
  );
  await sql(
    `insert into calendar_service (calendar_id, service_id, clinic_id, minutes, buffer_before, buffer_after, price_cents)
     values ($1, $2, $3, $4, $5, $6, 4500)`,
    [calendarId, serviceId, clinicId, wishes.minutes ?? 30, wishes.bufferBefore ?? 0, wishes.bufferAfter ?? 0],
  );
  const first = Temporal.PlainDate.from(wishes.firstDay ?? '2026-12-01');
  const openings =
    wishes.openings ??
    Array.from({ length: 20 }, (_, index) => {
      const day = first.add({ days: index }).toString();
      return { start: `${day}T07:00:00Z`, end: `${day}T15:00:00Z` };
    });
  await sql(
    `insert into opening (calendar_id, clinic_id, during)
     select $1, $2, tstzrange(o.starts, o.ends) from unnest($3::timestamptz[], $4::timestamptz[]) as o(starts, ends)`,
    [calendarId, clinicId, openings.map(({ start }) => start), openings.map(({ end }) => end)],
  );
  return { clinicId, branchId, practitionerId, serviceId, calendarId };
}

/** Brings the free days of a calendar's practitioner up to date, as publishing would have. */
export async function freeDaysAsOf(
  database: TestDatabase,
  { practitionerId }: BookableCalendar,
  now: string,
): Promise<void> {
  await database.sql(`select refresh_free_days($1, '2025-01-01', '2030-01-01', $2)`, [practitionerId, now]);
}

/** Someone with a proven e-mail address. */
export async function anAccount(database: TestDatabase, email = `${randomUUID()}@example.com`): Promise<string> {
  const [row] = await database.sql<{ id: string }>(
    `insert into account (email, email_verified_at, language, created_at) values ($1, now(), 'lv', now()) returning id`,
    [email],
  );
  return (row as { id: string }).id;
}

/** Someone who works at a clinic's desk. */
export async function aStaffMember(
  database: TestDatabase,
  clinicId: string,
  role: 'registrar' | 'admin' = 'registrar',
): Promise<{ accountId: string; staffMemberId: string }> {
  const accountId = await anAccount(database);
  const [row] = await database.sql<{ id: string }>(
    `insert into staff_member (account_id, clinic_id, role, display_name, active_from)
     values ($1, $2, $3, 'Ilze Kalniņa', '2026-01-01') returning id`,
    [accountId, clinicId, role],
  );
  return { accountId, staffMemberId: (row as { id: string }).id };
}
