import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { BookAppointment, type DeskStep, StepAppointment } from '#libs/appointments';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { readPdf } from '../support/pdf.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asGuest, asStaff } from '../support/verbs.js';

const clock = testClock('2027-03-01T07:00:00Z');
const day = '2027-03-01';

let database: TestDatabase;
let app: RunningApp;
let chromium: TestBrowser;
let clinic: build.Clinic;
let branch: build.Branch;
let calendar: build.Calendar;
let staff: build.StaffMember;
let admin: StaffVisitor;
let taken = 0;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await build.aClinic(database, { name: 'Liepu klīnika' });
  branch = await build.aBranch(database, { clinic });
  await database.sql(`update branch set room = '12. kabinets' where id = $1`, [branch.id]);
  const open: [string, string][] = [[`${day}T10:00`, `${day}T18:00`]];
  calendar = await build.aCalendar(database, {
    branch,
    minutes: 10,
    gridMinutes: 10,
    open,
    now: clock.now().toString(),
  });
  app = await startApp('clinic', { clock });
  staff = await build.aStaffMember(database, { clinic, role: 'admin', name: 'Ieva Žagare' });
  admin = await staffVisitor(app, staff, await build.aCredential(database, staff), clock);
  chromium = await browser();
});

afterAll(async () => {
  await chromium?.stop();
  await app?.stop();
  await database?.drop();
});

async function booked(): Promise<{ id: string; number: string }> {
  const actor = asGuest((await build.anAccount(database)).id);
  const start = Temporal.PlainDateTime.from(`${day}T11:00`).add({ minutes: 10 * taken++ });
  const { id } = await app.get(BookAppointment).run({
    actor,
    slot: {
      calendarId: calendar.id,
      serviceId: calendar.serviceId,
      start: Temporal.Instant.from(build.at(calendar, start.toString())),
    },
    patient: {
      givenName: 'Ilze',
      familyName: `Bērziņa ${randomUUID().slice(0, 4).replace(/\d/g, 'a')}`,
      birthDate: Temporal.PlainDate.from('1958-03-12').add({ days: taken }),
      language: 'lv',
    },
    contact: { email: `p${randomUUID()}@patient.example`, phone: '+37120000000' },
    language: 'lv',
    termsVersion: '1',
    origin: 'portal',
    request: aRequest(actor),
  });
  const [row] = await database.sql<{ reference: string }>('select reference from appointment where id = $1', [id]);
  return { id, number: row?.reference.slice(-4) ?? '' };
}

async function step(id: string, what: DeskStep): Promise<void> {
  const actor = asStaff(clinic.id, { accountId: staff.accountId, staffMemberId: staff.id });
  const [row] = await database.sql<{ version: number }>('select version from appointment where id = $1', [id]);
  const request = aRequest(actor);
  await app.get(StepAppointment).run({ actor, id, version: row?.version ?? 0, step: what, request });
}

/** A screen that an admin has just set up, in a browser that nobody is signed in to. */
async function aScreen(options: Parameters<TestBrowser['visitor']>[0] = {}): Promise<Visitor & { path: string }> {
  const fields = { name: 'Uzgaidāmā telpa', branchId: branch.id, language: 'lv', others: ['en'], calledMinutes: '10' };
  const path = (await admin.post('/en/screens/new', fields)).location ?? '';
  const address = /href="(http[^"]+\/screen\/[\w-]{43})"/.exec((await admin.get(path)).html)?.[1] ?? '';
  const visitor = await chromium.visitor({ viewport: { width: 1920, height: 1080 }, ...options });
  await visitor.page.goto(address);
  return { ...visitor, path };
}

/** Asks again until it is so; the page's policy lets nothing evaluate inside it. */
async function until(page: Page, isSo: string): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await page.evaluate<boolean>(isSo).catch(() => false))) {
    if (performance.now() > end) throw new Error(`not in 30 s: ${isSo}`);
    await page.waitForTimeout(50);
  }
}

const newest = (page: Page) => page.locator('[data-newest]');
const stale = (page: Page) => page.locator('[data-stale]');

describe('the screen in the waiting room', () => {
  it('follows what happens at the desk', async () => {
    const { page, context, problems } = await aScreen();
    const [first, second] = [await booked(), await booked()];
    await step(first.id, 'arrive');
    await page.getByText(first.number).waitFor();
    await step(second.id, 'arrive');
    await page.getByText(second.number).waitFor();
    await step(first.id, 'admit');
    await newest(page).getByText(first.number).waitFor();
    expect(await newest(page).innerText()).toContain('12. kabinets');
    clock.advance({ seconds: 40 });
    await step(second.id, 'admit');
    await newest(page).getByText(second.number).waitFor();
    await step(first.id, 'fulfil');
    await page.getByText(first.number).waitFor({ state: 'detached' });
    await step(second.id, 'fulfil');
    await page.getByText('Neviens negaida').waitFor();
    expect(await page.content()).not.toMatch(/Ilze|Bērziņa|Konsultācija|Kalniņa/);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('is read by everybody: axe finds nothing, on a television, a telephone, in the dark and without scripts', async () => {
    const visits = [await booked(), await booked(), await booked()];
    for (const { id } of visits) await step(id, 'arrive');
    await step(visits[0]?.id ?? '', 'admit');
    for (const options of [
      {},
      { viewport: { width: 320, height: 640 }, colorScheme: 'dark' as const },
      { viewport: { width: 1080, height: 1920 }, reducedMotion: 'reduce' as const },
    ]) {
      const { page, context } = await aScreen(options);
      await newest(page).waitFor();
      expect(await axe(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
      await context.close();
    }
    const { page, context } = await aScreen({ javaScriptEnabled: false });
    expect(await newest(page).innerText()).toContain(visits[0]?.number);
    await context.close();
    for (const { id } of visits) await step(id, 'fulfil');
  });

  it('is big enough for five metres', async () => {
    const { id } = await booked();
    await step(id, 'arrive');
    await step(id, 'admit');
    const { page, context } = await aScreen();
    const box = await newest(page).locator('strong').boundingBox();
    // A capital letter of a twentieth of a television's height is some four centimetres high.
    expect(box?.height).toBeGreaterThan(1080 / 10);
    await context.close();
    await step(id, 'fulfil');
  });

  it('says that it knows nothing while the line is gone, and goes on by itself', async () => {
    const { page, context } = await aScreen();
    await page.getByText('Neviens negaida').waitFor();
    expect(await stale(page).isVisible()).toBe(false);
    await context.setOffline(true);
    await stale(page).waitFor({ state: 'visible' });
    expect(await stale(page).innerText()).toMatch(/Nav savienojuma kopš plkst. 09:0\d\. Lūdzu/);
    const { id, number } = await booked();
    await step(id, 'arrive');
    await context.setOffline(false);
    await page.getByText(number).waitFor();
    await stale(page).waitFor({ state: 'hidden' });
    await step(id, 'fulfil');
    await context.close();
  });

  it('comes back after the portal was restarted, with the newest page', async () => {
    const { page, context } = await aScreen();
    await page.getByText('Neviens negaida').waitFor();
    await app.stop();
    await stale(page).waitFor({ state: 'visible' });
    app = await startApp('clinic', { clock });
    await stale(page).waitFor({ state: 'hidden' });
    // As a screen of an older portal: its files are others.
    await page.evaluate(`window.isOld = true`);
    await page.route('**/now', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/data-build="[^"]*"/, 'data-build="newer"');
      await route.fulfill({ response: answer, body });
    });
    await until(page, 'window.isOld === undefined');
    // Two portals that answer in turn make it load anew once a minute, no more.
    await page.evaluate(`window.isOld = true`);
    await page.waitForTimeout(4000);
    expect(await page.evaluate('window.isOld')).toBe(true);
    // What the page still asks for ends with it.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  });

  it('shows nobody any more once it is switched off', async () => {
    const { id, number } = await booked();
    await step(id, 'arrive');
    const { page, context, path } = await aScreen();
    await page.getByText(number).waitFor();
    await admin.post(`${path}/revoke`, {});
    await page.getByText('Šis ekrāns ir izslēgts.').waitFor();
    expect(await page.getByText(number).count()).toBe(0);
    await page.reload();
    expect(await page.content()).not.toContain(number);
    await step(id, 'fulfil');
    await context.close();
  });

  it('goes by the server’s clock and does not grow', async () => {
    const { page, context } = await aScreen();
    const time = page.locator('[data-clock]');
    const parts = (): Promise<number> => page.evaluate<number>('document.querySelectorAll("*").length');
    await page.waitForTimeout(1500);
    const before = await parts();
    const was = clock.now().toString();
    clock.set('2027-03-28T00:59:58Z');
    await until(page, `document.querySelector('[data-clock]').textContent === '02:59'`);
    // Clocks go forward at three in the morning.
    clock.set('2027-03-28T01:00:02Z');
    await until(page, `document.querySelector('[data-clock]').textContent === '04:00'`);
    clock.set(was);
    for (let n = 0; n < 5; n++) {
      const { id, number } = await booked();
      await step(id, 'arrive');
      await page.getByText(number).waitFor();
      await step(id, 'fulfil');
      await page.getByText(number).waitFor({ state: 'detached' });
    }
    expect(await parts()).toBe(before);
    expect(await time.innerText()).toMatch(/^\d\d:\d\d$/);
    await context.close();
  });
});

describe('pages to be printed', () => {
  let visitor: Visitor;
  const list = (): string => `branch=${branch.id}&day=${day}`;

  beforeAll(async () => {
    for (let n = 0; n < 3; n++) await booked();
    visitor = await chromium.visitor();
    await visitor.context.addCookies(admin.cookies);
  });

  const paths = async (): Promise<string[]> => {
    const { id } = await booked();
    return [
      `/lv/paper/day?${list()}`,
      `/lv/paper/notice/${id}`,
      `/lv/paper/notice/${id}?paper=a5&in=ru`,
      `/lv/paper/labels?${list()}&first=5`,
      `/lv/paper/labels?ids=${id}&sheet=roll-62`,
      '/lv/screens',
      '/lv/screens/new',
    ];
  };

  it('are right for everybody on the screen', async () => {
    const { page, problems } = visitor;
    for (const path of await paths()) {
      await page.goto(app.url + path);
      for (const [width, colorScheme] of [
        [320, 'dark'],
        [1280, 'light'],
      ] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme, media: 'screen' });
        expect([path, width, await axe(page)]).toEqual([path, width, []]);
        expect([path, width, await overflows(page)]).toEqual([path, width, false]);
      }
    }
    expect(problems).toEqual([]);
  });

  it('leave the printer without navigation, on the paper that they are for', async () => {
    const { page } = visitor;
    const printed = async (path: string): Promise<Awaited<ReturnType<typeof readPdf>>> => {
      await page.emulateMedia({ media: null });
      await page.goto(app.url + path);
      return readPdf(await page.pdf({ preferCSSPageSize: true }));
    };
    const [day, notice, small, sheet, label] = await Promise.all(
      (await paths()).slice(0, 5).map((path) => Promise.resolve(path)),
    );
    const ofDay = await printed(day ?? '');
    expect(ofDay.pages).toHaveLength(1);
    expect(ofDay.pages[0]).toMatch(/^1 \/ 1 Anna Kalniņa.*Laiks.*Ilze Bērziņa.*Izdrukāts/);
    expect(ofDay.pages[0]).not.toMatch(/Atpakaļ|Drukāt|Rādīt/);
    expect(Math.round(ofDay.sizes[0]?.width ?? 0)).toBe(842);
    expect((await printed(notice ?? '')).sizes.map(({ height }) => Math.round(height))).toEqual([842]);
    expect((await printed(small ?? '')).sizes.map(({ height }) => Math.round(height))).toEqual([595]);
    expect((await printed(sheet ?? '')).sizes.map(({ height }) => Math.round(height))).toEqual([842]);
    expect((await printed(label ?? '')).sizes.map(({ width }) => Math.round(width))).toEqual([176]);
  });

  it('are reached from the day and the visit', async () => {
    const { page } = visitor;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ media: 'screen' });
    await page.goto(`${app.url}/lv/calendar?${list()}`);
    await page.keyboard.press('l');
    await page.waitForURL('**/paper/day**');
    await page.getByRole('link', { name: 'Atpakaļ uz kalendāru' }).click();
    await page.waitForURL('**/calendar**');
    const { id } = await booked();
    await page.goto(`${app.url}/lv/appointments/${id}`);
    await page.getByRole('link', { name: 'Drukāt paziņojumu' }).click();
    await page.waitForURL('**/paper/notice/**');
    await page.getByLabel('Valoda').selectOption('ru');
    await page.getByText('Уведомление о приёме').waitFor();
  });
});
