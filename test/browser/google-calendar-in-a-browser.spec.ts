import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Sessions } from '#libs/access';
import { BookAppointment } from '#libs/appointments';
import { NoteEntries, PutEntry, TakeBackEntries } from '#libs/calendar-sync';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { axe, browser, overflows, type TestBrowser } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { aCalendar as aGoogleCalendar, aPerson, type GooglePerson } from '../support/google-calendars.js';
import { type GoogleServer, googleServer } from '../support/google-server.js';
import { aRequest, asGuest } from '../support/verbs.js';
import { aCalendar, anAccount, freeDaysAsOf } from '../support/world.js';

const now = '2026-11-30T06:00:00Z';
const clock = testClock(now);
let database: TestDatabase;
let google: GoogleServer;
let person: GooglePerson;
let booking: RunningApp;
let chromium: TestBrowser;
let page: Page;
let problems: string[];
let accountId: string;
const visits: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  person = aPerson('ilze@gmail.example');
  person.calendars.set('work', aGoogleCalendar('work', { summary: 'Darba kalendārs' }));
  google = await googleServer(person);
  const { clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET, url: GOOGLE_API_ROOT } = google;
  await prepareEnvironment({ database, variables: { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_API_ROOT } });
  booking = await startApp('booking', { clock });
  const calendar = await aCalendar(database);
  await freeDaysAsOf(database, calendar, now);
  accountId = await anAccount(database, 'ilze@patient.example');
  const actor = asGuest(accountId);
  for (const time of ['2026-12-03T08:00:00Z', '2026-12-08T10:00:00Z']) {
    const { id } = await booking.get(BookAppointment).run({
      actor,
      slot: { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: Temporal.Instant.from(time) },
      patient: {
        givenName: 'Ilze',
        familyName: 'Bērziņa',
        birthDate: Temporal.PlainDate.from('1958-03-12'),
        language: 'lv',
      },
      contact: { email: 'ilze@patient.example', phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    visits.push(id);
  }
  chromium = await browser();
  const visitor = await chromium.visitor({ viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
  ({ page, problems } = visitor);
  const token = await booking.get(Sessions).open({ app: 'booking', accountId, level: 'email' });
  await visitor.context.addCookies([{ name: 'pieraksts-booking', value: token, url: booking.url }]);
});

afterAll(async () => {
  await chromium?.stop();
  await booking?.stop();
  await google?.stop();
  await database?.drop();
});

/** Right on a phone and on a wide screen in the dark. */
async function look(name: string): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  expect([name, await overflows(page), await axe(page)]).toEqual([name, false, []]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect([name, await axe(page, { type: 'rule', values: ['color-contrast'] })]).toEqual([name, []]);
  await page.emulateMedia({ colorScheme: 'light' });
}
const heading = (name: string) => page.getByRole('heading', { name });
async function putAll(): Promise<void> {
  for (const appointmentId of visits) await booking.get(NoteEntries).run({ appointmentId });
  for (const { id: entryId } of await database.sql<{ id: string }>('select id from calendar_entry'))
    await booking.get(PutEntry).run({ entryId });
}

it('leads to Google and back, past the policy of our pages, and says how it stands', async () => {
  await page.goto(`${booking.url}/lv/my-calendar`);
  await look('before');
  await page.getByText('Jaunā, ko izveidosim mēs').click();
  google.consent.decision = 'deny';
  await page.getByRole('button', { name: 'Turpināt Google' }).click();
  await page.getByText('Google vietnē Jūs nepiekritāt').waitFor();
  google.consent.decision = 'agree';
  await page.getByRole('button', { name: 'Turpināt Google' }).click();
  await page.getByText('Google kalendārs ir savienots.').waitFor();
  await putAll();
  const [event] = [...person.calendars.values()].flatMap(({ events }) => [...events.values()]);
  Object.assign(event!, { status: 'cancelled', etag: '"by hand"' });
  await database.sql(`update branch set address = 'Klusā iela 7'`);
  await putAll();
  await page.reload();
  await heading('Google kalendārā Jūs izdzēsāt 1 vizīti').waitFor();
  await look('connected');
  google.faults.push({ path: /\/events/, status: 503, times: 9 });
  await page.getByRole('button', { name: 'Ierakstīt no jauna' }).click();
  await page.getByText('Vizīte pēc brīža atkal būs').waitFor();
  await putAll();
  await page.reload();
  await page.getByText('Google neatbild').waitFor();
  await look('failing');
  google.faults.length = 0;
  google.grants.clear();
  google.accessTokens.clear();
  clock.advance({ minutes: 10 });
  await putAll();
  await page.reload();
  await page.getByText('Google ziņo, ka Jūsu atļauja ir beigusies.').waitFor();
  await look('stopped');
  await page.getByText('Vienā no maniem kalendāriem').click();
  await page.getByRole('button', { name: 'Turpināt Google' }).click();
  await heading('Izvēlieties kalendāru').waitFor();
  await look('choose');
  await page.getByText('Darba kalendārs').click();
  await page.getByRole('button', { name: 'Savienot šo kalendāru' }).click();
  await page.getByText('Darba kalendārs').waitFor();
  const [former] = await database.sql<{ id: string }>('select id from calendar_connection where is_former');
  await booking.get(TakeBackEntries).run({ connectionId: former!.id, isLastTry: false });
  await page.reload();
  await page.getByText('„Pieraksts: vizītes” tagad ir tukšs').waitFor();
  await look('left');
  await page.setViewportSize({ width: 320, height: 640 });
  await page.getByRole('button', { name: 'Izdarīts' }).click();
  await heading('Google kalendārā vēl palicis mūsu ierakstītais').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Atvienot Google' }).click();
  await page.getByText('Mēs izņemam Jūsu vizītes').waitFor();
  await look('ending');
  expect(problems).toEqual([]);
});
