import type { TestDatabase } from './database.js';
import * as build from './builders.js';

/** A calendar that can be booked for three weeks, with everything it hangs on. */
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
  city?: string;
  /** Of the clinic; its branches' zone follows. */
  country?: 'LV' | 'EE';
  /** Published openings; by default the eight hours from 07:00 UTC of each of the 20 days from `firstDay`. */
  openings?: { start: string; end: string }[];
  firstDay?: string;
  /** Beside another calendar: the same clinic and branch, and unless `practitioner` says so the same person. */
  beside?: BookableCalendar;
  practitioner?: 'same' | 'other';
}

/** A published calendar at a published clinic, on the half hour unless told. Says only what matters to the story. */
export async function aCalendar(database: TestDatabase, wishes: CalendarWishes = {}): Promise<BookableCalendar> {
  const { beside, country = 'LV', payer, confirmation, minutes, bufferBefore, bufferAfter, city } = wishes;
  const zone = country === 'EE' ? 'Europe/Tallinn' : 'Europe/Riga';
  const branch = beside
    ? { id: beside.branchId, clinicId: beside.clinicId, city: '', zone }
    : await build.aBranch(database, { clinic: await build.aClinic(database, { country }), ...(city && { city }) });
  const practitioner =
    beside && wishes.practitioner !== 'other'
      ? { id: beside.practitionerId, slug: '' }
      : await build.aPractitioner(database, { clinic: { id: branch.clinicId }, familyName: 'Bērziņa' });
  const calendar = await build.aCalendar(database, {
    branch,
    practitioner,
    gridMinutes: wishes.grid ?? 30,
    ...(payer && { payer }),
    ...(confirmation && { confirmation }),
    ...(minutes && { minutes }),
    ...(bufferBefore && { bufferBefore }),
    ...(bufferAfter && { bufferAfter }),
  });
  const first = Temporal.PlainDate.from(wishes.firstDay ?? '2026-12-01');
  const openings =
    wishes.openings ??
    Array.from({ length: 20 }, (_, index) => {
      const day = first.add({ days: index }).toString();
      return { start: `${day}T07:00:00Z`, end: `${day}T15:00:00Z` };
    });
  await database.sql(
    `insert into opening (calendar_id, clinic_id, during)
     select $1, $2, tstzrange(o.starts, o.ends) from unnest($3::timestamptz[], $4::timestamptz[]) as o(starts, ends)`,
    [calendar.id, calendar.clinicId, openings.map(({ start }) => start), openings.map(({ end }) => end)],
  );
  return {
    clinicId: calendar.clinicId,
    branchId: calendar.branchId,
    practitionerId: calendar.resourceId,
    serviceId: calendar.serviceId,
    calendarId: calendar.id,
  };
}

/** Brings the free days of a calendar's practitioner up to date, as publishing would have. */
export const freeDaysAsOf = (
  database: TestDatabase,
  { practitionerId }: BookableCalendar,
  now: string,
): Promise<void> => build.refreshFreeDays(database, { resourceId: practitionerId }, now);

/** Someone with a proven e-mail address. */
export async function anAccount(database: TestDatabase, email?: string): Promise<string> {
  return (await build.anAccount(database, email ? { email } : {})).id;
}

/** Someone who works at a clinic's desk. */
export async function aStaffMember(
  database: TestDatabase,
  clinicId: string,
  role: 'registrar' | 'admin' = 'registrar',
): Promise<{ accountId: string; staffMemberId: string }> {
  const { id, accountId } = await build.aStaffMember(database, {
    clinic: { id: clinicId },
    role,
    name: 'Ilze Kalniņa',
  });
  return { accountId, staffMemberId: id };
}
