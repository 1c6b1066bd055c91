import { randomBytes, randomUUID } from 'node:crypto';
import { HttpAdapterHost } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sessions } from '#libs/access';
import {
  BookAppointment,
  MoveAppointment,
  CancelAppointment,
  OfferTimes,
  PlanChange,
  ReportAbsence,
} from '#libs/appointments';
import { Refusal, seal, sealBytes } from '#libs/platform';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { insert } from '../support/build-row.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { aRequest, asGuest } from '../support/verbs.js';

const clock = testClock('2027-02-26T08:00:00Z');

/**
 * Nobody; the admin of another clinic; another practitioner of this one; an assistant whose time is over, one of another
 * practitioner, and one of the practitioner whose record it is; a registrar who is bound to another branch, and one who
 * is not; the practitioner; the clinic's admin.
 */
const everybody = [
  'nobody',
  'stranger',
  'colleague',
  'lapsed',
  'other',
  'assistant',
  'elsewhere',
  'registrar',
  'doctor',
  'admin',
] as const;
type Who = (typeof everybody)[number];
type Row = readonly [
  nobody: number,
  stranger: number,
  colleague: number,
  lapsed: number,
  other: number,
  assistant: number,
  elsewhere: number,
  registrar: number,
  doctor: number,
  admin: number,
];

/** A route with what is sent there: made anew for each of them, as what succeeds may use it up. */
interface Asked {
  path: string;
  fields?: Fields;
  json?: object;
  file?: { field: string; text: string };
}
type Fields = Record<string, string | readonly string[]>;

const inWords = (prefix: string, text: string): Fields =>
  Object.fromEntries(['lv', 'et', 'en', 'ru'].map((language) => [`${prefix}.${language}`, text]));

describe('who may do what at the desk', () => {
  let database: TestDatabase;
  let app: RunningApp;
  let clinic: build.Clinic;
  let branch: build.Branch;
  let calendar: build.Calendar;
  let manual: build.Calendar;
  let patientId: string;
  let roomId: string;
  let adminId: string;
  let registrarId: string;
  let groups: build.Calendar;
  const cookies = new Map<Who, string>();
  let times = 0;
  let people = 0;

  const key = (): string => randomUUID();

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database });
    clinic = await build.aClinic(database);
    branch = await build.aBranch(database, { clinic });
    const open = Array.from({ length: 140 }, (_, n): [string, string] => {
      const day = Temporal.PlainDate.from('2027-03-01').add({ days: n }).toString();
      return [`${day}T08:00`, `${day}T20:00`];
    });
    const now = clock.now().toString();
    const doctor = await build.aPractitioner(database, { clinic });
    const wish = { branch, gridMinutes: 30, horizonDays: 300, open, now } as const;
    calendar = await build.aCalendar(database, { ...wish, practitioner: doctor, payer: 'state' });
    manual = await build.aCalendar(database, { ...wish, practitioner: doctor, confirmation: 'manual', open: [] });
    await database.sql(
      `insert into opening (calendar_id, clinic_id, during)
       select $1, clinic_id, during from opening where calendar_id = $2`,
      [manual.id, calendar.id],
    );
    groups = await build.aCalendar(database, {
      ...wish,
      practitioner: await build.aPractitioner(database, { clinic }),
    });
    await database.sql('update calendar_service set by_session = true where calendar_id = $1', [groups.id]);
    await database.sql(`update calendar set published_until = '2027-12-01' where clinic_id = $1`, [clinic.id]);
    // What a closure leaves is read from the hours.
    await database.sql(
      `insert into working_hours (clinic_id, calendar_id, weekday, starts, ends, valid_from, week_anchor, published)
       select c.clinic_id, c.id, weekday, '08:00', '20:00', date '2027-02-01', date '2027-02-01', true
         from calendar c cross join generate_series(1, 7) weekday where c.clinic_id = $1`,
      [clinic.id],
    );
    roomId = await build.aRoom(database, { clinicId: clinic.id, branchId: branch.id });
    patientId = await build.aPatient(database, { clinic, givenName: 'Ilze', email: 'ilze@patient.example' });
    app = await startApp('clinic', { clock });
    const members: Record<Exclude<Who, 'nobody'>, Parameters<typeof build.aStaffMember>[1]> = {
      stranger: { clinic: await build.aClinic(database), role: 'admin' },
      colleague: { clinic, role: 'practitioner', practitioner: await build.aPractitioner(database, { clinic }) },
      lapsed: { clinic, role: 'assistant', assists: [doctor], assistsUntil: '2027-02-25' },
      other: { clinic, role: 'assistant', assists: [await build.aPractitioner(database, { clinic })] },
      assistant: { clinic, role: 'assistant', assists: [doctor], assistsUntil: '2027-02-26' },
      elsewhere: { clinic, role: 'registrar', branches: [await build.aBranch(database, { clinic })] },
      registrar: { clinic, role: 'registrar' },
      doctor: { clinic, role: 'practitioner', practitioner: doctor },
      admin: { clinic, role: 'admin' },
    };
    for (const [who, member] of Object.entries(members)) {
      const staff = await build.aStaffMember(database, member);
      if (who === 'admin') adminId = staff.id;
      if (who === 'registrar') registrarId = staff.id;
      const token = await app.get(Sessions).open({ app: 'clinic', accountId: staff.accountId, level: 'two-factor' });
      cookies.set(who as Who, `pieraksts-clinic=${token}`);
    }
    // Who is bound to a practitioner or a branch finds people who have had an appointment there.
    await app.get(BookAppointment).run({
      actor: admin(),
      slot: {
        calendarId: calendar.id,
        serviceId: calendar.serviceId,
        start: Temporal.Instant.from(build.at(calendar, '2027-07-18T19:00')),
      },
      patient: { id: patientId },
      contact: { email: 'ilze@patient.example', phone: null },
      language: 'lv',
      termsVersion: null,
      origin: 'desk',
      request: aRequest(admin()),
    });
  });

  afterAll(async () => {
    await app?.stop();
    await database?.drop();
  });

  const admin = () => ({
    kind: 'staff' as const,
    accountId: '',
    sessionId: randomUUID(),
    staffMemberId: adminId,
    clinicId: clinic.id,
    role: 'admin' as const,
    practitionerId: null,
    practitionerIds: [],
    branchIds: null,
    name: 'Ieva',
  });

  /** A time that nothing else of this story has; the 12th of March is for what is offered after an absence. */
  const aTime = (): string => {
    const day = Math.floor(times / 22);
    const at = Temporal.PlainDateTime.from('2027-03-01T08:00').add({
      days: day < 11 ? day : day + 1,
      minutes: 30 * (times % 22),
    });
    times += 1;
    return at.toString().slice(0, 16);
  };

  /** At the next time that is still free: what is offered and closed elsewhere in this story takes some. */
  async function anAppointment(of: build.Calendar = calendar): Promise<{ id: string; start: string }> {
    for (;;) {
      try {
        return await anAppointmentAt(of, build.at(of, aTime()));
      } catch (thrown) {
        if (!(thrown instanceof Refusal) || !['slot-taken', 'not-bookable'].includes(thrown.code) || times > 2900)
          throw thrown;
      }
    }
  }

  async function anAppointmentAt(of: build.Calendar, start: string): Promise<{ id: string; start: string }> {
    people += 1;
    const actor = asGuest((await build.anAccount(database)).id);
    const { id } = await app.get(BookAppointment).run({
      actor,
      slot: { calendarId: of.id, serviceId: of.serviceId, start: Temporal.Instant.from(start) },
      patient: {
        givenName: 'Jānis',
        familyName: 'Ozols',
        birthDate: Temporal.PlainDate.from('1950-01-01').add({ days: people }),
        language: 'lv',
      },
      contact: { email: `ozols${people}@patient.example`, phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    return { id, start };
  }

  /** Something that can still be undone. */
  async function justCancelled(): Promise<string> {
    const { id } = await anAppointment();
    await app.get(CancelAppointment).run({ actor: admin(), id, version: 1, request: aRequest(admin()) });
    return id;
  }

  /** A letter about a cancelled visit that nobody took. */
  async function aMissedLetter(): Promise<{ noticeId: string; eventId: string; visit: string }> {
    const visit = await justCancelled();
    const [row] = await database.sql<{ noticeId: string; eventId: string }>(
      `insert into notice (clinic_id, appointment_id, event_id, kind, language, state, failed_at, failure, created_at)
       select e.clinic_id, e.appointment_id, e.id, 'cancelled-by-clinic', 'lv', 'failed', e.at, 'address-refused', e.at
         from appointment_event e where e.appointment_id = $1 and e.kind = 'cancelled'
       returning id as "noticeId", event_id as "eventId"`,
      [visit],
    );
    return { noticeId: row?.noticeId ?? '', eventId: row?.eventId ?? '', visit };
  }

  /** A calendar's answer about a visit. */
  async function anAnswer(visit?: string): Promise<string> {
    const id = visit ?? (await anAppointment()).id;
    const at = clock.now().toString();
    return insert(database, 'incoming_mail', {
      message_hash: randomBytes(32),
      kind: 'calendar-reply',
      partstat: 'declined',
      received_at: at,
      clinic_id: clinic.id,
      appointment_id: id,
    });
  }

  /** What a patient answered to a short message. */
  async function aTextAnswer(): Promise<string> {
    return insert(database, 'incoming_text', {
      provider_id: randomBytes(8).toString('hex'),
      phone_index: randomBytes(32),
      phone_sealed: seal('+37121234567'),
      text_sealed: seal('Zvaniet'),
      meaning: 'call',
      outcome: 'call-asked',
      received_at: clock.now().toString(),
      clinic_id: clinic.id,
      appointment_id: (await anAppointment()).id,
    });
  }

  /** Many letters that the registrar caused. */
  async function aBulk(): Promise<string> {
    await database.sql(
      `update notice_bulk set decision = 'rejected', decided_by = $1, decided_at = opened_at where decision is null`,
      [adminId],
    );
    const at = clock.now().toString();
    return insert(database, 'notice_bulk', { clinic_id: clinic.id, caused_by: registrarId, opened_at: at });
  }

  async function aSeries(): Promise<string> {
    const id = randomUUID();
    const { id: appointmentId } = await anAppointment();
    await database.sql('update appointment set series_id = $2 where id = $1', [appointmentId, id]);
    return id;
  }

  async function anOrphan(): Promise<string> {
    const { id } = await anAppointment();
    await database.sql(`update appointment set orphaned_at = $2, orphaned_why = 'closed' where id = $1`, [
      id,
      clock.now().toString(),
    ]);
    return id;
  }

  /** A closure of the practitioner's day of which nobody is inside. */
  async function aClosure(seriesId?: string): Promise<string> {
    return insert(database, 'closure', {
      clinic_id: clinic.id,
      resource_id: calendar.resourceId,
      during: '[2028-01-10T00:00:00Z,2028-01-11T00:00:00Z)',
      created_by: adminId,
      created_at: clock.now().toString(),
      series_id: seriesId,
    });
  }

  /** The plan of a closure with somebody inside, and what would be decided. */
  async function aChange(): Promise<{ id: string; fields: Fields }> {
    const visit = await anAppointment();
    const start = Temporal.Instant.from(visit.start);
    const { id } = await app.get(PlanChange).run({
      actor: admin(),
      clinicId: clinic.id,
      change: {
        kind: 'close',
        scope: { clinicId: clinic.id, branchId: null, resourceId: calendar.resourceId },
        times: [{ start, end: start.add({ minutes: 30 }) }],
        reason: null,
        publicReason: null,
      },
    });
    return { id, fields: { [`visit.${visit.id}`]: 'keep', idempotencyKey: key() } };
  }

  async function anAbsence(): Promise<string> {
    const { start } = await anAppointment();
    const from = Temporal.Instant.from(start);
    const { id } = await app.get(ReportAbsence).run({
      actor: admin(),
      clinicId: clinic.id,
      practitionerId: calendar.resourceId,
      during: { start: from, end: from.add({ minutes: 30 }) },
      answerBy: Temporal.Instant.from('2027-03-11T20:00:00Z'),
      request: aRequest(admin()),
    });
    return id;
  }

  /** Somebody who was offered another time because of an absence. */
  async function anOffer(): Promise<{ absenceId: string; offerId: string }> {
    const absenceId = await anAbsence();
    for (const id of await app.get(OfferTimes).waiting(absenceId)) await app.get(OfferTimes).run({ id });
    const [offer] = await database.sql<{ id: string }>(
      `select o.id from offer o join affected_visit f on f.id = o.affected_visit_id where f.absence_id = $1`,
      [absenceId],
    );
    return { absenceId, offerId: offer?.id ?? '' };
  }

  /** An appointment with an uploaded form. */
  async function withReferral(): Promise<string> {
    const { id } = await anAppointment();
    await insert(database, 'referral', {
      clinic_id: clinic.id,
      appointment_id: id,
      details_sealed: seal('{}'),
      form_kind: 'pdf',
      form_sealed: sealBytes(Buffer.from('%PDF-')),
      created_at: clock.now().toString(),
    });
    return id;
  }

  /** A request by e-mail for a visit with the practitioner. */
  const aRequestOf = (): Promise<string> =>
    insert(database, 'waiting_list_entry', {
      clinic_id: clinic.id,
      branch_id: branch.id,
      patient_id: patientId,
      service_id: calendar.serviceId,
      payer: 'state',
      practitioner_id: calendar.resourceId,
      channel: 'email',
      received_at: clock.now().toString(),
      counts_from: '2027-02-26',
      answer_due_on: '2027-03-02',
      registered_at: clock.now().toString(),
      registered_by: adminId,
      state: 'waiting',
    });

  const aSession = (): Promise<string> =>
    build.aSession(
      database,
      { clinicId: clinic.id, calendarId: groups.id, serviceId: groups.serviceId },
      { start: build.at(groups, aTime()), seats: 4 },
    );

  const aQuestion = (serviceId: string): Promise<string> =>
    insert(database, 'service_question', {
      clinic_id: clinic.id,
      service_id: serviceId,
      position: 1,
      kind: 'yes-no',
      words: JSON.stringify({ lv: 'Vai?', et: 'Kas?', en: 'Is it?', ru: 'Ли?' }),
      required: false,
      options: '[]',
      stop_values: [],
      advice: '{}',
    });

  const anImport = async (state: string): Promise<string> => {
    const id = await insert(database, 'import_run', {
      clinic_id: clinic.id,
      staff_member_id: adminId,
      state,
      created_at: clock.now().toString(),
    });
    await insert(database, 'import_file', {
      clinic_id: clinic.id,
      import_id: id,
      position: 0,
      name: 'a.csv',
      bytes: 1,
    });
    return id;
  };

  const screen = (): Fields => ({ name: 'Otrais stāvs', branchId: branch.id, language: 'lv', calledMinutes: '10' });
  const aScreen = (): Promise<string> =>
    insert(database, 'waiting_screen', {
      clinic_id: clinic.id,
      branch_id: branch.id,
      name: 'Uzgaidāmā telpa',
      languages: ['lv'],
      key_hash: randomBytes(32),
      created_at: clock.now().toString(),
    });

  const aMember = async (): Promise<string> => (await build.aStaffMember(database, { clinic })).id;
  const rights: Fields = { role: 'registrar', reach: 'all' };
  const anInvitation = async (): Promise<string> => {
    people += 1;
    return insert(database, 'staff_invitation', {
      clinic_id: clinic.id,
      purpose: 'join',
      email: `invited${people}@clinic.example`,
      display_name: 'Zane',
      language: 'en',
      role: 'registrar',
      created_at: clock.now().toString(),
      created_by: adminId,
      expires_at: clock.now().add({ hours: 24 }).toString(),
    });
  };

  const aDoctor = (): Promise<build.Practitioner> => build.aPractitioner(database, { clinic });
  const noQuotas = (): Promise<unknown> => database.sql('delete from quota where clinic_id = $1', [clinic.id]);
  const aQuota = async (): Promise<string> => {
    await noQuotas();
    const whose = { clinicId: clinic.id, practitionerId: calendar.resourceId };
    return build.aQuota(database, whose, { visits_a_month: 900 });
  };
  const ending = (): Fields => ({ version: '1', reason: 'clinic-other', idempotencyKey: key() });

  const at = (path: string, fields?: Fields): Asked => ({ path: `/en${path}`, ...(fields && { fields }) });
  const question: Fields = { kind: 'yes-no', ...inWords('words', 'Do you?') };
  const service: Fields = {
    ...inWords('name', 'Visit'),
    specialtyId: 'cardiology',
    mode: 'in-person',
    minutes: '30',
    bufferBefore: '0',
    bufferAfter: '0',
    ageFromUnit: 'years',
    ageToUnit: 'years',
    referral: 'none',
  };
  const rules: Fields = {
    'rules.confirmation': 'automatic',
    'rules.minimumNoticeMinutes': '60',
    'rules.horizonDays': '300',
    'rules.lateCancelHours': '24',
    'rules.answerWithinHours': '24',
  };
  const plan = (): Fields => ({
    patientId,
    offer: `${calendar.id}|${calendar.serviceId}`,
    first: '2027-05-03',
    time: '09:00',
    every: '1',
    unit: 'weeks',
    count: '1',
  });
  const card: Fields = {
    givenName: 'Zane',
    familyName: 'Agra',
    specialties: 'cardiology',
    languages: 'lv',
    activeFrom: '2027-01-01',
  };
  const room = (name: string): Fields => ({ kind: 'room', name, branchId: branch.id, active: 'on' });
  const place: Fields = {
    name: 'Branch',
    city: 'Rīga',
    address: 'Brīvības iela 1',
    postalCode: 'LV-1010',
    zone: 'Europe/Riga',
    phone: '+37160000000',
    'emergency.name': 'Hospital',
    'emergency.address': 'Hipokrāta iela 2',
    'emergency.phone': '113',
  };
  const aStep = async (step: string): Promise<Asked> =>
    at(`/appointments/${(await anAppointment()).id}/${step}`, { version: '1', idempotencyKey: key() });

  /** What is asked at each route. A route that is missing here fails. */
  const asked: Record<string, () => Promise<Asked> | Asked> = {
    'get /': () => ({ path: '/' }),
    'get /health/live': () => ({ path: '/health/live' }),
    'get /health/ready': () => ({ path: '/health/ready' }),
    'get /metrics': () => ({ path: '/metrics' }),
    'get /problems/:code': () => ({ path: '/problems/not-found' }),
    'get /pictures/:hash/:file': () => ({ path: `/pictures/${'0'.repeat(32)}/260.webp` }),
    'get /:language': () => at(''),
    'get /:language/calendar': () => at(`/calendar?branch=${branch.id}`),
    'get /api/calendar/day': () => ({ path: `/api/calendar/day?branch=${branch.id}&day=2027-03-01` }),
    'get /:language/calendar/week': () => at(`/calendar/week?branch=${branch.id}&day=2027-03-01`),
    'get /:language/calendar/month': () => at(`/calendar/month?branch=${branch.id}&day=2027-03-01`),
    'get /api/calendar/week': () => ({ path: `/api/calendar/week?branch=${branch.id}&day=2027-03-01` }),
    'post /:language/calendar/view': () => at('/calendar/view', { branch: branch.id, day: '2027-03-01', step: '20' }),
    'get /api/calendar/version': () => ({ path: `/api/calendar/version?branch=${branch.id}&day=2027-03-01` }),
    'get /api/calendar/events': () => ({ path: `/api/calendar/events?branch=${branch.id}&day=2027-03-01` }),
    'get /api/calendar/appointments/changed': async () => ({
      path: `/api/calendar/appointments/changed?seen=${(await anAppointment()).id}:9`,
    }),
    'get /api/calendar/appointments/:id/last-step': async () => ({
      path: `/api/calendar/appointments/${(await anAppointment()).id}/last-step?version=1`,
    }),
    'get /:language/sign-in': () => at('/sign-in'),
    'get /:language/workplace': () => at('/workplace'),
    'get /:language/appointments/:id': async () => at(`/appointments/${(await anAppointment()).id}`),
    'get /:language/appointments/:id/reject': async () => at(`/appointments/${(await anAppointment()).id}/reject`),
    'get /:language/appointments/:id/cancel': async () => at(`/appointments/${(await anAppointment()).id}/cancel`),
    'get /:language/appointments/:id/move': async () => at(`/appointments/${(await anAppointment()).id}/move`),
    'get /:language/several': async () => at(`/several?ids=${(await anAppointment()).id}`),
    'get /:language/appointments/:id/referral': async () => at(`/appointments/${await withReferral()}/referral`),
    'get /:language/pending': () => at('/pending'),
    'get /:language/appointments/:id/room': async () => at(`/appointments/${(await anAppointment()).id}/room`),
    'get /:language/notices/answers': () => at('/notices/answers'),
    'get /:language/notices/answers/:id': async () => at(`/notices/answers/${await anAnswer()}`),
    'get /:language/notices/texts': () => at('/notices/texts'),
    'get /:language/notices': () => at('/notices'),
    'get /:language/notices/in-time': () => at('/notices/in-time'),
    'get /:language/notices/approval': () => at('/notices/approval'),
    'get /:language/arrivals': () => at('/arrivals'),
    'get /:language/waiting': () => at('/waiting'),
    'get /:language/waiting/new': () => at('/waiting/new'),
    'get /:language/waiting/:id': async () => at(`/waiting/${await aRequestOf()}`),
    'get /:language/book': () => at('/book'),
    'get /:language/book/done/:id': async () => at(`/book/done/${(await anAppointment()).id}`),
    'get /:language/series': async () => at(`/series?appointment=${(await anAppointment()).id}`),
    'get /:language/series/:id': async () => at(`/series/${await aSeries()}`),
    'get /:language/hours': () => at('/hours'),
    'get /:language/hours/:calendar': () => at(`/hours/${calendar.id}`),
    'get /:language/calendars': () => at('/calendars'),
    'get /:language/calendars/new': async () => at(`/calendars/new?resource=${(await aDoctor()).id}`),
    'get /:language/calendars/:id': () => at(`/calendars/${calendar.id}`),
    'get /:language/quotas': () => at('/quotas'),
    'get /:language/quotas/new': () => at('/quotas/new'),
    'get /:language/quotas/:id': async () => at(`/quotas/${await aQuota()}`),
    'get /:language/rooms': () => at('/rooms'),
    'get /:language/rooms/new': () => at('/rooms/new'),
    'get /:language/rooms/:id': () => at(`/rooms/${roomId}`),
    'get /:language/paper/day': () => at(`/paper/day?branch=${branch.id}&day=2027-03-01`),
    'get /:language/paper/day.pdf': () => at(`/paper/day.pdf?branch=${branch.id}&day=2027-03-01`),
    'get /:language/paper/labels': () => at(`/paper/labels?branch=${branch.id}&day=2027-03-01`),
    'get /:language/paper/labels.pdf': async () => at(`/paper/labels.pdf?ids=${(await anAppointment()).id}`),
    'get /:language/paper/notice/:id': async () => at(`/paper/notice/${(await anAppointment()).id}`),
    'get /:language/paper/notice/:id.pdf': async () => at(`/paper/notice/${(await anAppointment()).id}.pdf`),
    'get /:language/my-calendar': () => at('/my-calendar'),
    'get /:language/my-calendar/choose': () => at('/my-calendar/choose'),
    'get /my-calendar/google': () => Promise.resolve({ path: '/my-calendar/google' }),
    'post /:language/my-calendar/choose': () => at('/my-calendar/choose', { calendars: 'one', whenUnread: 'keep' }),
    'post /:language/my-calendar/connect': () => at('/my-calendar/connect', {}),
    'post /:language/my-calendar/disconnect': () => at('/my-calendar/disconnect', {}),
    'get /:language/my-feed': () => at('/my-feed'),
    'post /:language/my-feed': () => at('/my-feed', {}),
    'post /:language/my-feed/renew': () => at('/my-feed/renew', {}),
    'post /:language/my-feed/stop': () => at('/my-feed/stop', {}),
    'get /:language/letters': () => at('/letters'),
    'get /:language/letters/kinds/:kind': () => at('/letters/kinds/booked'),
    'get /:language/letters/kinds/:kind/look': () => at('/letters/kinds/booked/look'),
    'get /:language/letters/words': () => at('/letters/words'),
    'get /:language/letters/sms': () => at('/letters/sms'),
    'get /:language/letters/preparation': () => at('/letters/preparation'),
    'get /:language/letters/preparation/:id': () => at(`/letters/preparation/${calendar.serviceId}`),
    'get /:language/letters/reminders': () => at('/letters/reminders'),
    'get /:language/screens': () => at('/screens'),
    'get /:language/screens/new': () => at('/screens/new'),
    'get /:language/screens/:id': async () => at(`/screens/${await aScreen()}`),
    'get /screen/:key': () => ({ path: `/screen/${'k'.repeat(43)}` }),
    'get /screen/:key/now': () => ({ path: `/screen/${'k'.repeat(43)}/now` }),
    'get /:language/rooms/needs/:service': () => at(`/rooms/needs/${calendar.serviceId}`),
    'get /:language/sessions': () => at('/sessions'),
    'get /:language/sessions/new': () => at(`/sessions/new?calendar=${groups.id}`),
    'get /:language/sessions/:id': async () => at(`/sessions/${await aSession()}`),
    'get /:language/closures': () => at('/closures'),
    'get /:language/days': () => at(`/days?place=${branch.id}`),
    'get /:language/changes/:id': async () => at(`/changes/${(await aChange()).id}`),
    'get /:language/orphaned': () => at('/orphaned'),
    'get /:language/ill': () => at('/ill'),
    'get /:language/ill/:id': async () => at(`/ill/${await anAbsence()}`),
    'get /:language/import': () => at('/import'),
    'get /:language/import/templates/:file': () => at('/import/templates/branches.csv'),
    'get /:language/import/:id': async () => at(`/import/${await anImport('checked')}`),
    'get /:language/services': () => at('/services'),
    'get /:language/services/new': () => at('/services/new'),
    'get /:language/services/:id': () => at(`/services/${calendar.serviceId}`),
    'get /:language/services/:id/end': () => at(`/services/${calendar.serviceId}/end`),
    'get /:language/services/:id/questions/new': () => at(`/services/${calendar.serviceId}/questions/new`),
    'get /:language/services/:id/questions/:question': async () =>
      at(`/services/${manual.serviceId}/questions/${await aQuestion(manual.serviceId)}`),
    'get /:language/staff': () => at('/staff'),
    'get /:language/staff/invite': () => at('/staff/invite'),
    'get /:language/staff/:id': async () => at(`/staff/${await aMember()}`),
    'get /:language/staff/invitations/:id/address': async () =>
      at(`/staff/invitations/${await anInvitation()}/address`),
    'get /:language/invitation/:id': async () => at(`/invitation/${await anInvitation()}?key=${'k'.repeat(43)}`),
    'get /:language/audit': () => at('/audit'),
    'get /:language/setup': () => at('/setup'),
    'get /:language/setup/clinic': () => at('/setup/clinic'),
    'get /:language/setup/board': () => at('/setup/board'),
    'get /:language/setup/picture': () => at('/setup/picture'),
    'get /:language/setup/branches/new': () => at('/setup/branches/new'),
    'get /:language/setup/branches/:id': () => at(`/setup/branches/${branch.id}`),
    'get /:language/setup/doctors/new': () => at('/setup/doctors/new'),
    'get /:language/setup/doctors/add': () => at('/setup/doctors/add?q=Kaln'),
    'get /:language/setup/doctors/:id': () => at(`/setup/doctors/${calendar.resourceId}`),
    'get /:language/setup/doctors/:id/end': () => at(`/setup/doctors/${calendar.resourceId}/end`),
    'get /:language/setup/doctors/:id/picture': () => at(`/setup/doctors/${calendar.resourceId}/picture`),

    'post /:language/sign-in': () => at('/sign-in', { email: 'a@b.example', password: 'x', code: '000000' }),
    'post /:language/workplace': () => at('/workplace', { workplace: adminId }),
    'post /:language/appointments/:id/confirm': async () =>
      at(`/appointments/${(await anAppointment(manual)).id}/confirm`, { version: '1', idempotencyKey: key() }),
    'post /:language/appointments/:id/reject': async () =>
      at(`/appointments/${(await anAppointment(manual)).id}/reject`, ending()),
    'post /:language/appointments/:id/cancel': async () =>
      at(`/appointments/${(await anAppointment()).id}/cancel`, ending()),
    'post /:language/appointments/:id/move': async () =>
      at(`/appointments/${(await anAppointment()).id}/move`, {
        version: '1',
        calendar: calendar.id,
        start: build.at(calendar, aTime()),
        idempotencyKey: key(),
      }),
    'post /:language/appointments/:id/undo': async () =>
      at(`/appointments/${await justCancelled()}/undo`, { version: '2', idempotencyKey: key() }),
    'post /api/calendar/appointments/:id/undo': async () => ({
      path: `/api/calendar/appointments/${await justCancelled()}/undo`,
      json: { version: 2 },
    }),
    'post /:language/several': async () => {
      const { id } = await anAppointment();
      return at('/several', { what: 'cancel', chosen: `${id}:1`, idempotencyKey: key() });
    },
    'post /:language/several/undo': async () =>
      at('/several/undo', { chosen: `${await justCancelled()}:2`, idempotencyKey: key() }),
    'post /api/calendar/appointments/:id/move': async () => ({
      path: `/api/calendar/appointments/${(await anAppointment()).id}/move`,
      json: { version: 1, resourceId: calendar.resourceId, start: aTime() },
    }),
    'post /:language/appointments/:id/arrive': () => aStep('arrive'),
    'post /:language/appointments/:id/admit': () => aStep('admit'),
    'post /:language/appointments/:id/fulfil': () => aStep('fulfil'),
    'post /:language/appointments/:id/miss': () => aStep('miss'),
    'post /:language/arrivals': async () =>
      at('/arrivals', { decision: 'missed', chosen: `${(await anAppointment()).id}:1`, idempotencyKey: key() }),
    'post /:language/arrivals/step': async () =>
      at('/arrivals/step', { step: `arrive:${(await anAppointment()).id}:1`, idempotencyKey: key() }),
    'post /:language/pending': async () => {
      const { id } = await anAppointment(manual);
      return at('/pending', { decision: 'confirm', chosen: `${id}:1`, idempotencyKey: key() });
    },
    'post /:language/appointments/:id/room': async () =>
      at(`/appointments/${(await anAppointment()).id}/room`, {
        version: '1',
        room: '14',
        untold: '',
        idempotencyKey: key(),
      }),
    'post /:language/notices/texts/:id/seen': async () => at(`/notices/texts/${await aTextAnswer()}/seen`, {}),
    'post /:language/notices/answers/:id/seen': async () => at(`/notices/answers/${await anAnswer()}/seen`, {}),
    'post /:language/notices/informed': async () =>
      at('/notices/informed', { eventId: (await aMissedLetter()).eventId, how: 'by-phone' }),
    'post /:language/notices/again': async () => at('/notices/again', { noticeId: (await aMissedLetter()).noticeId }),
    'post /:language/notices/approval/limit': () => at('/notices/approval/limit', { perHour: '100' }),
    'post /:language/notices/approval/:id': async () =>
      at(`/notices/approval/${await aBulk()}`, { decision: 'approved' }),
    'post /:language/waiting/patients': () => at('/waiting/patients', { q: 'Bērziņa' }),
    'post /:language/waiting/details': () => at('/waiting/details', { patientId }),
    'post /:language/waiting': () =>
      at('/waiting', {
        patientId,
        channel: 'phone',
        wanted: `${calendar.serviceId}|state`,
        branch: branch.id,
        practitioner: calendar.resourceId,
        idempotencyKey: key(),
      }),
    'post /:language/waiting/:id/answer': async () =>
      at(`/waiting/${await aRequestOf()}/answer`, { version: '1', toldBy: 'phone', idempotencyKey: key() }),
    'post /:language/waiting/:id/withdraw': async () =>
      at(`/waiting/${await aRequestOf()}/withdraw`, { version: '1', reason: 'duplicate', idempotencyKey: key() }),
    'post /:language/book/patients': () => at('/book/patients', { q: 'Bērziņa' }),
    'post /:language/book/new': () => at('/book/new', { q: 'Zane Agra' }),
    'post /:language/book/times': () => at('/book/times', { patientId }),
    'post /:language/book': () =>
      at('/book', {
        patientId,
        slot: `${calendar.id}|${calendar.serviceId}|${build.at(calendar, aTime())}`,
        idempotencyKey: key(),
      }),
    'post /:language/book/walk-in': () =>
      at('/book/walk-in', {
        patientId,
        slot: `${calendar.id}|${calendar.serviceId}|2027-02-26T08:00:00Z`,
        idempotencyKey: key(),
      }),
    'post /:language/book/done/:id/undo': async () =>
      at(`/book/done/${(await anAppointment()).id}/undo`, { version: '1', idempotencyKey: key() }),
    'post /:language/series/patients': () => at('/series/patients', { q: 'Bērziņa' }),
    'post /:language/series/for': () => at('/series/for', { patientId }),
    'post /:language/series/dates': () => at('/series/dates', plan()),
    'post /:language/series': () => {
      const start = aTime();
      const [first = '', time = ''] = start.split('T');
      const chosen = { 'dates.d0': build.at(calendar, start), origin: 'desk', idempotencyKey: key() };
      return at('/series', { ...plan(), first, time, ...chosen });
    },
    'post /:language/series/:id/cancel': async () =>
      at(`/series/${await aSeries()}/cancel`, { reason: 'patient-asked', idempotencyKey: key() }),
    'post /:language/hours/:calendar': () =>
      at(`/hours/${manual.id}`, {
        action: 'save',
        'lines.0.days': '1',
        'lines.0.starts': '08:00',
        'lines.0.ends': '20:00',
      }),
    'post /:language/calendars/new': () =>
      at('/calendars/new', {
        resource: calendar.resourceId,
        places: `${branch.id}|state`,
        ...rules,
        'services.0.serviceId': calendar.serviceId,
        'services.0.isOffered': 'on',
        'services.0.minutes': '30',
        'services.0.statePrice': '0',
      }),
    'post /:language/calendars/:id': () =>
      at(`/calendars/${calendar.id}`, {
        ...rules,
        'rules.gridMinutes': '30',
        'services.0.serviceId': calendar.serviceId,
        'services.0.isOffered': 'on',
        'services.0.minutes': '30',
        'services.0.price': '0',
      }),
    'post /:language/quotas/new': async () => {
      await noQuotas();
      return at('/quotas/new', { practitioner: calendar.resourceId, from: '2027-01', visitsAMonth: '900' });
    },
    'post /:language/quotas/:id': async () =>
      at(`/quotas/${await aQuota()}`, { practitioner: calendar.resourceId, from: '2027-01', visitsAMonth: '900' }),
    'post /:language/quotas/:id/remove': async () => at(`/quotas/${await aQuota()}/remove`, {}),
    'post /:language/rooms/new': () => at('/rooms/new', room(`Room ${aTime()}`)),
    'post /:language/rooms/:id': () => at(`/rooms/${roomId}`, room('Kabinets 12')),
    'post /:language/letters/sms': () => at('/letters/sms', { monthlyCap: '300' }),
    'post /:language/letters/words': () => at('/letters/words', { in: 'en', greeting: 'Hello' }),
    'post /:language/letters/preparation/:id': () => at(`/letters/preparation/${calendar.serviceId}`, {}),
    'post /:language/letters/reminders': () =>
      at('/letters/reminders', { 'sms.0.when': '2d', quietFrom: '21:00', quietTo: '08:00', letterHours: '24' }),
    'post /:language/screens/new': () => at('/screens/new', screen()),
    'post /:language/screens/:id': async () => at(`/screens/${await aScreen()}`, screen()),
    'post /:language/screens/:id/renew': async () => at(`/screens/${await aScreen()}/renew`, {}),
    'post /:language/screens/:id/revoke': async () => at(`/screens/${await aScreen()}/revoke`, {}),
    'post /:language/rooms/needs/:service': () => at(`/rooms/needs/${manual.serviceId}`, {}),
    'post /:language/sessions/new': () => {
      const [from = '', starts = ''] = aTime().split('T');
      const weekdays = ['1', '2', '3', '4', '5', '6', '7'];
      return at('/sessions/new', { service: `${groups.id}|${groups.serviceId}`, from, starts, weekdays, seats: '4' });
    },
    'post /:language/sessions/:id/seats': async () => at(`/sessions/${await aSession()}/seats`, { seats: '5' }),
    'post /:language/sessions/:id/cancel': async () => at(`/sessions/${await aSession()}/cancel`, {}),
    'post /:language/closures': () =>
      at('/closures', { scope: `resource:${calendar.resourceId}`, from: '2028-02-01', allDay: 'on' }),
    'post /:language/closures/:id/reopen': async () => at(`/closures/${await aClosure()}/reopen`, {}),
    'post /:language/closures/series/:series/reopen': async () => {
      const series = randomUUID();
      await aClosure(series);
      return at(`/closures/series/${series}/reopen`, {});
    },
    'post /:language/days': () => at('/days', { place: branch.id, day: '2028-03-01', choice: 'closed' }),
    'post /:language/days/take-over': async () => {
      await database.sql('delete from clinic_day where clinic_id = $1', [clinic.id]);
      return at('/days/take-over', { what: 'shortened', year: '2028', place: branch.id });
    },
    'post /:language/changes/:id': async () => {
      const { id, fields } = await aChange();
      return at(`/changes/${id}`, fields);
    },
    'post /:language/orphaned/keep': async () => at('/orphaned/keep', { id: await anOrphan(), version: '1' }),
    'post /:language/ill': () =>
      at('/ill', {
        practitioner: calendar.resourceId,
        when: 'days',
        first: '2028-02-10',
        last: '2028-02-10',
        answerDay: '2027-03-01',
        answerTime: '12:00',
        idempotencyKey: key(),
      }),
    'post /:language/ill/:id/accept': async () => {
      const { absenceId, offerId } = await anOffer();
      return at(`/ill/${absenceId}/accept`, { offer: offerId, idempotencyKey: key() });
    },
    'post /:language/ill/:id/reopen': async () => at(`/ill/${await anAbsence()}/reopen`, {}),
    'post /:language/import': () => ({ path: '/en/import', file: { field: 'files', text: 'key,name' } }),
    'post /:language/import/:id/bring-in': async () => at(`/import/${await anImport('checked')}/bring-in`, {}),
    'post /:language/import/:id/check': async () => at(`/import/${await anImport('checked')}/check`, {}),
    'post /:language/import/:id/discard': async () => at(`/import/${await anImport('checked')}/discard`, {}),
    'post /:language/services/limits': () =>
      at('/services/limits', { 'limits.0.specialtyId': 'cardiology', 'limits.0.most': '40' }),
    'post /:language/services/new': () => at('/services/new', service),
    'post /:language/services/:id': () => at(`/services/${calendar.serviceId}`, service),
    'post /:language/services/:id/end': async () =>
      at(`/services/${await build.aService(database, { clinic })}/end`, { idempotencyKey: key() }),
    'post /:language/services/:id/questions/new': async () =>
      at(`/services/${await build.aService(database, { clinic })}/questions/new`, question),
    'post /:language/services/:id/questions/:question': async () =>
      at(`/services/${manual.serviceId}/questions/${await aQuestion(manual.serviceId)}`, question),
    'post /:language/services/:id/questions/:question/arrange': async () =>
      at(`/services/${manual.serviceId}/questions/${await aQuestion(manual.serviceId)}/arrange`, { how: 'remove' }),
    'post /:language/staff/invite': () => {
      people += 1;
      return at('/staff/invite', { ...rights, name: 'Zane', email: `zane${people}@clinic.example`, language: 'en' });
    },
    'post /:language/staff/:id': async () => at(`/staff/${await aMember()}`, { ...rights, version: '1' }),
    'post /:language/staff/:id/reset': async () => at(`/staff/${await aMember()}/reset`, {}),
    'post /:language/staff/:id/end': async () => at(`/staff/${await aMember()}/end`, {}),
    'post /:language/staff/invitations/:id/again': async () =>
      at(`/staff/invitations/${await anInvitation()}/again`, {}),
    'post /:language/staff/invitations/:id/address': async () =>
      at(`/staff/invitations/${await anInvitation()}/address`, { email: `right${people}@clinic.example` }),
    'post /:language/staff/invitations/:id/withdraw': async () =>
      at(`/staff/invitations/${await anInvitation()}/withdraw`, {}),
    'post /:language/invitation/:id': async () => at(`/invitation/${await anInvitation()}`, { key: 'k'.repeat(43) }),
    'post /:language/audit/patient': async () => {
      const { id } = await anAppointment();
      const [row] = await database.sql<{ reference: string }>('select reference from appointment where id = $1', [id]);
      return at('/audit/patient', { reference: row?.reference ?? '' });
    },
    'post /:language/setup/publish': () => at('/setup/publish', {}),
    'post /:language/setup/withdraw': () => at('/setup/withdraw', {}),
    'post /:language/setup/clinic': () =>
      at('/setup/clinic', {
        name: 'Klīnika',
        registrationNumber: '40003032949',
        address: 'Brīvības iela 1, Rīga',
        phone: '+37160000000',
        email: 'desk@clinic.example',
      }),
    'post /:language/setup/board': () => at('/setup/board', { 'complaints.0.name': 'Veselības inspekcija' }),
    'post /:language/setup/branches/new': () => at('/setup/branches/new', place),
    'post /:language/setup/branches/:id': () => at(`/setup/branches/${branch.id}`, place),
    'post /:language/setup/branches/:id/remove': async () =>
      at(`/setup/branches/${(await build.aBranch(database, { clinic })).id}/remove`, {}),
    'post /:language/setup/doctors/new': () => at('/setup/doctors/new', { ...card, isOther: 'yes' }),
    'post /:language/setup/doctors/add': async () => {
      const { id } = await build.aPractitioner(database, { clinic: await build.aClinic(database) });
      return at('/setup/doctors/add', { practitioner: id, activeFrom: '2027-03-01' });
    },
    'post /:language/setup/doctors/:id': async () => at(`/setup/doctors/${(await aDoctor()).id}`, card),
    'post /:language/setup/doctors/:id/publish': async () => at(`/setup/doctors/${(await aDoctor()).id}/publish`, {}),
    'post /:language/setup/doctors/:id/withdraw': async () => at(`/setup/doctors/${(await aDoctor()).id}/withdraw`, {}),
    'post /:language/setup/doctors/:id/end': async () =>
      at(`/setup/doctors/${(await aDoctor()).id}/end`, { lastDay: '2027-06-01' }),
    'post /:language/setup/picture': () => ({ path: '/en/setup/picture', file: { field: 'picture', text: 'x' } }),
    'post /:language/setup/doctors/:id/picture': async () => ({
      path: `/en/setup/doctors/${(await aDoctor()).id}/picture`,
      file: { field: 'picture', text: 'x' },
    }),
    'post /:language/setup/picture/remove': () => at('/setup/picture/remove', {}),
    'post /:language/setup/doctors/:id/picture/remove': async () =>
      at(`/setup/doctors/${(await aDoctor()).id}/picture/remove`, {}),
    // Ends the session, so it comes last.
    'post /:language/sign-out': () => at('/sign-out', {}),
  };

  /** The statuses of everybody, in the order of `everybody`. */
  const table: Record<string, Row> = {
    'get /': [302, 302, 302, 302, 302, 302, 302, 302, 302, 302],
    'get /health/live': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /health/ready': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /metrics': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /problems/:code': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /pictures/:hash/:file': [303, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    'get /:language': [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    'get /:language/calendar': [303, 404, 200, 403, 200, 200, 404, 200, 200, 200],
    'get /api/calendar/day': [401, 404, 200, 403, 200, 200, 404, 200, 200, 200],
    'get /:language/calendar/week': [303, 404, 200, 403, 200, 200, 404, 200, 200, 200],
    'get /:language/calendar/month': [303, 404, 200, 403, 200, 200, 404, 200, 200, 200],
    'get /api/calendar/week': [401, 404, 200, 403, 200, 200, 404, 200, 200, 200],
    'post /:language/calendar/view': [401, 404, 303, 403, 303, 303, 404, 303, 303, 303],
    'get /api/calendar/version': [401, 404, 200, 403, 200, 200, 404, 200, 200, 200],
    'get /api/calendar/events': [401, 404, 200, 403, 200, 200, 404, 200, 200, 200],
    'get /api/calendar/appointments/changed': [401, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /api/calendar/appointments/:id/last-step': [401, 404, 200, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/sign-in': [200, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    'get /:language/workplace': [303, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/appointments/:id': [303, 404, 200, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/appointments/:id/reject': [303, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/appointments/:id/cancel': [303, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/appointments/:id/move': [303, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    // Whoever may change none of them reads that they may not.
    'get /:language/several': [303, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/appointments/:id/referral': [303, 404, 403, 403, 403, 200, 403, 200, 200, 403],
    'get /:language/pending': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/appointments/:id/room': [303, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/notices/texts': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/notices/answers': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/notices/answers/:id': [303, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/notices': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/notices/in-time': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/notices/approval': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/arrivals': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/waiting': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/waiting/new': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/waiting/:id': [303, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/book': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/book/done/:id': [303, 404, 404, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/series': [303, 404, 404, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/series/:id': [303, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/hours': [303, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/hours/:calendar': [303, 404, 200, 403, 200, 200, 403, 200, 200, 200],
    'get /:language/calendars': [303, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/calendars/new': [303, 404, 403, 403, 403, 403, 200, 200, 403, 200],
    'get /:language/calendars/:id': [303, 404, 200, 200, 200, 200, 403, 200, 200, 200],
    'get /:language/quotas': [303, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/quotas/new': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/quotas/:id': [303, 404, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/rooms': [303, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/rooms/new': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/rooms/:id': [303, 404, 200, 200, 200, 200, 404, 200, 200, 200],
    'get /:language/paper/day': [303, 404, 200, 403, 200, 200, 404, 200, 200, 200],
    'get /:language/paper/day.pdf': [303, 404, 200, 403, 200, 200, 404, 200, 200, 200],
    'get /:language/paper/labels': [303, 404, 200, 403, 200, 200, 404, 200, 200, 200],
    'get /:language/paper/labels.pdf': [303, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/paper/notice/:id': [303, 404, 404, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/paper/notice/:id.pdf': [303, 404, 404, 403, 403, 200, 403, 200, 200, 200],
    // Only whoever receives patients has visits to read elsewhere.
    'get /:language/my-calendar': [303, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/my-calendar/choose': [303, 403, 303, 403, 403, 403, 403, 403, 303, 403],
    'get /my-calendar/google': [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    'post /:language/my-calendar/choose': [401, 403, 303, 403, 403, 403, 403, 403, 303, 403],
    // Nobody has set Google up here.
    'post /:language/my-calendar/connect': [401, 403, 404, 403, 403, 403, 403, 403, 404, 403],
    'post /:language/my-calendar/disconnect': [401, 403, 303, 403, 403, 403, 403, 403, 303, 403],
    'get /:language/my-feed': [303, 403, 200, 403, 403, 403, 403, 403, 200, 403],
    'post /:language/my-feed': [401, 403, 303, 403, 403, 403, 403, 403, 303, 403],
    'post /:language/my-feed/renew': [401, 403, 303, 403, 403, 403, 403, 403, 303, 403],
    'post /:language/my-feed/stop': [401, 403, 303, 403, 403, 403, 403, 403, 303, 403],
    'get /:language/letters': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/letters/kinds/:kind': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/letters/kinds/:kind/look': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/letters/sms': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/letters/words': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/letters/preparation': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/letters/reminders': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/letters/preparation/:id': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/screens': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/screens/new': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/screens/:id': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /screen/:key': [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    'get /screen/:key/now': [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    'get /:language/rooms/needs/:service': [303, 404, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/sessions': [303, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/sessions/new': [303, 200, 403, 403, 403, 403, 200, 200, 403, 200],
    'get /:language/sessions/:id': [303, 404, 200, 403, 403, 403, 404, 200, 200, 200],
    'get /:language/closures': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/days': [303, 200, 200, 200, 200, 200, 404, 200, 200, 200],
    'get /:language/changes/:id': [303, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/orphaned': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/ill': [303, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'get /:language/ill/:id': [303, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    'get /:language/import': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/import/templates/:file': [303, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'get /:language/import/:id': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/services': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/services/new': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/services/:id': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/services/:id/end': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/services/:id/questions/new': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/services/:id/questions/:question': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup/clinic': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup/board': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup/picture': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup/branches/new': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup/branches/:id': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup/doctors/new': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup/doctors/add': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup/doctors/:id': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup/doctors/:id/end': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/setup/doctors/:id/picture': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'post /:language/sign-in': [401, 401, 401, 401, 401, 401, 401, 401, 401, 401],
    'post /:language/workplace': [401, 404, 404, 404, 404, 404, 404, 404, 404, 303],
    'post /:language/appointments/:id/confirm': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/appointments/:id/reject': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/appointments/:id/cancel': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/appointments/:id/move': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/appointments/:id/undo': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /api/calendar/appointments/:id/undo': [401, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    'post /:language/several': [401, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    'post /:language/several/undo': [401, 200, 200, 200, 200, 303, 200, 303, 303, 303],
    'post /api/calendar/appointments/:id/move': [401, 404, 403, 403, 403, 200, 403, 200, 200, 200],
    // Whoever may is told in words that it is too early.
    'post /:language/appointments/:id/arrive': [401, 404, 403, 403, 403, 422, 403, 422, 422, 422],
    'post /:language/appointments/:id/admit': [401, 404, 403, 403, 403, 422, 403, 422, 422, 422],
    'post /:language/appointments/:id/fulfil': [401, 404, 403, 403, 403, 422, 403, 422, 422, 422],
    'post /:language/appointments/:id/miss': [401, 404, 403, 403, 403, 422, 403, 422, 422, 422],
    'post /:language/arrivals': [401, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'post /:language/arrivals/step': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/pending': [401, 200, 200, 403, 200, 303, 200, 303, 303, 303],
    'post /:language/waiting/patients': [401, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'post /:language/waiting/details': [401, 404, 404, 403, 404, 200, 404, 200, 200, 200],
    'post /:language/appointments/:id/room': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/notices/texts/:id/seen': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/notices/answers/:id/seen': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/notices/informed': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/notices/again': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/notices/approval/limit': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/notices/approval/:id': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/waiting': [401, 404, 404, 403, 404, 303, 404, 303, 303, 303],
    'post /:language/waiting/:id/answer': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/waiting/:id/withdraw': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/book/patients': [401, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'post /:language/book/new': [401, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    // A patient of the clinic is no practitioner's until they come to them, as the registrar books here.
    'post /:language/book/times': [401, 404, 404, 403, 404, 200, 404, 200, 200, 200],
    'post /:language/book': [401, 404, 404, 403, 404, 303, 404, 303, 303, 303],
    'post /:language/book/walk-in': [401, 404, 404, 403, 404, 422, 404, 422, 422, 422],
    'post /:language/book/done/:id/undo': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/series/patients': [401, 200, 200, 403, 200, 200, 200, 200, 200, 200],
    'post /:language/series/for': [401, 404, 404, 403, 404, 200, 404, 200, 200, 200],
    'post /:language/series/dates': [401, 404, 404, 404, 404, 200, 404, 200, 200, 200],
    'post /:language/series': [401, 404, 404, 404, 404, 303, 404, 303, 303, 303],
    'post /:language/series/:id/cancel': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/hours/:calendar': [401, 404, 403, 403, 403, 403, 403, 303, 303, 303],
    'post /:language/calendars/new': [401, 404, 403, 403, 403, 403, 403, 422, 422, 422],
    'post /:language/calendars/:id': [401, 404, 403, 403, 403, 403, 403, 303, 303, 303],
    'post /:language/quotas/new': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/quotas/:id': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/quotas/:id/remove': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/rooms/new': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/rooms/:id': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/letters/sms': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/letters/words': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/letters/reminders': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/letters/preparation/:id': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/screens/new': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/screens/:id': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/screens/:id/renew': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/screens/:id/revoke': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/rooms/needs/:service': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/sessions/new': [401, 422, 403, 403, 403, 403, 422, 303, 403, 303],
    'post /:language/sessions/:id/seats': [401, 404, 403, 403, 403, 403, 404, 303, 403, 303],
    'post /:language/sessions/:id/cancel': [401, 404, 403, 403, 403, 403, 404, 303, 403, 303],
    'post /:language/closures': [401, 404, 403, 403, 403, 403, 403, 303, 303, 303],
    'post /:language/closures/:id/reopen': [401, 404, 403, 403, 403, 403, 403, 303, 303, 303],
    'post /:language/closures/series/:series/reopen': [401, 404, 403, 403, 403, 403, 404, 303, 303, 303],
    'post /:language/days': [401, 404, 403, 403, 403, 403, 404, 303, 403, 303],
    'post /:language/days/take-over': [401, 404, 403, 403, 403, 403, 404, 303, 403, 303],
    'post /:language/changes/:id': [401, 404, 403, 403, 403, 403, 403, 303, 303, 303],
    'post /:language/orphaned/keep': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/ill': [401, 422, 403, 403, 403, 403, 403, 303, 303, 303],
    'post /:language/ill/:id/accept': [401, 404, 403, 403, 403, 303, 403, 303, 303, 303],
    'post /:language/ill/:id/reopen': [401, 404, 403, 403, 403, 403, 403, 303, 303, 303],
    'post /:language/import': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/import/:id/bring-in': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/import/:id/check': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/import/:id/discard': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/services/limits': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/services/new': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/services/:id': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/services/:id/end': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/services/:id/questions/new': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/services/:id/questions/:question': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/services/:id/questions/:question/arrange': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/publish': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/withdraw': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/clinic': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/board': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/branches/new': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/branches/:id': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/branches/:id/remove': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/doctors/new': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/doctors/add': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/doctors/:id': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/doctors/:id/publish': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/doctors/:id/withdraw': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/doctors/:id/end': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/picture': [401, 422, 403, 403, 403, 403, 403, 403, 403, 422],
    'post /:language/setup/doctors/:id/picture': [401, 404, 403, 403, 403, 403, 403, 403, 403, 422],
    'post /:language/setup/picture/remove': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/setup/doctors/:id/picture/remove': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'get /:language/staff': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/staff/invite': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/staff/:id': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/staff/invitations/:id/address': [303, 404, 403, 403, 403, 403, 403, 403, 403, 200],
    'get /:language/invitation/:id': [410, 410, 410, 410, 410, 410, 410, 410, 410, 410],
    'get /:language/audit': [303, 200, 403, 403, 403, 403, 403, 403, 403, 200],
    'post /:language/staff/invite': [401, 303, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/staff/:id': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/staff/:id/reset': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/staff/:id/end': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/staff/invitations/:id/again': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/staff/invitations/:id/address': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/staff/invitations/:id/withdraw': [401, 404, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/invitation/:id': [410, 410, 410, 410, 410, 410, 410, 410, 410, 410],
    'post /:language/audit/patient': [401, 422, 403, 403, 403, 403, 403, 403, 403, 303],
    'post /:language/sign-out': [401, 303, 303, 303, 303, 303, 303, 303, 303, 303],
  };

  /** Names that only this clinic's pages hold. */
  const ofThisClinic = /Ozols|Ilze|Filiāle|Konsultācija|Kabinets 12|a\.csv/;

  /** Every route of the app as Express has it, whoever registered it. */
  const routes = (): string[] => {
    const { router } = app.get(HttpAdapterHost).httpAdapter.getInstance() as {
      router: { stack: { route?: { path: string; methods: Record<string, boolean> } }[] };
    };
    return router.stack.flatMap(({ route }) =>
      route && !route.methods['_all'] ? Object.keys(route.methods).map((method) => `${method} ${route.path}`) : [],
    );
  };

  async function send(route: string, { path, fields, json, file }: Asked, headers: Record<string, string>) {
    const body = new FormData();
    if (file) body.append(file.field, new Blob([file.text]), 'file');
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(fields ?? {}))
      for (const each of [value].flat()) form.append(name, each);
    const answer = await fetch(app.url + path, {
      method: route.startsWith('get ') ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        ...(json && { 'content-type': 'application/json', 'idempotency-key': key() }),
        ...headers,
      },
      ...(route.startsWith('post ') && { body: file ? body : json ? JSON.stringify(json) : form }),
    });
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
  }

  it('asks nobody who comes from another site', async () => {
    for (const [route, ask] of Object.entries(asked)) {
      if (route.startsWith('get ')) continue;
      const headers = {
        cookie: cookies.get('registrar') ?? '',
        'sec-fetch-site': 'cross-site',
        origin: 'https://evil.example',
      };
      expect([route, (await send(route, await ask(), headers)).status]).toEqual([route, 403]);
    }
  }, 120_000);

  it('is remembered where it names people', async () => {
    const { id: seriesVisit } = await anAppointment();
    const seriesId = randomUUID();
    await database.sql('update appointment set series_id = $2 where id = $1', [seriesVisit, seriesId]);
    const orphan = await anOrphan();
    const missed = await aMissedLetter();
    const { id: answered } = await anAppointment();
    await anAnswer(answered);
    const absenceId = await anAbsence();
    const change = await aChange();
    const sessionId = await aSession();
    const { id: seated } = await anAppointment();
    await database.sql(
      `insert into seat (session_id, seat, seats, owner_kind, owner_id, tariff_cents) select $1, 1, seats, 'appointment', $2, 0 from group_session where id = $1`,
      [sessionId, seated],
    );
    const lists: Record<string, [path: string, visit: string | undefined]> = {
      'series-visits': [`/series/${seriesId}`, seriesVisit],
      'orphaned-list': ['/orphaned', orphan],
      'unreached-list': ['/notices', missed.visit],
      answers: ['/notices/answers', answered],
      'absence-patients': [`/ill/${absenceId}`, undefined],
      'change-inside': [`/changes/${change.id}`, Object.keys(change.fields)[0]?.slice('visit.'.length)],
      'session-people': [`/sessions/${sessionId}`, seated],
    };
    for (const [action, [path, visit]] of Object.entries(lists)) {
      await database.sql('update access_log set action = $2 where action = $1', [action, 'earlier']);
      const cookie = cookies.get('registrar') ?? '';
      expect([path, (await send('get ', at(path), { cookie })).status]).toEqual([path, 200]);
      const looks = await database.sql<{ visit: string; role: string; purpose: string; isTheirs: boolean }>(
        `select l.appointment_id as visit, l.role, l.purpose, l.patient_id = a.patient_id as "isTheirs"
           from access_log l join appointment a on a.id = l.appointment_id where l.action = $1`,
        [action],
      );
      expect([action, looks]).toEqual([action, expect.arrayContaining([expect.anything()])]);
      for (const look of looks) expect(look).toMatchObject({ role: 'registrar', purpose: 'booking', isTheirs: true });
      if (visit) expect(looks.map((look) => look.visit)).toContain(visit);
    }
  });

  it('is shown in menus: each way in somebody’s menu is open to them', async () => {
    const led: Record<string, string[]> = {};
    // The stranger's clinic has no branch yet, and so no day.
    for (const who of everybody.slice(2)) {
      const cookie = cookies.get(who) ?? '';
      const { text } = await send('get ', at('/workplace'), { cookie });
      const nav = /<nav class="site-nav side"[\s\S]*?<\/nav>/.exec(text)?.[0] ?? '';
      const ways = [...nav.matchAll(/href="([^"]+)"/g)].map(([, path]) => path ?? '');
      led[who] = ways.map((path) => path.replace('/en/', ''));
      for (const path of ways)
        expect([who, path, (await send('get ', { path }, { cookie })).status]).toEqual([who, path, 200]);
    }
    const desk = ['calendar', 'book', 'series', 'pending'];
    for (const who of ['registrar', 'elsewhere', 'doctor', 'assistant', 'other', 'admin'] as const)
      expect([who, led[who]]).toEqual([who, expect.arrayContaining(desk)]);
    expect(led['lapsed']).toEqual(['hours', 'calendars']);
    expect(led['admin']).toEqual(expect.arrayContaining(['staff', 'audit', 'setup', 'services', 'import', 'screens']));
    for (const who of ['registrar', 'elsewhere', 'doctor', 'assistant'] as const)
      for (const path of ['staff', 'audit', 'setup', 'import']) expect(led[who]).not.toContain(path);
  });

  it('says in words who may do what was refused', async () => {
    const refused = async (who: Who, path: string): Promise<string> =>
      (await send('get ', at(path), { cookie: cookies.get(who) ?? '' })).text;
    expect(await refused('registrar', '/staff')).toContain('This may be done by: clinic administrator.');
    expect(await refused('assistant', '/sessions/new')).toContain('registrar, practitioner, or clinic administrator');
    const { id } = await anAppointment();
    expect(await refused('elsewhere', `/appointments/${id}`)).toContain('Your rights apply only to certain branches');
    expect(await refused('lapsed', '/calendar')).toContain('the time set for it is over');
  });

  it('asks of both calendars when a visit is moved', async () => {
    const { id } = await anAppointment();
    const mine = { role: 'practitioner' as const, practitionerId: calendar.resourceId };
    const doctor = { ...admin(), ...mine, practitionerIds: [calendar.resourceId] };
    const here = { ...admin(), role: 'registrar' as const, branchIds: [branch.id] };
    const move = (actor: typeof doctor | typeof here, to: build.Calendar): Promise<unknown> =>
      app.get(MoveAppointment).run({
        actor,
        id,
        version: 1,
        to: {
          calendarId: to.id,
          serviceId: to.serviceId,
          start: Temporal.Instant.from(build.at(to, '2027-07-18T18:00')),
        },
        request: aRequest(actor),
      });
    const away = await build.aCalendar(database, {
      branch: await build.aBranch(database, { clinic }),
      practitioner: await build.aPractitioner(database, { clinic }),
      payer: 'state',
      now: clock.now().toString(),
    });
    await expect(move(doctor, groups)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(move(here, away)).rejects.toMatchObject({ code: 'not-allowed' });
    await move(doctor, calendar);
  });

  it('stands in one table, and each route answers so', async () => {
    expect(routes().sort()).toEqual(Object.keys(asked).sort());
    const seen: Record<string, number[]> = {};
    const told: string[] = [];
    for (const [route, ask] of Object.entries(asked)) {
      const row: number[] = [];
      const note = (who: Who, { status, text }: { status: number; text: string }): void => {
        row.push(status);
        // What a stranger is shown is their own clinic's.
        if (who === 'stranger' && ofThisClinic.test(text)) told.push(route);
        // Nor is anybody's name shown to whoever has nothing to do with them.
        if (['lapsed', 'other', 'elsewhere'].includes(who) && /Ozols|Ilze/.test(text)) told.push(`${who} ${route}`);
      };
      const asks = (who: Who, what: Asked) => send(route, what, { cookie: cookies.get(who) ?? '' });
      let what = await ask();
      if (route.startsWith('get ')) {
        // Looking changes nothing, so they all look at the same, and at once.
        const answers = await Promise.all(everybody.map((who) => asks(who, what)));
        for (const [n, who] of everybody.entries()) note(who, answers[n] ?? { status: 0, text: '' });
      } else {
        for (const who of everybody) {
          const answer = await asks(who, what);
          note(who, answer);
          // Who is refused leaves it as it was for the next one.
          if (![401, 403, 404].includes(answer.status) && who !== everybody.at(-1)) what = await ask();
        }
      }
      seen[route] = row;
    }
    expect(seen).toEqual(table);
    expect(told).toEqual([]);
  }, 240_000);

  it('is never broken by what somebody writes into an address', async () => {
    // The table withdrew it.
    await database.sql('update clinic set published = true where id = $1', [clinic.id]);
    const nobody = '00000000-0000-4000-8000-000000000000';
    const { id: visit } = await anAppointment();
    const moments = ['2027-99-99T99:99:99Z', '9999-12-31T23:59:60Z', '0000-00-00T00:00:00Z', '2027-02-30T00:00:00Z'];
    const names = ['day', 'practitioners', 'who', 'seen', 'version', 'ids', 'returnTo', 'waiting'];
    const places = { pending: 'page', arrivals: 'after', audit: 'from' };
    const asks = /calendar|pending|arrivals|waiting|several|paper|audit|book$/;
    const odd = [
      '-1',
      'x'.repeat(10_000),
      '\u0000',
      "%_'\\",
      nobody,
      `${nobody},${visit}`,
      `${visit}:999999999`,
      '0000-01-01',
      '9999-12-31',
      '-271821-04-20',
      ...moments,
      Array.from({ length: 51 }, () => randomUUID()).join(','),
    ];
    const cookie = cookies.get('admin') ?? '';
    const broken: unknown[] = [];
    let turn = 0;
    for (const [route, ask] of Object.entries(asked)) {
      if (!route.startsWith('get ') || !asks.test(route)) continue;
      const { path } = await ask();
      const [bare = '', search] = path.split('?');
      const place = Object.entries(places).find(([page]) => route.endsWith(page))?.[1];
      const beginsAt = moments.flatMap((at) => [`after:${at}:${visit}`, `${at}:${visit}`, `${at},step,${visit}`]);
      const tries = names.flatMap((name) => odd.filter(() => ++turn % 8 === 0).map((value) => [name, value]));
      const all = [...tries, ...(place ? beginsAt.map((at) => [place, at]) : [])];
      // A few at once, as looking changes nothing.
      for (let first = 0; first < all.length; first += 6) {
        await Promise.all(
          all.slice(first, first + 6).map(async ([name = '', value = '']) => {
            const query = new URLSearchParams(search);
            query.set(name, value);
            const { status } = await send(route, { path: `${bare}?${query.toString()}` }, { cookie });
            if (status >= 500) broken.push([route, name, value.slice(0, 60), status]);
          }),
        );
      }
    }
    expect(broken).toEqual([]);
  }, 240_000);

  it('is never broken by what somebody sends', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const odd: (string | readonly string[])[] = [
      '',
      '-1',
      '99999999999999999999',
      'x'.repeat(20_000),
      '\u0000',
      '=cmd|calc',
      nobody,
      '2027-02-30',
      '9999-12-31',
      ['a', 'b'],
      `${nobody}|${nobody}`,
    ];
    const cookie = cookies.get('admin') ?? '';
    const broken: unknown[] = [];
    let turn = 0;
    for (const [route, ask] of Object.entries(asked)) {
      if (!route.startsWith('post ') || /sign-out|setup.withdraw/.test(route)) continue;
      const { path, fields = {}, file, json } = await ask();
      if (file) {
        const part = '--b\r\ncontent-disposition: form-data; name="files"; filename="a"\r\n\r\nhalf';
        for (const [type, body] of [
          ['multipart/form-data', 'x'],
          ['multipart/form-data; boundary=b', part],
          ['multipart/form-data; boundary=b', ''],
          ['multipart/form-data; boundary=b', part.replaceAll('files', 'others[__proto__][x]')],
        ] as const) {
          const headers = { cookie, 'content-type': type };
          const { status } = await fetch(app.url + path, { method: 'POST', redirect: 'manual', headers, body });
          if (status >= 500) broken.push([route, type, body.slice(0, 60), status]);
        }
      }
      if (file || json) continue;
      for (const name of [...Object.keys(fields), '__proto__', 'services.0.serviceId.x']) {
        // A third of them for each field, in turn; another third for the next.
        turn += 1;
        for (const value of odd.filter((_, n) => (n + turn) % 3 === 0)) {
          const { status } = await send(route, { path, fields: { ...fields, [name]: value } }, { cookie });
          if (status >= 500) broken.push([route, name, String(value).slice(0, 40), status]);
        }
      }
      // Twice the same row.
      const rows = Object.entries(fields).flatMap(([name, value]) =>
        name.includes('.0.') ? [[name.replace('.0.', '.1.'), value]] : [],
      );
      const twice = Object.fromEntries([...Object.entries(fields), ...rows]) as Fields;
      const { status } = await send(route, { path, fields: twice }, { cookie });
      if (status >= 500) broken.push([route, 'twice', status]);
    }
    expect(broken).toEqual([]);
  }, 240_000);
});
