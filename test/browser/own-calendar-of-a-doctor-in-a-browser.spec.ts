import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ReadBusyTimes } from '#libs/calendar-sync';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { axe, browser, overflows, type TestBrowser } from '../support/browser.js';
import * as build from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { aCalendar as aGoogleCalendar, aPerson, insertEvent } from '../support/google-calendars.js';
import { type GoogleServer, googleServer } from '../support/google-server.js';
import { staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2026-12-01T06:00:00Z');
const person = aPerson('anna.liepa@gmail.example');
let database: TestDatabase;
let google: GoogleServer;
let clinicApp: RunningApp;
let chromium: TestBrowser;
let page: Page;
let problems: string[];
let enter: () => Promise<void>;

beforeAll(async () => {
  database = await testDatabase();
  person.calendars.set('family', aGoogleCalendar('family', { summary: 'Ģimene' }));
  google = await googleServer(person);
  google.now = clock.now().toString();
  const { clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET, url: GOOGLE_API_ROOT } = google;
  await prepareEnvironment({ database, variables: { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_API_ROOT } });
  clinicApp = await startApp('clinic', { clock });
  const clinic = await build.aClinic(database);
  const practitioner = await build.aPractitioner(database, { clinic, familyName: 'Liepa' });
  const branch = await build.aBranch(database, { clinic });
  const calendar = await build.aCalendar(database, {
    branch,
    practitioner,
    open: [['2026-12-01T09:00', '2026-12-01T17:00']],
    now: clock.now().toString(),
  });
  await database.sql(
    `insert into working_hours (clinic_id, calendar_id, weekday, starts, ends, valid_from, week_anchor, published)
     select clinic_id, id, 2, '09:00', '17:00', '2026-01-01', '2026-01-05', true from calendar where id = $1`,
    [calendar.id],
  );
  const [start, end] = [build.at(calendar, '2026-12-01T11:00'), build.at(calendar, '2026-12-01T13:00')];
  const family = person.calendars.get('family');
  if (family) insertEvent(family, { summary: 'Zobārsts', start: { dateTime: start }, end: { dateTime: end } }, start);
  const doctor = await build.aStaffMember(database, { clinic, role: 'practitioner', practitioner, name: 'Dr. Liepa' });
  const credential = await build.aCredential(database, doctor);
  chromium = await browser();
  const visitor = await chromium.visitor({ viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
  ({ page, problems } = visitor);
  enter = async () => {
    const { cookies } = await staffVisitor(clinicApp, doctor, credential, clock);
    await visitor.context.addCookies(cookies);
  };
  await enter();
});

afterAll(async () => {
  await chromium?.stop();
  await clinicApp?.stop();
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
async function read(): Promise<void> {
  const [reading] = await database.sql<{ id: string }>('select connection_id as id from busy_reading');
  await clinicApp.get(ReadBusyTimes).run({ connectionId: reading?.id ?? '' });
}

it('is connected, chosen, seen in the grid without a word of what it is, and seen when it cannot be read', async () => {
  await page.goto(`${clinicApp.url}/lv/my-calendar`);
  await look('before');
  await page.getByRole('button', { name: 'Turpināt Google vietnē' }).click();
  await page.getByRole('heading', { name: 'Izvēlēties, ko ņemt vērā' }).waitFor();
  await look('choose');
  await page.getByLabel('anna.liepa@gmail.example').uncheck();
  await page.getByRole('button', { name: 'Saglabāt' }).click();
  await page.getByText('Izvēlieties vismaz vienu kalendāru').first().waitFor();
  await look('nothing chosen');
  await page.getByLabel('Ģimene').check();
  await page.getByRole('button', { name: 'Saglabāt' }).click();
  await page.getByText('Jūsu kalendārs turpmāk tiek ņemts vērā.').waitFor();
  await read();
  await page.reload();
  await page.getByText('1 laiks', { exact: true }).waitFor();
  await look('connected');
  await page.goto(`${clinicApp.url}/lv/calendar?day=2026-12-01`);
  await page.getByText('Aizņemts (paša kalendārs)').first().waitFor();
  expect(await page.content()).not.toContain('Zobārsts');
  google.faults.push({ path: /\/token$/, status: 400, oauthError: 'invalid_grant', times: 100 });
  google.accessTokens.clear();
  clock.advance({ minutes: 16 });
  await read();
  await enter();
  await page.goto(`${clinicApp.url}/lv/my-calendar`);
  await page.getByText('Google ziņo, ka Jūsu atļauja ir beigusies.').waitFor();
  await look('paused');
  await page.goto(`${clinicApp.url}/lv/closures`);
  await page.getByText('Aizņemts pēc paša kalendāra').waitFor();
  await look('closures');
  google.faults.length = 0;
  await page.goto(`${clinicApp.url}/lv/my-calendar`);
  await page.getByRole('button', { name: 'Savienot no jauna' }).click();
  await page.getByText('Jūsu kalendārs turpmāk tiek ņemts vērā.').waitFor();
  await read();
  await page.getByRole('button', { name: 'Atvienot Google' }).click();
  await page.getByText('Google ir atvienots, un Jūsu laiki atkal ir pieejami.').waitFor();
  await look('ended');
  expect(problems).toEqual([]);
});
