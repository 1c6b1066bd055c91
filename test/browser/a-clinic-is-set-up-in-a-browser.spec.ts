import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { aClinic, aCredential, aPractitioner, aStaffMember } from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { redAndBlue } from '../support/pictures.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-03-01T08:00:00Z');

let database: TestDatabase;
let app: RunningApp;
let booking: RunningApp;
let chromium: TestBrowser;
let cookies: StaffVisitor['cookies'];
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database, { name: 'Saules klīnika', slug: 'saules-klinika', country: 'EE' });
  await database.sql(
    `update clinic set published = false, registration_number = '', complaint_contacts = '[]' where id = $1`,
    [clinic.id],
  );
  const doctor = await aPractitioner(database, { clinic, givenName: 'Mari', familyName: 'Õunapuu' });
  await database.sql('update practitioner set published = false where id = $1', [doctor.id]);
  app = await startApp('clinic', { clock });
  booking = await startApp('booking', { clock });
  const staff = await aStaffMember(database, { clinic, role: 'admin' });
  ({ cookies } = await staffVisitor(app, staff, await aCredential(database, staff), clock));
  chromium = await browser();
});

afterAll(async () => {
  await chromium?.stop();
  await app?.stop();
  await booking?.stop();
  await database?.drop();
});

beforeEach(async () => {
  await visitor?.context.close();
  visitor = await chromium.visitor({ viewport: { width: 1280, height: 900 } });
  await visitor.context.addCookies(cookies);
  page = visitor.page;
});

const save = async (): Promise<void> => {
  await page.locator('main form .form-actions button').first().click();
  await page.waitForURL(`${app.url}/et/setup`);
};

describe('the wizard in a browser', () => {
  it('leads from what is missing to its field, until clinic and doctor are published', async () => {
    await page.goto(`${app.url}/et/setup`);
    await page.locator('a[href$="/setup/clinic#registrationNumber"]').first().click();
    await page.waitForURL(/\/setup\/clinic#registrationNumber$/);
    expect(await page.locator('#registrationNumber').isVisible()).toBe(true);
    await page.fill('#registrationNumber', '10060702');
    await page.fill('#address', 'Pärnu mnt 1, 10141 Tallinn');
    await page.fill('[id="about.et"]', 'Perearstid kesklinnas.');
    await page.locator('main form .form-actions button').first().click();
    await page.locator('.error-summary').waitFor();
    expect(await page.locator('.error-summary').innerText()).toContain('8 numbrit');
    await page.fill('#registrationNumber', '10060701');
    await page.getByLabel('Salva').check();
    await save();

    await page.locator('a[href*="/setup/board#"]').first().click();
    expect(await page.inputValue('[id="complaints.0.name"]')).toBe('Terviseamet');
    await save();

    await page.locator('a[href$="/setup/branches/new"]').first().click();
    for (const [name, value] of Object.entries({
      name: 'Kesklinn',
      address: 'Pärnu mnt 1',
      city: 'Tallinn',
      postalCode: '10141',
      'emergency.name': 'Põhja-Eesti Regionaalhaigla',
      'emergency.address': 'J. Sütiste tee 19',
      'emergency.phone': '112',
      'reception.0.from': '09:00',
      'reception.0.to': '17:00',
    }))
      await page.fill(`[id="${name}"]`, value);
    await page.selectOption('[id="reception.0.specialty"]', 'cardiology');
    // Named whole for those who hear the page.
    for (const day of ['esmaspäev', 'kolmapäev']) await page.getByLabel(day).first().check();
    await save();

    await page.getByRole('button', { name: 'Avalda asutus' }).click();
    await page.getByRole('button', { name: /Mari Õunapuu/ }).click();
    await page.getByRole('link', { name: 'Vaata patsiendina' }).click();
    await page.waitForURL(`${booking.url}/et/clinics/saules-klinika`);
    const text = await page.locator('main').innerText();
    for (const words of ['Kesklinn', 'Põhja-Eesti Regionaalhaigla', 'Terviseamet', 'Salva', 'Mari Õunapuu'])
      expect(text).toContain(words);
    expect(visitor.problems).toEqual([]);
  });

  it('cuts a picture where the frame is, and sends only that', async () => {
    const [doctor] = await database.sql<{ id: string }>(`select id from practitioner where family_name = 'Õunapuu'`);
    const path = `${app.url}/et/setup/doctors/${doctor?.id}/picture`;
    await page.goto(path);
    // More than the server takes as it is: what is sent was cut before.
    const wide = await redAndBlue(3000, 1000).png({ compressionLevel: 0 }).toBuffer();
    expect(wide.length).toBeGreaterThan(6 * 1024 * 1024);
    await page.setInputFiles('#picture', { name: 'me.png', mimeType: 'image/png', buffer: wide });
    const selection = page.locator('cropper-selection');
    await selection.waitFor();
    await page.waitForFunction('document.querySelector("cropper-selection").width > 50');
    // The frame is moved into the blue half by its keys.
    await selection.focus();
    for (let press = 0; press < 200; press++) await page.keyboard.press('ArrowRight');
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url() === path);
    await page.locator('form[data-crop] .form-actions button').click();
    const request = await sent;
    await page.waitForURL(`${app.url}/et/setup/doctors/${doctor?.id}`);
    expect(Number((await request.allHeaders())['content-length'])).toBeLessThan(1024 * 1024);
    const [row] = await database.sql<{ file: Buffer }>(
      'select large_jpeg as file from picture where practitioner_id = $1',
      [doctor?.id],
    );
    const { channels } = await sharp(row!.file).stats();
    // Only blue is left.
    expect(channels[0]!.mean).toBeLessThan(30);
    expect(channels[2]!.mean).toBeGreaterThan(240);
    expect(await page.locator('img.avatar').first().getAttribute('alt')).toBe('Mari Õunapuu');
    expect(visitor.problems).toEqual([]);
  });

  it('sends the file as it is where scripts do not run', async () => {
    const [doctor] = await database.sql<{ id: string }>(`select id from practitioner where family_name = 'Õunapuu'`);
    const plain = await chromium.visitor({ javaScriptEnabled: false });
    await plain.context.addCookies(cookies);
    await plain.page.goto(`${app.url}/et/setup/doctors/${doctor?.id}/picture`);
    const buffer = await redAndBlue(600, 400).jpeg().toBuffer();
    await plain.page.setInputFiles('#picture', { name: 'me.jpg', mimeType: 'image/jpeg', buffer });
    await plain.page.locator('form[data-crop] .form-actions button').click();
    await plain.page.waitForURL(`${app.url}/et/setup/doctors/${doctor?.id}`);
    await plain.context.close();
  });

  it('is right on a phone and a desk, light and dark, by every rule of axe', async () => {
    const ids = await database.sql<{ doctor: string; branch: string }>(
      `select (select id from practitioner where family_name = 'Õunapuu') as doctor, (select id from branch limit 1) as branch`,
    );
    const { doctor, branch } = ids[0]!;
    const paths = [
      '',
      '/clinic',
      '/board',
      '/branches/new',
      `/branches/${branch}`,
      '/doctors/new',
      '/doctors/add?q=aa',
      `/doctors/${doctor}`,
      `/doctors/${doctor}/picture`,
      `/doctors/${doctor}/end`,
    ];
    const found: string[] = [];
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: width === 320 ? 'dark' : 'light' });
      for (const path of paths) {
        await page.goto(`${app.url}/lv/setup${path}`);
        if (await overflows(page)) found.push(`${path} is wider than ${width}`);
        found.push(...(await axe(page)).map((each) => `${path} at ${width}: ${each}`));
      }
    }
    expect(found).toEqual([]);
    expect(visitor.problems).toEqual([]);
  });
});
