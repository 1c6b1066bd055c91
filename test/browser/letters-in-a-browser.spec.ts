import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noticeKindNames } from '#libs/notifications';
import { languages } from '#libs/platform';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import * as build from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-03-01T05:00:00Z');

describe('letters in a browser', () => {
  let database: TestDatabase;
  let app: RunningApp;
  let chromium: TestBrowser;
  let admin: Visitor;
  let cookie: string;
  let cookies: StaffVisitor['cookies'];
  let serviceId: string;

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database });
    const clinic = await build.aClinic(database, { name: 'Ozolkalna klīnika' });
    await build.aBranch(database, { clinic });
    await build.aBranch(database, { clinic, city: 'Ogre' });
    serviceId = await build.aService(database, { clinic });
    app = await startApp('clinic', { clock });
    const staff = await build.aStaffMember(database, { clinic, role: 'admin' });
    ({ cookie, cookies } = await staffVisitor(app, staff, await build.aCredential(database, staff), clock));
    chromium = await browser();
    admin = await chromium.visitor({ viewport: { width: 320, height: 700 } });
    await admin.context.addCookies(cookies);
  });

  afterAll(async () => {
    await chromium?.stop();
    await app?.stop();
    await database?.drop();
  });

  it('are set and looked at on pages that are right at 320 px, with the letter in a frame', async () => {
    const { page, problems } = admin;
    const found: string[] = [];
    for (const path of ['', '/kinds/moved-by-clinic', '/words', '/preparation', `/preparation/${serviceId}`]) {
      await page.goto(`${app.url}/lv/letters${path}`);
      if (await overflows(page)) found.push(`${path} can be pushed sideways`);
      found.push(...(await axe(page)).map((line) => `${path}: ${line}`));
    }
    expect(found).toEqual([]);
    await page.goto(`${app.url}/lv/letters/words?in=lv`);
    await page.getByLabel('Sveiciens').fill('Labdien, {{first}}!');
    await page.getByRole('button', { name: 'Saglabāt' }).click();
    await page.frameLocator('iframe').getByText('Labdien, {{first}}!').waitFor();
    await page.getByLabel('Sveiciens').fill('Pie kardiologa');
    await page.getByRole('button', { name: 'Saglabāt' }).click();
    await page.locator('#greeting-error').getByText('kardiologa').waitFor();
    expect(await page.getByLabel('Sveiciens').inputValue()).toBe('Pie kardiologa');
    expect(problems).toEqual([]);
  });

  it('are readable on a phone, light and dark, each kind', async () => {
    const { page } = await chromium.visitor({ viewport: { width: 360, height: 700 } });
    const found: string[] = [];
    for (const [n, kind] of noticeKindNames.entries()) {
      const language = languages[n % languages.length]!;
      const look = await fetch(`${app.url}/lv/letters/kinds/${kind}/look?in=${language}`, { headers: { cookie } });
      await page.setContent(await look.text());
      if (await overflows(page)) found.push(`${kind} in ${language} can be pushed sideways`);
      await page.emulateMedia({ colorScheme: n % 2 ? 'dark' : 'light' });
      const lines = await axe(page, { type: 'rule', values: ['color-contrast', 'html-has-lang', 'link-name'] });
      found.push(...lines.map((line) => `${kind} in ${language}: ${line}`));
    }
    expect(found).toEqual([]);
  });
});
