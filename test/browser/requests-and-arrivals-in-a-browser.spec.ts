import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPractitioner,
  aStaffMember,
  type Branch,
  type Calendar,
} from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

/** Monday, 08:00 in Rīga. */
const clock = testClock('2027-03-01T06:00:00Z');
const day = '2027-03-01';

let database: TestDatabase;
let app: RunningApp;
let chromium: TestBrowser;
let branch: Branch;
let manual: Calendar;
let automatic: Calendar;
let cookies: StaffVisitor['cookies'];
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database);
  branch = await aBranch(database, { clinic });
  const open: [string, string][] = [[`${day}T09:00`, `${day}T17:00`]];
  const wish = { branch, open, now: clock.now().toString(), noticeMinutes: 0 };
  const [anna, boris] = [await aPractitioner(database, { clinic }), await aPractitioner(database, { clinic })];
  manual = await aCalendar(database, { ...wish, practitioner: anna, confirmation: 'manual' });
  automatic = await aCalendar(database, { ...wish, practitioner: boris });
  app = await startApp('clinic', { clock });
  const staff = await aStaffMember(database, { clinic, name: 'Ieva Reģistratore' });
  ({ cookies } = await staffVisitor(app, staff, await aCredential(database, staff), clock));
  chromium = await browser();
});

afterAll(async () => {
  await chromium?.stop();
  await app?.stop();
  await database?.drop();
});

beforeEach(async () => {
  await visitor?.context.close();
  visitor = await chromium.visitor({ viewport: { width: 1280, height: 900 } });
  await visitor.context.addCookies(cookies);
  page = visitor.page;
});

const booked = async (calendar: Calendar, time: string, familyName: string): Promise<string> => {
  clock.advance({ seconds: 1 });
  return (await aBooking(app, database, calendar, `${day}T${time}`, { familyName, phone: '+37120000001' })).id;
};

const states = async (ids: readonly string[]): Promise<string[]> =>
  (
    await database.sql<{ status: string }>(
      'select a.status from unnest($1::uuid[]) with ordinality i(id, n) join appointment a using (id) order by i.n',
      [ids],
    )
  ).map(({ status }) => status);

const timeOf = (half: number): string =>
  `${String(9 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`;

/** Every size that people have, in both colour schemes; nothing is pushed off the page. */
async function looksRight(): Promise<void> {
  expect(await axe(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axe(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  for (const width of [320, 820]) {
    await page.setViewportSize({ width, height: 800 });
    expect([width, await overflows(page)]).toEqual([width, false]);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe('a registrar without a mouse', () => {
  it('confirms twelve requests: all ticked by one key, confirmed by another, an answer for each', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 13; n++) ids.push(await booked(manual, timeOf(n), `Pieteikums${n}`));
    await page.goto(`${app.url}/en/pending`);
    await looksRight();
    await page.keyboard.press('j');
    expect(await page.evaluate('document.activeElement?.value')).toContain(ids[0]);
    await page.keyboard.press('a');
    // The last one stays: it is reached from the end, and its tick is taken off.
    for (let n = 0; n < 12; n++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('c');
    await page.getByText('12 of 12 done.').waitFor();
    expect(await page.locator('.result-done').count()).toBe(12);
    expect(await states(ids)).toEqual([...Array.from({ length: 12 }, () => 'booked'), 'pending']);
    await looksRight();
    expect(visitor.problems).toEqual([]);
  });

  it('confirms the one that is pointed at, where none is ticked; Enter in the note answers nothing', async () => {
    const [id = ''] = await database
      .sql<{ id: string }>(`select id from appointment where status = 'pending'`)
      .then((rows) => rows.map((row) => row.id));
    await page.goto(`${app.url}/en/pending`);
    await page.locator('summary', { hasText: 'Reject' }).click();
    await page.locator('#note').fill('Zvanīs vēlāk');
    await page.keyboard.press('Enter');
    expect(await states([id])).toEqual(['pending']);
    await page.locator('h1').click();
    await page.keyboard.press('j');
    await page.keyboard.press('c');
    await page.getByText('1 request is confirmed.').waitFor();
    expect(await states([id])).toEqual(['booked']);
  });

  it('checks in four from the panel, without leaving the day', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push(await booked(automatic, timeOf(n), `Ierodas${n}`));
    await page.goto(`${app.url}/en/calendar?branch=${branch.id}&day=${day}`);
    const address = page.url();
    for (const id of ids) {
      await page.locator(`#day-grid [data-appointment="${id}"]`).focus();
      await page.keyboard.press('Enter');
      await page.locator(`#panel form[action$="${id}/arrive"]`).waitFor();
      await page.keyboard.press('a');
      await page.locator('#panel').getByText('Checked in.').waitFor();
      await page.locator(`#panel form[action$="${id}/admit"]`).waitFor();
    }
    expect(await axe(page)).toEqual([]);
    expect(await states(ids)).toEqual(['arrived', 'arrived', 'arrived', 'arrived']);
    await page.keyboard.press('i');
    await page.locator('#panel').getByText('In the room.').waitFor();
    await page.keyboard.press('f');
    await page.locator('#panel').getByText('The visit took place.').first().waitFor();
    expect((await states(ids)).at(-1)).toBe('fulfilled');
    expect(page.url()).toBe(address);
    expect(visitor.problems).toEqual([]);
  });

  it('says at the day’s end who did not come', async () => {
    clock.set('2027-03-01T15:30:00Z');
    await database.sql(`update session set last_seen_at = '2027-03-01T15:00Z' where level = 'two-factor'`);
    await page.goto(`${app.url}/en/arrivals`);
    await page.locator('h1', { hasText: 'Who was not checked in' }).waitFor();
    const rows = page.locator('tbody input.pick');
    expect(await rows.count()).toBe(13);
    expect(await page.locator('tbody input.pick:checked').count()).toBe(13);
    await looksRight();
    await page.keyboard.press('j');
    await page.keyboard.press('Space');
    await page.keyboard.press('o');
    await page.getByText('12 of 12 done.').waitFor();
    expect(await rows.count()).toBe(1);
    await looksRight();
    await page.keyboard.press('j');
    await page.keyboard.press('h');
    await page.getByText('1 visit is marked as taken place.').waitFor();
    await page.getByText('Everybody is accounted for').waitFor();
    expect(visitor.problems).toEqual([]);
  });
});
