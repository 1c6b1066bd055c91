import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { browser, type TestBrowser } from '../support/browser.js';
import { aBranch, aCalendar, aClinic, aPractitioner, type Practitioner } from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { smtpCatcher, type SmtpCatcher } from '../support/mail.js';

const morning = '2027-03-01T06:00:00Z';
const running: RunningApp[] = [];
let database: TestDatabase;
let mail: SmtpCatcher;
let chromium: TestBrowser;
let doctor: Practitioner;
let site: string;

beforeAll(async () => {
  database = await testDatabase();
  mail = await smtpCatcher();
  await prepareEnvironment({ database, smtpUrl: mail.url });
  const clinic = await aClinic(database, { name: 'Liepas klīnika' });
  const branch = await aBranch(database, { clinic });
  doctor = await aPractitioner(database, { clinic, givenName: 'Anna', familyName: 'Ozola' });
  const open = [2, 3, 4, 9, 10].map((day) => {
    const date = `2027-03-${String(day).padStart(2, '0')}`;
    return [`${date}T09:00`, `${date}T12:00`] as const;
  });
  await aCalendar(database, { branch, practitioner: doctor, payer: 'paid', open, now: morning });
  const clock = testClock(morning);
  for (const name of ['booking', 'worker'] as const) running.push(await startApp(name, { clock }));
  site = running[0]!.url;
  chromium = await browser();
});

afterAll(async () => {
  await chromium?.stop();
  for (const app of running) await app.stop();
  await mail?.stop();
  await database?.drop();
});

/** Presses Tab until the focus is on what the selector names: what the keyboard cannot reach is not there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${selector} on ${page.url()}`);
}

const codeOf = async (email: string): Promise<string> => {
  const letter = await mail.waitFor(email);
  const [, first, second] = /\b(\d{3}) ?(\d{3})\b/.exec(letter.parsed.text ?? '') ?? [];
  return `${first}${second}`;
};

const booked = async (): Promise<number> => {
  const [row] = await database.sql<{ count: string }>('select count(*) from appointment');
  return Number(row?.count);
};

describe('a guest in a browser', () => {
  it('books with the keyboard alone, from the start page to the letter', async () => {
    const { page, problems, context } = await chromium.visitor();
    const email = 'keyboard@patient.example';
    await page.goto(`${site}/en`);
    await tabTo(page, '#q');
    await page.keyboard.type('ozol', { delay: 30 });
    await page.locator('[role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/doctors\//);
    await tabTo(page, '.slot');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/book\//);
    await tabTo(page, '#email');
    await page.keyboard.type(email);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/code/);
    const code = await codeOf(email);
    await tabTo(page, '#code');
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.locator('#givenName').waitFor();
    for (const [field, text] of [
      ['#givenName', 'Ilze'],
      ['#familyName', 'Bērziņa'],
      ['#birthDate', '03121958'],
      ['#phone', '+371 21234567'],
    ] as const) {
      await tabTo(page, field);
      await page.keyboard.type(text);
    }
    await tabTo(page, '#terms');
    await page.keyboard.press('Space');
    await tabTo(page, '.booking-form button[type=submit]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/done$/);
    expect(await page.locator('h1').textContent()).toBe('Your visit is booked');
    const letter = await mail.waitFor(email, ({ raw }) => raw.includes('text/calendar'));
    expect(letter.raw.includes('text/calendar; charset=utf-8; method=REQUEST')).toBe(true);
    expect(letter.parsed.text).toContain('Tuesday, 2 March 2027, 09:00 (Riga time)');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('makes one booking by a double click, going back and pressing again', async () => {
    const before = await booked();
    const { page, context } = await chromium.visitor();
    const email = 'double@patient.example';
    await page.goto(`${site}/en/doctors/${doctor.slug}`);
    await page.locator('.slot').first().dblclick();
    await page.waitForURL(/\/book\//);
    await page.fill('#email', email);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/code/);
    await page.fill('#code', await codeOf(email));
    await page.keyboard.press('Enter');
    await page.locator('#givenName').waitFor();
    await page.fill('#givenName', 'Jānis');
    await page.fill('#familyName', 'Liepa');
    await page.fill('#birthDate', '1990-01-02');
    await page.fill('#phone', '+371 21234567');
    await page.check('#terms');
    const otherTab = await context.newPage();
    await otherTab.goto(page.url());
    await page.locator('.booking-form button[type=submit]').dblclick();
    await page.waitForURL(/\/done$/);
    const done = page.url();
    await page.goBack();
    await page.waitForLoadState();
    if (await page.locator('.booking-form').isVisible())
      await page.locator('.booking-form button[type=submit]').click();
    await page.waitForURL(/\/done$/);
    expect(page.url()).toBe(done);
    await otherTab.fill('#givenName', 'Janis');
    await otherTab.fill('#familyName', 'Liepa');
    await otherTab.fill('#birthDate', '1990-01-02');
    await otherTab.fill('#phone', '+371 21234567');
    await otherTab.check('#terms');
    await otherTab.locator('.booking-form button[type=submit]').click();
    await otherTab.waitForURL(/\/done$/);
    expect(otherTab.url()).toBe(done);
    expect(await booked()).toBe(before + 1);
    await context.close();
  });

  it('turns the week in place, and the address goes along', async () => {
    const { page, problems, context } = await chromium.visitor();
    await page.goto(`${site}/en/doctors/${doctor.slug}`);
    const heading = await page.locator('.week-head h2').textContent();
    await page.evaluate('globalThis.stays = true');
    await page.locator('#week-next').click();
    await page.waitForURL(/day=2027-03-08/);
    await page.locator('.slot').first().waitFor();
    expect(await page.locator('.week-head h2').textContent()).not.toBe(heading);
    expect(await page.evaluate('globalThis.stays')).toBe(true);
    await page.reload();
    expect(await page.locator('.slot').count()).toBeGreaterThan(0);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('keeps the chosen payer when a suggestion is followed', async () => {
    const { page, context } = await chromium.visitor();
    await page.goto(`${site}/en`);
    await page.selectOption('#payer', 'state');
    await page.locator('#q').pressSequentially('ozol', { delay: 30 });
    await page.locator('[role=option]').first().click();
    await page.waitForURL(/\/doctors\/.*payer=state/);
    expect(await page.locator('main').innerText()).toContain('We do not show self-paid ones instead.');
    expect(await page.locator('.slot').count()).toBe(0);
    await context.close();
  });

  it('changes the language without losing the page or the time that is kept', async () => {
    const { page, context } = await chromium.visitor();
    await page.goto(`${site}/en/doctors/${doctor.slug}?view=list`);
    await page.locator('.slot').nth(3).click();
    await page.waitForURL(/\/en\/book\//);
    const path = new URL(page.url()).pathname.slice('/en'.length);
    for (const [language, heading] of [
      ['lv', 'Kas Jūs esat?'],
      ['et', 'Kes te olete?'],
      ['ru', 'Кто Вы?'],
    ] as const) {
      await page.locator(`.language-switch a[lang=${language}]`).click();
      await page.waitForURL(`${site}/${language}${path}`);
      expect(await page.locator('h1').textContent()).toBe(heading);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
    }
    await context.close();
  });
});
