import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Sessions, verificationCode } from '#libs/access';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { axe, browser, overflows, type TestBrowser } from '../support/browser.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aPatient,
  aStaffMember,
  type Calendar,
  type Clinic,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';

const now = '2027-03-01T06:00:00Z';
const clock = testClock(now);
let database: TestDatabase;
let booking: RunningApp;
let clinicApp: RunningApp;
let chromium: TestBrowser;
let clinic: Clinic;
let calendar: Calendar;

const say = (text: string): string => JSON.stringify({ lv: text, et: text, en: text, ru: text });

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await aClinic(database, { name: 'Saules klīnika' });
  const branch = await aBranch(database, { clinic });
  const open = [['2027-03-02T09:00', '2027-03-02T17:00']] as const;
  calendar = await aCalendar(database, { branch, payer: 'state', open, now });
  await database.sql(
    `update service set referral_required = true, age_from = 18, age_to = 64, sex = 'female', target_groups = '{pregnant}',
            preparation = $2 where id = $1`,
    [calendar.serviceId, say('Atnāciet tukšā dūšā.')],
  );
  await database.sql(
    `insert into service_question (clinic_id, service_id, position, kind, words, required, options, stop_values, advice)
     values ($1, $2, 1, 'yes-no', $3, true, '[]', '{yes}', $4), ($1, $2, 2, 'choice', $5, true, $6, '{}', '{}'),
            ($1, $2, 3, 'number', $7, false, '[]', '{}', '{}')`,
    [
      clinic.id,
      calendar.serviceId,
      say('Vai pašlaik ir stipras sāpes krūtīs?'),
      say('Zvaniet 113 tūlīt.'),
      say('Kura puse sāp?'),
      JSON.stringify(['a', 'b'].map((id) => ({ id, words: { lv: `Puse ${id}` } }))),
      say('Ķermeņa temperatūra'),
    ],
  );
  booking = await startApp('booking', { clock });
  clinicApp = await startApp('clinic', { clock });
  chromium = await browser();
});

afterAll(async () => {
  await chromium?.stop();
  await booking?.stop();
  await clinicApp?.stop();
  await database?.drop();
});

const looks = [
  { width: 320, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
] as const;

describe.each(looks)('at $width px, $colorScheme', ({ width, colorScheme }) => {
  const visit = async () =>
    chromium.visitor({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
  const judge = async (page: Page, found: string[], name: string): Promise<void> => {
    if (await overflows(page)) found.push(`${name} can be pushed sideways`);
    for (const line of await axe(page)) found.push(`${name}: ${line}`);
  };

  it('the questions, the referral and the advice are right', async () => {
    const found: string[] = [];
    const { page, problems, context } = await visit();
    const start = width === 320 ? '2027-03-02T08:00:00Z' : '2027-03-02T09:00:00Z';
    const { id: calendarId, serviceId } = calendar;
    const held = await page.request.post(`${booking.url}/lv/holds`, { form: { calendarId, serviceId, start } });
    await page.goto(held.url());
    const email = `look${width}@patient.example`;
    await page.locator('#email').fill(email);
    await page.locator('form[action$="/email"] button').click();
    const [row] = await database.sql<{ id: string }>('select id from verification where email = $1', [email]);
    await page.locator('#code').fill(verificationCode(row?.id ?? '', 0));
    await page.locator('form[action$="/code"] button').click();
    await page.waitForURL(/\/referral$/);
    await judge(page, found, 'referral');
    const send = page.locator('form[action$="/referral"] .form-actions button');
    await send.click();
    await page.locator('#institution-error').waitFor();
    await judge(page, found, 'referral with mistakes');
    await page.locator('#date').fill('2027-02-20');
    await page.locator('#name').fill('Dr. Liepa');
    await page.locator('#institution').fill('Liepas prakse');
    const bytes = Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');
    await page.locator('#form').setInputFiles({ name: 'form.pdf', mimeType: 'application/pdf', buffer: bytes });
    await send.click();
    await page.locator('#givenName').waitFor();
    await judge(page, found, 'details');
    const book = page.locator('.booking-form .form-actions button');
    await book.click();
    await page.locator('.field-error').first().waitFor();
    await judge(page, found, 'details with mistakes');
    await page.locator('fieldset', { hasText: 'sāpes krūtīs' }).locator('input[value=yes]').check({ force: true });
    await book.click();
    await page.locator('h2', { hasText: 'Zvaniet 113 tūlīt.' }).waitFor();
    await judge(page, found, 'advice');
    expect([...found, ...problems]).toEqual([]);
    await context.close();
  });

  it('the pages of those who look after services are right', async () => {
    const found: string[] = [];
    const { page, problems, context } = await visit();
    const enter = async (role: 'admin' | 'registrar'): Promise<void> => {
      const { accountId } = await aStaffMember(database, { clinic, role });
      const value = await clinicApp.get(Sessions).open({ app: 'clinic', accountId, level: 'two-factor' });
      await context.addCookies([{ name: 'pieraksts-clinic', value, url: clinicApp.url }]);
    };
    await enter('admin');
    const service = `/lv/services/${calendar.serviceId}`;
    for (const path of [
      '/lv/services',
      '/lv/services/new',
      service,
      `${service}/questions/new?kind=choice`,
      `${service}/questions/new?kind=number`,
      `${service}/end`,
    ]) {
      await page.goto(clinicApp.url + path);
      await judge(page, found, path);
    }
    await enter('registrar');
    const familyName = width === 320 ? 'Kalniņš' : 'Bērziņš';
    await aPatient(database, { clinic, familyName, email: 'kalns@patient.example' });
    await page.goto(`${clinicApp.url}/lv/book`);
    await page.locator('#q').fill(familyName);
    await page.locator('form[role=search] button').click();
    await page.locator('#patients button', { hasText: familyName }).click();
    await page.locator('.time-choice').first().click();
    await page.locator('#referral\\.institution').waitFor();
    await judge(page, found, 'conditions at the desk');
    expect([...found, ...problems]).toEqual([]);
    await context.close();
  });
});
