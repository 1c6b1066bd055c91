import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Sessions } from '#libs/access';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  anAccount,
  aPatient,
  aPractitioner,
  aStaffMember,
  type Calendar,
  type Practitioner,
} from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-02-26T08:00:00Z');
const mondays = Array.from({ length: 9 }, (_, n) => Temporal.PlainDate.from('2027-03-01').add({ days: 7 * n }));
let database: TestDatabase;
let booking: RunningApp;
let clinicApp: RunningApp;
let chromium: TestBrowser;
let doctor: Practitioner;
let paid: Calendar;
let patient: Visitor;
let desk: Visitor;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database, { name: 'Ozolkalna ģimenes ārstu un speciālistu klīnika' });
  await database.sql(
    `insert into insurer (id, country, name) values ('bta', 'LV', 'BTA Baltic Insurance Company'), ('ergo', 'LV', 'ERGO')`,
  );
  await database.sql(`insert into clinic_insurer (clinic_id, insurer_id) values ($1, 'bta'), ($1, 'ergo')`, [
    clinic.id,
  ]);
  const branch = await aBranch(database, { clinic });
  doctor = await aPractitioner(database, { clinic, familyName: 'Bērziņa-Kalnmuižniece' });
  const now = clock.now().toString();
  const hours = (from: string, to: string) => mondays.map((day) => [`${day}T${from}`, `${day}T${to}`] as const);
  const rules = { branch, practitioner: doctor, gridMinutes: 30, horizonDays: 90, now };
  await aCalendar(database, { ...rules, payer: 'state', priceCents: 400, open: hours('09:00', '12:00') });
  paid = await aCalendar(database, { ...rules, payer: 'paid', priceCents: 4500, open: hours('12:00', '16:00') });
  await database.sql(`update calendar set published_until = '2027-04-26'`);
  const account = await anAccount(database, { email: 'anna@patient.example' });
  await aPatient(database, { account, givenName: 'Anna' });
  const ilze = await aPatient(database, { clinic, givenName: 'Ilze', email: 'ilze@patient.example' });
  booking = await startApp('booking', { clock });
  clinicApp = await startApp('clinic', { clock });
  chromium = await browser();
  patient = await chromium.visitor();
  const token = await booking.get(Sessions).open({ app: 'booking', accountId: account.id, level: 'email' });
  await patient.context.addCookies([{ name: 'pieraksts-booking', value: token, url: booking.url }]);
  desk = await chromium.visitor();
  const staff = await aStaffMember(database, { clinic });
  const { cookies } = await staffVisitor(clinicApp, staff, await aCredential(database, staff), clock);
  await desk.context.addCookies(cookies);
  await database.sql(`update patient set phone = '+37121234567' where id = $1`, [ilze]);
});

afterAll(async () => {
  await chromium?.stop();
  await booking?.stop();
  await clinicApp?.stop();
  await database?.drop();
});

/** The page as it stands is right: on a phone and a desk, in the light and the dark. */
async function isRight(page: Page, name: string): Promise<void> {
  for (const [width, scheme] of [
    [320, 'light'],
    [1280, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    expect([name, width, await overflows(page), await axe(page)]).toEqual([name, width, false, []]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('a family in a browser', () => {
  it('sees who pays and how much before anything is chosen, takes a row of times, and books it', async () => {
    const { page, problems } = patient;
    await page.goto(`${booking.url}/lv/doctors/${doctor.slug}`);
    expect(await page.locator('.payer-choice').allInnerTexts()).toEqual([
      expect.stringContaining('4'),
      expect.stringContaining('BTA Baltic Insurance Company'),
    ]);
    await isRight(page, 'doctor');
    await page.locator('.payer-choice-paid').click();
    await page.locator('a[href*="/family"]').click();
    await page.locator('select[name=people]').selectOption('3');
    await page.locator('form[method=get] button').first().click();
    await page.waitForURL(/people=3/);
    await isRight(page, 'family');
    await page.locator('.slot-list button.slot').first().click();
    await page.waitForURL(/\/family\/[\w-]{36}$/);
    // The first visit is hers; of the others somebody new is asked.
    await page.locator('input[name="people.1.who"][value=new]').check();
    await page.locator('input[name="people.2.who"][value=new]').check();
    expect(await page.locator('input[name="people.1.givenName"]').isVisible()).toBe(true);
    expect(await page.locator('input[name="people.0.givenName"]').isVisible()).toBe(false);
    await isRight(page, 'family-details');
    for (const [row, name] of [
      [1, 'Jānis'],
      [2, 'Zane'],
    ] as const) {
      await page.locator(`input[name="people.${row}.givenName"]`).fill(name);
      await page.locator(`input[name="people.${row}.familyName"]`).fill('Bērziņa');
      await page.locator(`input[name="people.${row}.birthDate"]`).fill('2015-05-05');
    }
    await page.locator('input[name=phone]').fill('+371 21234567');
    await page.locator('.booking-form button[type=submit]').click();
    await page.locator('.error-summary').waitFor();
    await isRight(page, 'family-mistakes');
    await page.locator('input[name=terms]').check();
    await page.locator('.booking-form button[type=submit]').click();
    await page.waitForURL(/\/done$/);
    expect(await page.locator('main h2').allInnerTexts()).toEqual(['Anna Bērziņa', 'Jānis Bērziņa', 'Zane Bērziņa']);
    await isRight(page, 'family-done');
    expect(problems).toEqual([]);
  }, 120_000);
});

describe('a series in a browser', () => {
  it('is planned, looked at date by date, booked and ended', async () => {
    const { page, problems } = desk;
    await page.goto(`${clinicApp.url}/lv/series`);
    await page.locator('input[name=q]').fill('ilze');
    await page.keyboard.press('Enter');
    await page.locator('.patient-choice').first().waitFor();
    await isRight(page, 'series');
    await page.locator('.patient-choice').first().click();
    await page.locator('select[name=offer]').selectOption(`${paid.id}|${paid.serviceId}`);
    await page.locator('input[name=first]').fill('2027-03-01');
    await page.locator('input[name=time]').fill('12:00');
    await isRight(page, 'series-plan');
    await page.locator('main form button[type=submit]').click();
    await page.locator('.series-date').first().waitFor();
    // The family has the first one, Easter Monday is open here, and the tenth lies beyond what is published.
    expect(await page.locator('.series-date').count()).toBe(10);
    expect(await page.locator('.series-date-wrong').count()).toBe(2);
    await isRight(page, 'series-dates');
    await page.locator('.series-date-wrong input[type=radio]').first().check();
    await page.locator('main form button[type=submit]').click();
    await page.waitForURL(/\/series\/[\w-]{36}$/);
    expect(await page.locator('.series-visits li').count()).toBe(9);
    await page.locator('details summary').click();
    await isRight(page, 'series-visits');
    await page.locator('details button').click();
    await page.locator('.message-success').waitFor();
    expect(problems).toEqual([]);
  }, 120_000);
});
