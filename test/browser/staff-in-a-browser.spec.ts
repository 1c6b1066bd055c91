import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsQR from 'jsqr';
import { generate } from 'otplib';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { InvitationToSend } from '#libs/access';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2026-12-01T08:00:00Z');
const password = 'kartupelis zem galda';

let database: TestDatabase;
let app: RunningApp;
let chromium: TestBrowser;
let admin: StaffVisitor;
let desk: Visitor;
let doctor: build.Practitioner;
let chief: build.StaffMember;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  app = await startApp('clinic', { clock });
  const clinic = await build.aClinic(database);
  await build.aBranch(database, { clinic });
  doctor = await build.aPractitioner(database, { clinic, familyName: 'Bērziņa-Kalnmuižniece' });
  chief = await build.aStaffMember(database, { clinic, role: 'admin', name: 'Ieva Ozola' });
  await build.aStaffMember(database, { clinic, role: 'practitioner', practitioner: doctor, name: 'Anna Bērziņa' });
  await build.aStaffMember(database, { clinic, role: 'assistant', assists: [doctor], name: 'Aija Palīdze' });
  admin = await staffVisitor(app, chief, await build.aCredential(database, chief), clock);
  chromium = await browser();
  desk = await chromium.visitor();
  await desk.context.addCookies(admin.cookies);
}, 120_000);

afterAll(async () => {
  await chromium?.stop();
  await app?.stop();
  await database?.drop();
});

/** What a telephone's camera reads of the code on the page. */
async function scanned(page: Page): Promise<string> {
  const picture = await page.locator('.invitation-qr').screenshot();
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsQR.default(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '';
}

const codeOf = (secret: string): Promise<string> =>
  generate({ secret, epoch: Math.floor(clock.now().epochMilliseconds / 1000) });

describe('staff in a browser', () => {
  it('are invited, scan, type a code, are in, and sign in again', async () => {
    const { page } = desk;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${app.url}/lv/staff`);
    await page.getByRole('link', { name: 'Uzaicināt darbinieku' }).click();
    await page.getByLabel('Vārds un uzvārds').fill('Zane Agra');
    await page.getByLabel('E-pasta adrese').fill('Zane.Agra@clinic.example');
    expect(await page.getByLabel('Pēdējā diena').isVisible()).toBe(false);
    await page.getByRole('radio', { name: /palīgs/ }).check();
    await page.getByRole('checkbox', { name: /Bērziņa-Kalnmuižniece/ }).check();
    await page.getByRole('button', { name: 'Nosūtīt uzaicinājumu' }).click();
    // What was left out stands beside its field, and the rest is still typed.
    expect(await page.getByLabel('E-pasta adrese').inputValue()).toBe('Zane.Agra@clinic.example');
    await page.getByLabel('Pēdējā diena').fill('2026-12-31');
    await page.getByRole('button', { name: 'Nosūtīt uzaicinājumu' }).click();
    await page.getByText('Uzaicinājums ir nosūtīts').waitFor();
    await page.getByText('zane.agra@clinic.example').waitFor();

    const [row] = await database.sql<{ id: string }>(`select id from staff_invitation`);
    const letter = await app.get(InvitationToSend).run(row?.id ?? '');
    const zane = await chromium.visitor({ viewport: { width: 320, height: 640 } });
    await zane.page.goto(`${app.url}/lv/invitation/${row?.id}?key=${letter?.key}`);
    expect(await overflows(zane.page)).toBe(false);
    expect(await axe(zane.page)).toEqual([]);
    const address = await scanned(zane.page);
    expect(address).toMatch(/^otpauth:\/\/totp\//);
    const secret = new URL(address).searchParams.get('secret') ?? '';
    await zane.page.getByLabel('Parole').fill('īsa');
    await zane.page.getByLabel('Sešu ciparu kods').fill('000000');
    await zane.page.getByRole('button', { name: 'Pieņemt un ienākt' }).click();
    await zane.page.getByText('Vismaz 12 rakstzīmes.', { exact: true }).first().waitFor();
    expect(await axe(zane.page)).toEqual([]);
    expect(new URL(await scanned(zane.page)).searchParams.get('secret')).toBe(secret);
    await zane.page.getByLabel('Parole').fill(password);
    await zane.page.getByLabel('Sešu ciparu kods').fill(await codeOf(secret));
    await zane.page.getByRole('button', { name: 'Pieņemt un ienākt' }).click();
    await zane.page.waitForURL(/\/lv\/calendar/);
    expect(zane.problems).toEqual([]);

    // The next morning, with the password and another code.
    clock.advance({ minutes: 5 });
    await zane.page.goto(`${app.url}/lv/hours`);
    await zane.page.getByRole('button', { name: 'Iziet' }).click();
    await zane.page.locator('#email').fill('zane.agra@clinic.example');
    await zane.page.getByLabel('Parole').fill(password);
    await zane.page.locator('#code').fill(await codeOf(secret));
    await zane.page.getByRole('button', { name: 'Ienākt' }).click();
    await zane.page.waitForURL(/\/lv\/calendar/);
    await zane.context.close();
  }, 120_000);

  it('have screens that are right at 320 and 1280 pixels', async () => {
    const { page } = desk;
    await admin.post('/lv/staff/invite', {
      name: 'Gaidītāja ar garu uzvārdu',
      email: 'loti.gara.adrese.kas.neietilpst@klinika-ar-garu-nosaukumu.example',
      language: 'lv',
      role: 'registrar',
      reach: 'all',
    });
    const [invitation] = await database.sql<{ id: string }>(
      `insert into notice (clinic_id, invitation_id, kind, channel, language, state, failure, attempts, address, created_at, failed_at)
       select clinic_id, id, 'invitation', 'mail', 'lv', 'failed', 'our-fault', 3, 'l…e@klinika.example', created_at, created_at
         from staff_invitation where display_name like 'Gaid%' returning invitation_id as id`,
    );
    const wrongAddress = `staff/invitations/${invitation!.id}/address`;
    await admin.post(`/lv/staff/${chief.id}`, { role: 'admin', reach: 'all', version: '1' });
    await admin.get('/lv/audit');
    const found: string[] = [];
    const shots = process.env['SCREENSHOTS'];
    for (const width of [320, 1280])
      for (const path of ['staff', 'staff/invite', wrongAddress, `staff/${chief.id}`, 'audit', 'invitation/none']) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(`${app.url}/lv/${path}`);
        if (path === 'staff/invite') {
          await page.getByRole('radio', { name: /palīgs/ }).check();
          await page.getByRole('radio', { name: 'Tikai dažās' }).check();
        }
        if (await overflows(page)) found.push(`${path} ${width}: too wide`);
        found.push(...(await axe(page)).map((each) => `${path} ${width}: ${each}`));
        if (shots)
          await page.screenshot({
            path: `${shots}/${path.replace('/', '-').slice(0, 16)}-${width}.png`,
            fullPage: true,
          });
      }
    expect(found).toEqual([]);
    expect(desk.problems).toEqual([]);
  }, 120_000);
});
