import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { aClinic, aCredential, aStaffMember } from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { appointments, clinicTables } from '../support/import-files.js';
import { staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2026-03-02T08:00:00Z');

let database: TestDatabase;
let clinicApp: RunningApp;
let worker: RunningApp;
let chromium: TestBrowser;
let admin: Visitor;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinicApp = await startApp('clinic', { clock });
  worker = await startApp('worker', { clock });
  const clinic = await aClinic(database);
  await database.sql(`update clinic set published = false where id = $1`, [clinic.id]);
  const staff = await aStaffMember(database, { clinic, role: 'admin' });
  const { cookies } = await staffVisitor(clinicApp, staff, await aCredential(database, staff), clock);
  chromium = await browser();
  admin = await chromium.visitor();
  await admin.context.addCookies(cookies);
});

afterAll(async () => {
  await chromium?.stop();
  await worker?.stop();
  await clinicApp?.stop();
  await database?.drop();
});

const filesOf = (files: Readonly<Record<string, string>>): { name: string; mimeType: string; buffer: Buffer }[] =>
  Object.entries(files).map(([name, content]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) }));

/** Whether everybody can use what stands there, wide and narrow. */
async function isForEveryone(page: Page, name: string): Promise<void> {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    expect({ name, width, found: await axe(page), isTooWide: await overflows(page) }).toEqual({
      name,
      width,
      found: [],
      isTooWide: false,
    });
    const folder = process.env['PICTURES'];
    if (folder) await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe('an import in a browser', () => {
  it('is sent, read, corrected and brought in', async () => {
    const { page } = admin;
    await page.goto(`${clinicApp.url}/lv/import`);
    await isForEveryone(page, 'choose');
    const wrong = { start: '2026-03-29 03:30', person_code: '123', birth_date: '', email: '' };
    await page.setInputFiles(
      '#files',
      filesOf({ ...clinicTables, 'pieraksti.csv': appointments({}, wrong, { payer: 'valsts' }) }),
    );
    await page.locator('form[action$="/import"] button').click();
    // The page asks by itself until the worker is done.
    await page.locator('#mistakes').waitFor();
    await isForEveryone(page, 'mistakes');
    expect(await page.locator('#import-state').innerText()).toContain('Šāda laika tajā dienā nav');
    await page.goto(`${clinicApp.url}/lv/import`);
    await page.setInputFiles(
      '#files',
      filesOf({ ...clinicTables, 'pieraksti.csv': appointments({}, { start: '2026-03-15 11:00' }) }),
    );
    await page.locator('form[action$="/import"] button').click();
    await page.locator('form[action$="/bring-in"] button').waitFor();
    await isForEveryone(page, 'ready');
    await page.locator('form[action$="/bring-in"] button').click();
    await page.locator('.message-success').waitFor();
    await isForEveryone(page, 'done');
    await page.goto(`${clinicApp.url}/lv/import`);
    await isForEveryone(page, 'earlier');
    expect(admin.problems).toEqual([]);
  });
});
