import type { TestDatabase } from './database.js';

const id = (kind: number, n: number): string => `00000000-0000-4000-8000-0000000${kind}${String(n).padStart(4, '0')}`;

/** One practitioner with two calendars' worth of services, and nobody's data: for tests of time alone. */
export const bareClinic = {
  clinic: id(1, 0),
  branch: id(2, 0),
  practitioner: id(3, 0),
  /** Of the state and of the paid calendar, in this order. */
  calendars: [id(4, 0), id(4, 1)],
  services: [id(5, 0), id(5, 1)],
  staffMember: id(6, 0),
  account: id(7, 0),
  owner: (n: number): string => id(8, n),
} as const;

export interface BareCalendar {
  readonly grid: number;
  readonly buffersMayLeaveOpening: boolean;
  readonly noticeMinutes: number;
  readonly horizonDays: number;
  readonly services: readonly { minutes: number; bufferBefore: number; bufferAfter: number }[];
}

/** Makes a Latvian clinic in an empty database, with one branch in the zone, whose country's holidays it keeps. */
export async function openBareClinic({ sql }: TestDatabase, zone: string): Promise<void> {
  const words = JSON.stringify({ lv: '-', et: '-', en: '-', ru: '-' });
  const { clinic, branch, practitioner, services, account, staffMember } = bareClinic;
  await sql(
    `insert into clinic (id, slug, country, name, registration_number, phone, email, published, created_at)
     values ($1, 'clinic', 'LV', 'Clinic', '1', '1', 'a@clinic.example', true, '2026-01-01')`,
    [clinic],
  );
  await sql(
    `insert into branch (id, clinic_id, slug, name, city, address, postal_code, zone, phone, emergency)
     values ($1, $2, 'branch', 'Branch', 'City', 'Street 1', '1', $3, '1', '{"name":"","address":"","phone":""}')`,
    [branch, clinic, zone],
  );
  await sql(`insert into account (id, language, created_at) values ($1, 'lv', '2026-01-01')`, [account]);
  await sql(
    `insert into staff_member (id, account_id, clinic_id, role, display_name, active_from)
     values ($1, $2, $3, 'admin', 'A', '2026-01-01')`,
    [staffMember, account, clinic],
  );
  await sql(`insert into specialty (id, name) values ('general', $1)`, [words]);
  await sql(
    `insert into practitioner (id, slug, given_name, family_name, created_at) values ($1, 'doctor', 'A', 'B', '2026-01-01')`,
    [practitioner],
  );
  await sql(`insert into resource (id, kind, practitioner_id) values ($1, 'practitioner', $1)`, [practitioner]);
  for (const service of services)
    await sql(`insert into service (id, clinic_id, specialty_id, name, minutes) values ($1, $2, 'general', $3, 30)`, [
      service,
      clinic,
      words,
    ]);
}

/** Replaces the calendars, and with them all hours, closures and taken time. */
export async function setBareCalendars(
  { sql }: TestDatabase,
  calendars: readonly BareCalendar[],
  published: boolean,
): Promise<void> {
  await sql(
    `delete from occupation; delete from free_day; delete from opening; delete from closure; delete from working_hours;
     delete from opening_limit; delete from day_hours;
     delete from calendar_service; delete from calendar`,
  );
  const { clinic, branch, practitioner, services } = bareClinic;
  for (const [n, calendar] of calendars.entries()) {
    await sql(
      `insert into calendar (id, clinic_id, branch_id, resource_id, payer, grid_minutes, minimum_notice_minutes, horizon_days,
                             buffers_may_leave_opening, published, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '2026-01-01')`,
      [
        bareClinic.calendars[n],
        clinic,
        branch,
        practitioner,
        n === 0 ? 'state' : 'paid',
        calendar.grid,
        calendar.noticeMinutes,
        calendar.horizonDays,
        calendar.buffersMayLeaveOpening,
        published,
      ],
    );
    for (const [m, service] of calendar.services.entries())
      await sql(
        `insert into calendar_service (calendar_id, service_id, clinic_id, minutes, buffer_before, buffer_after, price_cents)
         values ($1, $2, $3, $4, $5, $6, 0)`,
        [bareClinic.calendars[n], services[m], clinic, service.minutes, service.bufferBefore, service.bufferAfter],
      );
  }
}
