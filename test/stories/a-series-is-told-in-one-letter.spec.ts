import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { BookSeries, CancelAppointment } from '#libs/appointments';
import { audit } from '../../tools/audit/audit.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { aPatient } from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase, theTenSecondsPass } from '../support/database.js';
import { type CaughtLetter, type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { aRequest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, aStaffMember, freeDaysAsOf } from '../support/world.js';

const now = '2026-11-30T06:00:00Z';
const ilze = 'ilze@patient.example';
let database: TestDatabase;
let verbs: Verbs;
let mail: SmtpCatcher;
let worker: RunningApp;

beforeAll(async () => {
  database = await testDatabase();
  mail = await smtpCatcher();
  await prepareEnvironment({ database, smtpUrl: mail.url });
  verbs = await verbsOn(database, now);
  worker = await startApp('worker', { clock: testClock(now) });
});

afterAll(async () => {
  await worker?.stop();
  await verbs?.close();
  await mail?.stop();
  await database?.drop();
});

interface Invited {
  method: string;
  uid: string;
  sequence: number;
  starts: string;
}

const invitationsIn = (letter: CaughtLetter): Invited[] =>
  letter.parsed.attachments
    .filter(({ mimeType }) => mimeType === 'text/calendar' || mimeType === 'application/ics')
    .map(({ content }) => {
      const text = typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8');
      const calendar = new ICAL.Component(ICAL.parse(text) as never);
      const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
      return {
        method: String(calendar.getFirstPropertyValue('method')),
        uid: event.uid,
        sequence: event.sequence,
        starts: event.startDate.toJSDate().toISOString().slice(0, 16),
      };
    });

describe('a series of visits', () => {
  it('is told in one letter with all times and an invitation for each, and a visit of it in letters of its own', async () => {
    const calendar = await aCalendar(database, {});
    await freeDaysAsOf(database, calendar, now);
    const actor = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    if (actor.kind !== 'staff') throw new Error('no staff');
    const patientId = await aPatient(database, { clinic: { id: calendar.clinicId }, email: ilze });
    const starts = ['2026-12-01', '2026-12-08', '2026-12-15'].map((day) => Temporal.Instant.from(`${day}T07:00:00Z`));
    const { seriesId } = await verbs.get(BookSeries).run({
      actor,
      calendarId: calendar.calendarId,
      serviceId: calendar.serviceId,
      starts,
      patientId,
      contact: { email: ilze, phone: null },
      language: 'en',
      termsVersion: null,
      origin: 'desk',
      request: aRequest(actor),
    });
    const letter = await mail.waitFor(ilze);
    expect(letter.parsed.text).toContain('Your 3 appointments are booked');
    for (const day of ['1 December', '8 December', '15 December']) expect(letter.parsed.text).toContain(day);
    const invited = [...new Map(invitationsIn(letter).map((each) => [each.uid, each])).values()];
    expect(invited.map(({ starts: when }) => when).sort()).toEqual(
      starts.map((start) => start.toString().slice(0, 16)),
    );
    expect(new Set(invited.map(({ method, sequence }) => `${method} ${sequence}`))).toEqual(new Set(['REQUEST 0']));
    const visits = await database.sql<{ id: string; uid: string }>(
      `select id, ics_uid as uid from appointment where series_id = $1 order by starts_at`,
      [seriesId],
    );
    // The second one is cancelled: its own letter takes its own event away.
    await verbs
      .get(CancelAppointment)
      .run({ actor, id: visits[1]!.id, version: 1, reason: 'clinic-other', request: aRequest(actor) });
    await theTenSecondsPass(database);
    const cancelled = await mail.waitFor(ilze, (each) => (each.parsed.text ?? '').includes('has cancelled'));
    expect(invitationsIn(cancelled)[0]).toMatchObject({ method: 'CANCEL', sequence: 1, starts: '2026-12-08T07:00' });
    expect(invited.map(({ uid }) => uid)).toContain(invitationsIn(cancelled)[0]!.uid);
    expect(mail.letters).toHaveLength(2);
    const query = <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
      database.sql(text, values) as Promise<Row[]>;
    expect(await audit({ query }, Temporal.Instant.from(now))).toEqual([]);
  });
});
