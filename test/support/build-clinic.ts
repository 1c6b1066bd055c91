import { insert, longAgo, unique } from './build-row.js';
import type { TestDatabase } from './database.js';

const inAllLanguages = (words: string): string => JSON.stringify({ lv: words, et: words, en: words, ru: words });

export interface Clinic {
  id: string;
  slug: string;
  country: 'LV' | 'EE';
}

export async function aClinic(
  database: TestDatabase,
  { country = 'LV', name = 'Klīnika', slug = unique('clinic') }: Partial<Clinic> & { name?: string } = {},
): Promise<Clinic> {
  const id = await insert(database, 'clinic', {
    slug,
    country,
    name,
    registration_number: '40000000000',
    phone: '+37160000000',
    email: 'desk@clinic.example',
    complaint_contacts: JSON.stringify([{ name: 'Veselības inspekcija', phone: '+37167081600' }]),
    published: true,
    created_at: longAgo,
  });
  return { id, slug, country };
}

export interface Branch {
  id: string;
  clinicId: string;
  city: string;
  zone: string;
}

export async function aBranch(
  database: TestDatabase,
  { clinic, city }: { clinic?: Clinic; city?: string } = {},
): Promise<Branch> {
  const { id: clinicId, country } = clinic ?? (await aClinic(database));
  const zone = country === 'EE' ? 'Europe/Tallinn' : 'Europe/Riga';
  const place = city ?? (country === 'EE' ? 'Tallinn' : 'Rīga');
  const id = await insert(database, 'branch', {
    clinic_id: clinicId,
    slug: unique('branch'),
    name: 'Filiāle',
    city: place,
    address: 'Brīvības iela 1',
    postal_code: 'LV-1010',
    zone,
    phone: '+37160000000',
    emergency: JSON.stringify({ name: 'Slimnīca', address: 'Hipokrāta iela 2', phone: '113' }),
  });
  return { id, clinicId, city: place, zone };
}

export interface Practitioner {
  /** Also the id of the resource. */
  id: string;
  slug: string;
}

export async function aPractitioner(
  database: TestDatabase,
  {
    clinic,
    givenName = 'Anna',
    familyName = 'Kalniņa',
    specialty = 'cardiology',
  }: { clinic: Pick<Clinic, 'id'>; givenName?: string; familyName?: string; specialty?: string },
): Promise<Practitioner> {
  const slug = unique('doctor');
  const id = await insert(database, 'practitioner', {
    slug,
    given_name: givenName,
    family_name: familyName,
    languages: ['lv', 'en'],
    published: true,
    created_at: longAgo,
  });
  await insert(database, 'practitioner_role', { clinic_id: clinic.id, practitioner_id: id, active_from: '2026-01-01' });
  await aSpecialty(database, specialty);
  await insert(database, 'practitioner_specialty', { practitioner_id: id, specialty_id: specialty });
  await insert(database, 'resource', { id, kind: 'practitioner', practitioner_id: id });
  return { id, slug };
}

/** Called as its id, so that stories can tell it; the official ones come with the migrations. */
async function aSpecialty(database: TestDatabase, id: string): Promise<void> {
  await database.sql(
    'insert into specialty (id, name) values ($1, $2) on conflict (id) do update set name = excluded.name',
    [id, inAllLanguages(id)],
  );
}

export interface ServiceWish {
  clinic: Pick<Clinic, 'id'>;
  name?: string;
  specialty?: string;
  minutes?: number;
}

export async function aService(
  database: TestDatabase,
  { clinic, name = 'Konsultācija', specialty = 'cardiology', minutes = 30 }: ServiceWish,
): Promise<string> {
  await aSpecialty(database, specialty);
  return insert(database, 'service', {
    clinic_id: clinic.id,
    specialty_id: specialty,
    name: inAllLanguages(name),
    minutes,
  });
}

export interface Calendar {
  id: string;
  clinicId: string;
  branchId: string;
  /** The practitioner's id. */
  resourceId: string;
  serviceId: string;
  payer: 'state' | 'paid';
  zone: string;
}

export interface CalendarWish {
  clinic?: Clinic;
  branch?: Branch;
  practitioner?: Practitioner;
  payer?: 'state' | 'paid';
  confirmation?: 'automatic' | 'manual';
  minutes?: number;
  bufferBefore?: number;
  bufferAfter?: number;
  priceCents?: number;
  gridMinutes?: number;
  noticeMinutes?: number;
  horizonDays?: number;
  lateCancelHours?: number;
  answerWithinHours?: number;
  /** Working time on the branch's wall clock: [['2027-03-01T09:00', '2027-03-01T12:00']]. */
  open?: readonly (readonly [string, string])[];
  /** With `open`, the moment at which the free days are computed. */
  now?: string;
}

/** A published calendar of one practitioner with one service; clinic, branch and practitioner are made when not given. */
export async function aCalendar(database: TestDatabase, wish: CalendarWish = {}): Promise<Calendar> {
  const branch = wish.branch ?? (await aBranch(database, wish.clinic ? { clinic: wish.clinic } : {}));
  const clinic = { id: branch.clinicId };
  const practitioner = wish.practitioner ?? (await aPractitioner(database, { clinic }));
  const { payer = 'paid', minutes = 30 } = wish;
  const serviceId = await aService(database, { clinic, minutes });
  const id = await insert(database, 'calendar', {
    clinic_id: clinic.id,
    branch_id: branch.id,
    resource_id: practitioner.id,
    payer,
    confirmation: wish.confirmation,
    grid_minutes: wish.gridMinutes,
    minimum_notice_minutes: wish.noticeMinutes,
    horizon_days: wish.horizonDays,
    late_cancel_hours: wish.lateCancelHours,
    answer_within_hours: wish.answerWithinHours,
    published: true,
    created_at: longAgo,
  });
  await insert(database, 'calendar_service', {
    calendar_id: id,
    service_id: serviceId,
    clinic_id: clinic.id,
    minutes,
    buffer_before: wish.bufferBefore,
    buffer_after: wish.bufferAfter,
    price_cents: wish.priceCents ?? (payer === 'state' ? 0 : 4500),
  });
  const calendar = {
    id,
    clinicId: clinic.id,
    branchId: branch.id,
    resourceId: practitioner.id,
    serviceId,
    payer,
    zone: branch.zone,
  };
  for (const [from, to] of wish.open ?? []) await anOpening(database, calendar, from, to);
  if (wish.open && wish.now) await refreshFreeDays(database, calendar, wish.now);
  return calendar;
}

/** Published working time, on the branch's wall clock. Free days are not touched: see `refreshFreeDays`. */
export async function anOpening(database: TestDatabase, calendar: Calendar, from: string, to: string): Promise<void> {
  const instant = (wallTime: string): string =>
    Temporal.PlainDateTime.from(wallTime).toZonedDateTime(calendar.zone).toInstant().toString();
  await database.sql("insert into opening (calendar_id, clinic_id, during) values ($1, $2, tstzrange($3, $4, '[)'))", [
    calendar.id,
    calendar.clinicId,
    instant(from),
    instant(to),
  ]);
}

/** Computes the free days of a calendar's practitioner as publishing would, for half a year around a moment. */
export async function refreshFreeDays(
  database: TestDatabase,
  { resourceId }: Pick<Calendar, 'resourceId'>,
  now: string,
): Promise<void> {
  await database.sql(
    'select refresh_free_days($1, ($2::timestamptz)::date - 7, ($2::timestamptz)::date + 180, $2::timestamptz)',
    [resourceId, now],
  );
}

/** An instant from the branch's wall clock, as the API takes it. */
export const at = ({ zone }: Pick<Calendar, 'zone'>, wallTime: string): string =>
  Temporal.PlainDateTime.from(wallTime).toZonedDateTime(zone).toInstant().toString();
