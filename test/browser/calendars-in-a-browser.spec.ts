import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPractitioner,
  aService,
  aStaffMember,
} from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-02-26T08:00:00Z');
const longWords = {
  lv: 'Kardiologa konsultācija ar elektrokardiogrammu',
  et: 'Kardioloogi vastuvõtt koos elektrokardiogrammiga',
  en: 'Cardiologist’s consultation with an electrocardiogram',
  ru: 'Консультация кардиолога с электрокардиограммой',
};

let database: TestDatabase;
let app: RunningApp;
let chromium: TestBrowser;
let admin: StaffVisitor;
let day: string;
let paths: string[];

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database);
  const branch = await aBranch(database, { clinic });
  const practitioner = await aPractitioner(database, { clinic, familyName: 'Bērziņa-Kalnmuižniece' });
  const other = await aPractitioner(database, { clinic, familyName: 'Ozola' });
  const open: [string, string][] = [['2027-03-01T09:00', '2027-03-01T17:00']];
  const now = clock.now().toString();
  const paid = await aCalendar(database, { branch, practitioner, payer: 'paid', open, now });
  const state = await aCalendar(database, { branch, practitioner, payer: 'state', open, now });
  await database.sql('update service set name = $2 where id = $1', [state.serviceId, JSON.stringify(longWords)]);
  const line = await aService(database, { clinic, name: 'Vakcinācija', minutes: 15 });
  await database.sql(
    `insert into calendar_service (calendar_id, service_id, clinic_id, minutes, price_cents, by_session)
     values ($1, $2, $3, 15, 1500, true)`,
    [paid.id, line, clinic.id],
  );
  app = await startApp('clinic', { clock });
  const staff = await aStaffMember(database, { clinic, role: 'admin' });
  admin = await staffVisitor(app, staff, await aCredential(database, staff), clock);
  const sent = async (path: string, fields: Record<string, string | string[]>): Promise<void> => {
    const { status, text } = await admin.post(`/lv/${path}`, fields);
    if (status >= 400) throw new Error(`${path}: ${status} ${text}`);
  };
  const limits = { hours: '40', visitsAMonth: '0', visitsADay: '6', money: '1000' };
  await sent('quotas/new', { practitioner: practitioner.id, service: state.serviceId, from: '2027-03', ...limits });
  const room = { kind: 'device', name: 'Ultrasonogrāfs', branchId: branch.id, capability: 'ultrasound', active: 'on' };
  await sent('rooms/new', room);
  await sent(`rooms/needs/${state.serviceId}`, { capabilities: ['ultrasound'] });
  await sent(`rooms/needs/${line}`, { capabilities: ['ultrasound'] });
  const plan = { from: '2027-03-01', weekdays: ['1'], starts: '10:00', ends: '11:00', seats: '8' };
  await sent('sessions/new', { service: `${paid.id}|${line}`, ...plan });
  const idOf = async (table: string): Promise<string> =>
    (await database.sql<{ id: string }>(`select id from ${table} order by id limit 1`))[0]?.id ?? '';
  day = `calendar?branch=${branch.id}&day=2027-03-01`;
  paths = [
    'calendars',
    `calendars/new?resource=${other.id}`,
    `calendars/new?resource=${practitioner.id}`,
    `calendars/${state.id}`,
    'quotas?month=2027-03',
    'quotas/new',
    `quotas/${await idOf('quota')}`,
    'rooms',
    `rooms/${await idOf("resource where kind = 'device'")}`,
    `rooms/needs/${line}`,
    'sessions?from=2027-03-01',
    'sessions/new',
    `sessions/${await idOf('group_session')}`,
    day,
  ];
  chromium = await browser();
});

afterAll(async () => {
  await chromium?.stop();
  await app?.stop();
  await database?.drop();
});

const visitorAt = async (width: number): Promise<Visitor> => {
  const visitor = await chromium.visitor({ viewport: { width, height: 900 } });
  await visitor.context.addCookies(admin.cookies);
  return visitor;
};

describe('the pages of calendars, quotas, rooms and sessions', () => {
  it.each([320, 1280])(
    'have nothing for axe to find at %i px, in light and dark, and never scroll sideways',
    async (width) => {
      const { page, context, problems } = await visitorAt(width);
      const found: string[] = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const path of paths) {
          await page.goto(`${app.url}/lv/${path}`);
          if (path === day) await page.locator('.ec').waitFor({ state: 'attached' });
          found.push(...(await axe(page)).map((each) => `${path} ${colorScheme}: ${each}`));
          if (await overflows(page)) found.push(`${path} scrolls sideways at ${width}`);
        }
      }
      expect(found).toEqual([]);
      expect(problems).toEqual([]);
      await context.close();
    },
    120_000,
  );

  it('fit a small phone in every language', async () => {
    const { page, context } = await visitorAt(320);
    const found: string[] = [];
    for (const language of ['et', 'en', 'ru']) {
      for (const path of paths) {
        await page.goto(`${app.url}/${language}/${path}`);
        if (await overflows(page)) found.push(`${language} ${path}`);
      }
    }
    expect(found).toEqual([]);
    await context.close();
  }, 120_000);
});

describe('the day calendar', () => {
  it('shows a session with its seats, and the room that it takes as a column', async () => {
    const { page, context } = await visitorAt(1280);
    await page.goto(`${app.url}/lv/${day}`);
    const session = page.locator('.ec-event.session a').first();
    await session.waitFor();
    expect(await session.textContent()).toContain('0/8 Vakcinācija');
    expect(await page.locator('.column-name').allTextContents()).toContain('Ultrasonogrāfs');
    await session.click();
    await page.waitForURL(/\/sessions\//);
    expect(await page.locator('h1').textContent()).toBe('Vakcinācija');
    await context.close();
  });

  it('says which state quota is used up in its month', async () => {
    const { page, context } = await visitorAt(1280);
    await page.goto(`${app.url}/lv/${day}`);
    await page.locator('.day-quotas summary').click();
    expect(await page.locator('.day-quotas').textContent()).toContain('Kvota ir izlietota');
    await context.close();
  });
});
