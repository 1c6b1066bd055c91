import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

/** A Sunday: what comes in by e-mail counts from Monday. */
const clock = testClock('2027-02-28T08:00:00Z');
const day = '2027-03-01';

let database: TestDatabase;
let app: RunningApp;
let chromium: TestBrowser;
let calendar: build.Calendar;
let cookies: StaffVisitor['cookies'];
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await build.aClinic(database);
  const branch = await build.aBranch(database, { clinic });
  const now = clock.now().toString();
  const open: [string, string][] = [[`${day}T09:00`, `${day}T12:00`]];
  const practitioner = await build.aPractitioner(database, { clinic, familyName: 'Liepa' });
  calendar = await build.aCalendar(database, { branch, practitioner, payer: 'state', open, now });
  await build.aPatient(database, { clinic, familyName: 'Šķēle', email: 'ilze@patient.example' });
  await build.aPatient(database, { clinic, familyName: 'Vilks', email: 'vilks@patient.example' });
  app = await startApp('clinic', { clock });
  const staff = await build.aStaffMember(database, { clinic });
  ({ cookies } = await staffVisitor(app, staff, await build.aCredential(database, staff), clock));
  chromium = await browser();
});

afterAll(async () => {
  await chromium?.stop();
  await app?.stop();
  await database?.drop();
});

beforeEach(async () => {
  await visitor?.context.close();
  visitor = await chromium.visitor({ viewport: { width: 1280, height: 900 } });
  await visitor.context.addCookies(cookies);
  page = visitor.page;
});

/** Nothing that axe finds, at three widths, and nothing to push sideways. */
async function looksRight(name: string): Promise<void> {
  for (const width of [320, 820, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect([width, await overflows(page)]).toEqual([width, false]);
    const folder = process.env['PICTURES'];
    if (!folder) continue;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
    await page.emulateMedia({ colorScheme: 'light' });
  }
  expect(await axe(page)).toEqual([]);
}

describe('requests from the keyboard', () => {
  it('are registered in seconds: a name, an arrow, Enter', async () => {
    await page.goto(`${app.url}/en/waiting`);
    await looksRight('waiting-empty');
    await page.keyboard.press('r');
    await page.waitForURL(/waiting\/new/);
    await page.keyboard.type('skele');
    await page.keyboard.press('Enter');
    await page.locator('.patient-choice').first().waitFor();
    await looksRight('waiting-who');
    await page.keyboard.press('Enter');
    await page.locator('.request-form').waitFor();
    await page.locator('.received').waitFor({ state: 'hidden' });
    await page.locator('#channel').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.locator('.received').waitFor();
    await looksRight('waiting-register');
    await page.locator('#wish').focus();
    await page.keyboard.type('Sāp acs, der rīti pēc desmitiem');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/waiting\/[0-9a-f-]{36}$/);
    expect(await page.locator('main').textContent()).toContain('Monday, 1 March 2027');
    await looksRight('waiting-entry');
    await page.goto(`${app.url}/en/waiting`);
    expect(await page.locator('.waiting-entry').textContent()).toContain('Came outside 9–17');
    await looksRight('waiting-list');
    expect(visitor.problems).toEqual([]);
  });

  it('are booked past a warning that says what stands there', async () => {
    await page.goto(`${app.url}/en/waiting`);
    await page.locator('.waiting-do a').focus();
    await page.keyboard.press('Enter');
    await page.locator('.patient-choice').first().waitFor();
    await page.keyboard.press('Enter');
    const summary = page.locator('details.other-time > summary');
    await summary.waitFor();
    await summary.focus();
    await page.keyboard.press('Enter');
    await page.locator('#onDay').fill(day);
    await page.locator('#atTime').fill('13:00');
    await page.locator('button[name="slot"][value="offer"]').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('#override-title').waitFor();
    expect(await page.locator('.override').textContent()).toContain('Working hours that day: 09:00–12:00.');
    await looksRight('override');
    await page.locator('#overrideReason').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('.override button').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/book\/done/);
    const [row] = await database.sql(
      `select w.state, a.origin, e.overrides, e.override_why as why
         from waiting_list_entry w
         join appointment a on a.id = w.appointment_id
         join appointment_event e on e.appointment_id = a.id`,
    );
    expect(row).toEqual({ state: 'booked', origin: 'email', overrides: ['outside-hours'], why: 'urgent' });
    expect(visitor.problems).toEqual([]);
  });

  it('leads from a refused drop to the form that says what stands there', async () => {
    const [visit] = await database.sql<{ id: string; version: number }>(`select id, version from appointment`);
    await page.goto(`${app.url}/en/calendar?day=${day}`);
    await page.locator(`#day-grid [data-appointment="${visit?.id}"]`).waitFor();
    const move = { visit, to: { resourceId: calendar.resourceId, start: `${day}T08:00` } };
    await page.evaluate(`window.dayParts.moveVisits([${JSON.stringify(move)}])`);
    await page.locator('#day-status a', { hasText: 'Do it all the same' }).click();
    await page.waitForURL(/move\?resource=/);
    expect(await page.locator('.override').textContent()).toContain('Outside working hours');
    await looksRight('override-move');
    expect(visitor.problems).toEqual([]);
  });
});
