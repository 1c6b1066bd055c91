import { randomUUID } from 'node:crypto';
import type { Payer } from '#libs/calendars';
import type { Tx, Words } from '#libs/platform';
import type { BranchBroughtIn, ServiceBroughtIn } from '#libs/profiles';
import { localDate, type WeeklyHours } from '#libs/time';
import { folded } from './rules/cells.js';

/** What a clinic already has, and what the files add to it: found by key, else by a name that only one has. */
export class Things<T extends { id: string }> {
  private readonly byKey = new Map<string, T>();
  private readonly byName = new Map<string, T | null>();
  readonly byId = new Map<string, T>();

  add(thing: T, names: readonly string[]): void {
    this.byId.set(thing.id, thing);
    for (const name of new Set(names.map(folded).filter((each) => each !== '')))
      this.byName.set(name, this.byName.has(name) ? null : thing);
  }

  call(key: string, id: string): void {
    const thing = this.byId.get(id);
    if (thing) this.byKey.set(key, thing);
  }

  ofKey(key: string): T | undefined {
    return this.byKey.get(key);
  }

  /** @returns the thing, null when several have the name, undefined when none has */
  ofName(name: string): T | null | undefined {
    return this.byName.get(folded(name));
  }

  /** What a reference means: alternatives are parted by tabs, and the first that is known counts. */
  find(reference: string): T | null | undefined {
    const ways = reference.split('\t');
    return ways.map((way) => this.byKey.get(way)).find(Boolean) ?? ways.map((way) => this.ofName(way)).find(Boolean);
  }
}

export type KnownBranch = BranchBroughtIn;
export interface KnownPractitioner {
  id: string;
  givenName: string;
  familyName: string;
  title: Partial<Words>;
  languages: string[];
  specialties: string[];
  worksElsewhere: boolean;
}
export type KnownService = ServiceBroughtIn;
export interface KnownCalendar {
  id: string;
  resourceId: string;
  branchId: string;
  payer: Payer;
  zone: string;
  hasHours: boolean;
  rules: Readonly<Record<string, string | number>>;
}
export interface KnownOffer {
  minutes: number;
  bufferBefore: number;
  bufferAfter: number;
  priceCents: number;
  tariffCents: number;
  bySession: boolean;
  needsRoom: boolean;
}

/** Everything that rows are checked against. */
export interface Known {
  clinicId: string;
  /** Patients see the clinic: a new branch has to be whole at once. */
  isPublished: boolean;
  country: 'LV' | 'EE';
  language: 'lv' | 'et';
  zone: string;
  now: Temporal.Instant;
  today: Temporal.PlainDate;
  phone: string;
  specialties: Things<{ id: string }>;
  branches: Things<KnownBranch>;
  practitioners: Things<KnownPractitioner>;
  services: Things<KnownService>;
  calendars: Things<KnownCalendar>;
  ofResource: Map<string, KnownCalendar[]>;
  /** What is published, by calendar. */
  hours: Map<string, WeeklyHours[]>;
  /** By calendar and service, `<id> <id>`. */
  offers: Map<string, KnownOffer>;
  /** The services that a calendar offers. */
  servicesOf: Map<string, string[]>;
}

export const newId = (): string => randomUUID();
export const offerKey = (calendarId: string, serviceId: string): string => `${calendarId} ${serviceId}`;

/** What is added by the files shall be found by later rows, as what was there before. */
export function addCalendar(known: Known, calendar: KnownCalendar): void {
  known.calendars.add(calendar, []);
  known.ofResource.set(calendar.resourceId, [...(known.ofResource.get(calendar.resourceId) ?? []), calendar]);
}

export function addOffer(known: Known, calendarId: string, serviceId: string, offer: KnownOffer): void {
  known.offers.set(offerKey(calendarId, serviceId), offer);
  known.servicesOf.set(calendarId, [...(known.servicesOf.get(calendarId) ?? []), serviceId]);
}

const sorted = (words: readonly (string | undefined)[]): string[] => words.filter((word) => word !== undefined);

/** Reads what the clinic has. */
export async function whatIsKnown(tx: Pick<Tx, 'query'>, clinicId: string, now: Temporal.Instant): Promise<Known> {
  const [clinic] = await tx.query<{ country: 'LV' | 'EE'; phone: string; published: boolean }>(
    `select country, phone, published from clinic where id = $1`,
    [clinicId],
  );
  if (!clinic) throw new Error('an import without a clinic');
  const zone = clinic.country === 'EE' ? 'Europe/Tallinn' : 'Europe/Riga';
  const known: Known = {
    clinicId,
    isPublished: clinic.published,
    country: clinic.country,
    language: clinic.country === 'EE' ? 'et' : 'lv',
    zone,
    now,
    today: localDate(now, zone),
    phone: clinic.phone,
    specialties: new Things(),
    branches: new Things(),
    practitioners: new Things(),
    services: new Things(),
    calendars: new Things(),
    ofResource: new Map(),
    hours: new Map(),
    offers: new Map(),
    servicesOf: new Map(),
  };
  await readProfiles(tx, known);
  await readCalendars(tx, known);
  const keys = await tx.query<{ kind: string; key: string; id: string }>(
    `select kind, key, id from import_key where clinic_id = $1 and kind <> 'appointment'`,
    [clinicId],
  );
  const ofKind: Readonly<Record<string, Things<{ id: string }>>> = {
    branch: known.branches,
    practitioner: known.practitioners,
    service: known.services,
    calendar: known.calendars,
  };
  for (const { kind, key, id } of keys) ofKind[kind]?.call(key, id);
  return known;
}

async function readProfiles(tx: Pick<Tx, 'query'>, known: Known): Promise<void> {
  const specialties = await tx.query<{ id: string; name: Partial<Words> }>(
    `select id, name from specialty where $1 = any(countries)`,
    [known.country],
  );
  for (const { id, name } of specialties) known.specialties.add({ id }, [id, ...sorted(Object.values(name))]);
  const branches = await tx.query<KnownBranch & { slug: string }>(
    `select id, slug, name, city, address, postal_code as "postalCode", room, zone, phone, email, emergency
       from branch where clinic_id = $1`,
    [known.clinicId],
  );
  for (const branch of branches) known.branches.add(branch, [branch.name, branch.slug]);
  const practitioners = await tx.query<KnownPractitioner>(
    `select p.id, p.given_name as "givenName", p.family_name as "familyName", p.title, p.languages,
            array(select s.specialty_id from practitioner_specialty s where s.practitioner_id = p.id order by s.position) as specialties,
            exists (select from practitioner_role o where o.practitioner_id = p.id and o.clinic_id <> $1) as "worksElsewhere"
       from practitioner_role r join practitioner p on p.id = r.practitioner_id
      where r.clinic_id = $1`,
    [known.clinicId],
  );
  for (const each of practitioners) known.practitioners.add(each, [`${each.givenName} ${each.familyName}`]);
  const services = await tx.query<KnownService>(
    `select id, name, preparation, specialty_id as "specialtyId", minutes, buffer_before as "bufferBefore",
            buffer_after as "bufferAfter", mode, referral_required as "referralRequired"
       from service where clinic_id = $1 and active`,
    [known.clinicId],
  );
  for (const service of services) known.services.add(service, sorted(Object.values(service.name)));
}

async function readCalendars(tx: Pick<Tx, 'query'>, known: Known): Promise<void> {
  const calendars = await tx.query<KnownCalendar>(
    `select c.id, c.resource_id as "resourceId", c.branch_id as "branchId", c.payer, b.zone,
            exists (select from working_hours h where h.calendar_id = c.id) as "hasHours",
            json_build_object('confirmation', c.confirmation, 'grid_minutes', c.grid_minutes,
              'minimum_notice_minutes', c.minimum_notice_minutes, 'horizon_days', c.horizon_days,
              'late_cancel_hours', c.late_cancel_hours) as rules
       from calendar c join branch b on b.id = c.branch_id
      where c.clinic_id = $1`,
    [known.clinicId],
  );
  for (const calendar of calendars) addCalendar(known, calendar);
  const offers = await tx.query<KnownOffer & { calendarId: string; serviceId: string }>(
    `select cs.calendar_id as "calendarId", cs.service_id as "serviceId", cs.minutes, cs.buffer_before as "bufferBefore",
            cs.buffer_after as "bufferAfter", cs.price_cents as "priceCents", cs.tariff_cents as "tariffCents",
            cs.by_session as "bySession",
            exists (select from service_need n where n.clinic_id = cs.clinic_id and n.service_id = cs.service_id) as "needsRoom"
       from calendar_service cs
      where cs.clinic_id = $1 and cs.active`,
    [known.clinicId],
  );
  for (const { calendarId, serviceId, ...offer } of offers) addOffer(known, calendarId, serviceId, offer);
  const hours = await tx.query<HoursRow>(
    `select calendar_id as "calendarId", weekday, to_char(starts, 'HH24:MI') as starts,
            case when ends = '24:00' then '24:00' else to_char(ends, 'HH24:MI') end as ends,
            valid_from::text as "validFrom", valid_to::text as "validTo", every_nth_week as "everyNthWeek",
            week_anchor::text as "weekAnchor", week_parity as "weekParity"
       from working_hours where clinic_id = $1 and published`,
    [known.clinicId],
  );
  for (const { calendarId, ...row } of hours)
    known.hours.set(calendarId, [...(known.hours.get(calendarId) ?? []), weeklyOf(row)]);
}

interface HoursRow {
  calendarId: string;
  weekday: number;
  starts: string;
  ends: string;
  validFrom: string;
  validTo: string | null;
  everyNthWeek: number;
  weekAnchor: string;
  weekParity: 'odd' | 'even' | null;
}

const weeklyOf = ({
  validFrom,
  validTo,
  weekAnchor,
  weekParity,
  ...row
}: Omit<HoursRow, 'calendarId'>): WeeklyHours => ({
  ...row,
  validFrom: Temporal.PlainDate.from(validFrom),
  validTo: validTo === null ? null : Temporal.PlainDate.from(validTo),
  weekAnchor: Temporal.PlainDate.from(weekAnchor),
  ...(weekParity && { weekParity }),
});
