import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPatient,
  aPractitioner,
  aStaffMember,
  type Branch,
  type Calendar,
} from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

// A Monday, 10:00 in Rīga.
const clock = testClock('2027-03-01T08:00:00Z');
const days = ['2027-03-01', '2027-03-02'];

let database: TestDatabase;
let app: RunningApp;
let chromium: TestBrowser;
let branch: Branch;
let anna: Calendar;
let cookies: StaffVisitor['cookies'];
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database);
  branch = await aBranch(database, { clinic });
  const open = days.map((day): [string, string] => [`${day}T09:00`, `${day}T17:00`]);
  const now = clock.now().toString();
  anna = await aCalendar(database, {
    branch,
    practitioner: await aPractitioner(database, { clinic }),
    payer: 'state',
    noticeMinutes: 120,
    open,
    now,
  });
  await aCalendar(database, {
    branch,
    practitioner: await aPractitioner(database, { clinic, givenName: 'Boriss', familyName: 'Zariņš' }),
    open,
    now,
  });
  await aPatient(database, { clinic, givenName: 'Jānis', familyName: 'Bērziņš', email: 'janis@patient.example' });
  await aPatient(database, { clinic, givenName: 'Jānis', familyName: 'Bērziņš', birthDate: '1990-07-07' });
  await aPatient(database, { clinic, givenName: 'Ilze', familyName: 'Kalniņa', email: 'ilze@patient.example' });
  await database.sql(`update patient set phone = '+37120000001'`);
  app = await startApp('clinic', { clock });
  const staff = await aStaffMember(database, { clinic });
  ({ cookies } = await staffVisitor(app, staff, await aCredential(database, staff), clock));
  chromium = await browser();
  visitor = await chromium.visitor({ viewport: { width: 1280, height: 900 } });
  await visitor.context.addCookies(cookies);
  page = visitor.page;
});

afterAll(async () => {
  await visitor?.context.close();
  await chromium?.stop();
  await app?.stop();
  await database?.drop();
});

/** The hand on the keyboard: every press after the name was found is counted. */
const hand = {
  presses: 0,
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      hand.presses += 1;
      await page.keyboard.press(key);
    }
  },
  type: (text: string): Promise<void> => hand.press(...text),
};

const focused = (): Promise<string> =>
  page.evaluate(
    `(document.activeElement?.textContent || document.activeElement?.id || '').replace(/\\s+/g, ' ').trim()`,
  );
/** A page gives the focus when it has been drawn. */
const hasFocus = (selector: string): Promise<void> => page.locator(`${selector}:focus`).waitFor();
const arrivedAt = (path: string): Promise<void> => page.waitForURL(`**${path}*`);

/** Types a name and waits for who is found, without another key. */
async function finds(text: string): Promise<void> {
  await page.goto(`${app.url}/en/book`);
  await hasFocus('#q');
  await page.keyboard.type(text);
  await page.locator('.patient-choice').first().waitFor();
  hand.presses = 0;
}

async function isSound(name: string): Promise<void> {
  expect([name, await axe(page)]).toEqual([name, []]);
  expect([name, visitor.problems]).toEqual([name, []]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  expect([name, await overflows(page)]).toEqual([name, false]);
  if (size) await page.setViewportSize(size);
}

const booked = () =>
  database.sql(
    `select p.given_name || ' ' || p.family_name as name, to_char(a.starts_at at time zone a.zone, 'DD HH24:MI') as at,
            a.status, a.origin, a.payer, e.untold_why as told
       from appointment a join patient p on p.id = a.patient_id
       join appointment_event e on e.appointment_id = a.id and e.version = 1
      order by a.created_at, a.id`,
  );

describe('a caller, by keyboard alone', () => {
  beforeEach(() => {
    clock.advance({ seconds: 30 });
  });

  it('is booked in under twenty seconds and ten key presses after the name was found', async () => {
    await finds('jnais berzins');
    expect(await page.locator('.patient-choice').count()).toBe(2);
    await isSound('who is found');
    await page.locator('#q').focus();
    const began = performance.now();
    await hand.press('ArrowDown');
    expect(await focused()).toContain('born');
    await hand.press('Enter');
    await arrivedAt('/book/times');
    await hasFocus('#q');
    await hand.type('kons');
    await hand.press('Enter');
    await hasFocus('.time-choice');
    expect(await focused()).toContain('Monday, 1 March 2027, 10:15');
    await hand.press('Enter');
    await arrivedAt('/book/done/');
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(hand.presses).toBeLessThanOrEqual(10);
    expect(await page.locator('h1').textContent()).toContain('Booked');
    await isSound('what was booked');
  });

  it('takes three presses when the next one wants the same, and time and practitioner are chosen with the arrows', async () => {
    await finds('20000001');
    await hand.press('ArrowDown', 'ArrowDown');
    const who = await focused();
    await hand.press('Enter');
    await arrivedAt('/book/times');
    expect(await page.locator('#q').inputValue()).toBe('Konsultācija');
    await isSound('first times');
    await page.locator('.time-choice').first().focus();
    await hand.press('ArrowRight');
    expect(await focused()).toMatch(/1 March 2027, 1[01]:[0-5][05]/);
    await hand.press('Enter');
    await arrivedAt('/book/done/');
    expect(hand.presses).toBeLessThanOrEqual(10);
    expect(who).toContain(await page.locator('#booked').textContent());
  });

  it('is added in one row when nobody is found, with what was typed filled in and mistakes beside the fields', async () => {
    await page.goto(`${app.url}/en/book`);
    await hasFocus('#q');
    await page.keyboard.type('zane agra');
    await page.locator('.new-patient[open]').waitFor();
    expect(await page.locator('#patient\\.givenName').inputValue()).toBe('Zane');
    await isSound('somebody new');
    await page.locator('#patient\\.identity').focus();
    await page.keyboard.type('31.02.1980');
    await page.keyboard.press('Enter');
    await page.locator('#patient\\.identity-error').waitFor();
    await isSound('somebody new with a mistake');
    await page.locator('#patient\\.identity').fill('28.02.1980');
    await page.locator('#phone').fill('20000008');
    await page.keyboard.press('Enter');
    await hasFocus('.time-choice');
    await page.keyboard.press('Enter');
    await arrivedAt('/book/done/');
    expect((await booked()).at(-1)).toMatchObject({ name: 'Zane Agra', origin: 'phone', told: 'told-by-phone' });
  });

  it('who stands at the desk is booked and has arrived with one key more', async () => {
    await finds('kalnina');
    await hand.press('ArrowDown', 'Enter');
    await hasFocus('.time-choice');
    await hand.press('w');
    await arrivedAt('/book/done/');
    expect(await page.locator('h1').textContent()).toContain('Booked and arrived');
    expect((await booked()).at(-1)).toMatchObject({ name: 'Ilze Kalniņa', status: 'arrived' });
    expect(hand.presses).toBe(3);
  });

  it('comes from an empty place in the calendar with practitioner and time, and the box has the focus', async () => {
    const place = `branch=${branch.id}&day=${days[1]}&resource=${anna.resourceId}&time=14:00`;
    await page.goto(`${app.url}/en/book?${place}`);
    await hasFocus('#q');
    expect(await page.locator('.message').textContent()).toContain('Tuesday, 2 March 2027, 14:00, Anna Kalniņa');
    await page.keyboard.type('berzins');
    await page.locator('.patient-choice').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await arrivedAt('/book/times');
    await hasFocus('button[value="offer"]');
    expect(await focused()).toContain('Book at this time');
    await isSound('a chosen place');
    await page.keyboard.press('Enter');
    await arrivedAt('/book/done/');
    expect((await booked()).at(-1)).toMatchObject({ at: '02 14:00', payer: 'state' });
  });

  it('leads from the box into the list and back', async () => {
    await finds('janis');
    await hand.press('ArrowDown', 'ArrowUp');
    expect(await focused()).toBe('q');
  });

  it('stays in the list for whoever is quicker than the answer', async () => {
    await finds('ber');
    const answered = page.waitForResponse('**/book/patients');
    await hand.type('zins j');
    await hand.press('ArrowDown');
    await answered;
    await hasFocus('.patient-choice');
    expect(await focused()).toContain('Jānis Bērziņš');
  });
});
