import type { Payer } from '#libs/calendars';
import { checkPatient, type PatientDetails } from '#libs/people';
import { blindIndex, type Language } from '#libs/platform';
import type { Interval } from '#libs/time';
import { type Known, type KnownCalendar, offerKey } from '../known.js';
import { calendarOfRow } from '../plan/find-calendar.js';
import { referred } from '../plan/match-row.js';
import type { RowReader } from '../row-reader.js';
import { day, folded, key as readKey, oneOf, text, wholeNumber } from '../rules/cells.js';
import type { MistakeCode } from '../rules/mistake.js';
import { visitStart } from '../rules/visit-time.js';

/** An appointment of a file, checked as far as its own row goes. */
export interface VisitRow {
  file: number;
  line: number;
  key: string;
  calendarId: string;
  serviceId: string;
  branchId: string;
  resourceId: string;
  zone: string;
  payer: Payer;
  priceCents: number;
  tariffCents: number;
  needsRoom: boolean;
  visit: Interval;
  taken: Interval;
  patient: PatientDetails;
  /** Of what may not change any more: where, what, when, who. */
  core: Buffer;
  /** Of how the person is reached. */
  contacts: Buffer;
}

/** Reads a row of appointments; what is wrong with it is told by the reader, and nothing is returned. */
export function visitOfRow(row: RowReader, known: Known): VisitRow | undefined {
  const key = row.required('key', readKey);
  if (row.cell('status') !== '' && row.cell('status') !== 'booked') row.wrong('status', 'status');
  const calendar = calendarOfRow(row, known);
  const service = serviceOfRow(row, known, calendar);
  const offer = calendar && service ? known.offers.get(offerKey(calendar.id, service.id)) : undefined;
  if (calendar && service && !offer) row.wrong('service', 'not-offered');
  if (offer?.bySession) row.wrong('service', 'by-session');
  const start = row.required('start', (cell) => visitStart(cell, calendar?.zone ?? known.zone));
  const minutes = row.optional('minutes', (cell) => wholeNumber(cell, 5, 480)) ?? offer?.minutes;
  const patient = patientOfRow(row, known);
  if (row.isWrong || !key || !calendar || !service || !offer || !start || !minutes || !patient) return undefined;
  const visit = { start, end: start.add({ minutes }) };
  const { personCode, givenName, familyName, birthDate, email, phone, language } = patient;
  const who = personCode
    ? `${personCode.country}:${personCode.code}`
    : `${folded(`${givenName} ${familyName}`)} ${birthDate?.toString() ?? ''}`;
  return {
    file: row.row.file,
    line: row.row.line,
    key,
    calendarId: calendar.id,
    serviceId: service.id,
    branchId: calendar.branchId,
    resourceId: calendar.resourceId,
    zone: calendar.zone,
    payer: calendar.payer,
    priceCents: offer.priceCents,
    tariffCents: offer.tariffCents,
    needsRoom: offer.needsRoom,
    visit,
    taken: {
      start: start.subtract({ minutes: offer.bufferBefore }),
      end: visit.end.add({ minutes: offer.bufferAfter }),
    },
    patient,
    core: blindIndex('import', JSON.stringify([calendar.id, service.id, start.toString(), minutes, who])),
    contacts: blindIndex('import', JSON.stringify([email ?? null, phone ?? null, language])),
  };
}

/** A Bundle need not name the service where the calendar offers one only; a table does. */
function serviceOfRow(row: RowReader, known: Known, calendar: KnownCalendar | undefined): { id: string } | undefined {
  const offered = calendar ? (known.servicesOf.get(calendar.id) ?? []) : [];
  const [only] = offered;
  if (row.row.paths && !row.has('service') && offered.length === 1 && only !== undefined) return { id: only };
  return referred(row, 'service', known.services);
}

const columnOf: Readonly<Record<string, string>> = {
  givenName: 'given_name',
  familyName: 'family_name',
  'personCode.code': 'person_code',
  birthDate: 'birth_date',
  email: 'email',
  phone: 'phone',
};

/** Who is treated, by the rules of every other way in: a code or a birth date, and a way to reach them. */
function patientOfRow(row: RowReader, known: Known): PatientDetails | undefined {
  const givenName = row.required('given_name', (cell) => text(cell, 300));
  const familyName = row.required('family_name', (cell) => text(cell, 300));
  const country = row.optional('country', (cell) => oneOf(cell.toLowerCase(), ['lv', 'ee'] as const));
  const birthDate = row.optional('birth_date', day);
  const language = row.optional('language', (cell) => oneOf(cell, ['lv', 'et', 'en', 'ru'] as const)) ?? known.language;
  if (!row.has('email') && !row.has('phone')) row.wrong('email', 'contact-needed');
  if (givenName === undefined || familyName === undefined) return undefined;
  const code = row.cell('person_code');
  const checked = checkPatient(
    {
      givenName,
      familyName,
      ...(code && { personCode: { country: country === 'ee' ? 'EE' : country === 'lv' ? 'LV' : known.country, code } }),
      ...(birthDate && { birthDate }),
      ...(row.has('email') && { email: row.cell('email') }),
      ...(row.has('phone') && { phone: row.cell('phone') }),
    },
    language satisfies Language,
    known.today,
    known.country,
  );
  if (checked.ok) return checked.details;
  const isDateWrong = row.has('birth_date') && birthDate === undefined;
  for (const error of checked.errors) {
    // A date that could not be read was told already.
    if (isDateWrong && error.path === 'birthDate') continue;
    row.wrong(columnOf[error.path] ?? error.path, error.code as MistakeCode);
  }
  return undefined;
}
