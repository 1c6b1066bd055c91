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
  at,
  type Branch,
  type Calendar,
} from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2026-10-24T08:00:00Z');
const day = '2026-10-26';

let database: TestDatabase;
let app: RunningApp;
let chromium: TestBrowser;
let branch: Branch;
let anna: Calendar;
let boris: Calendar;
let cookies: StaffVisitor['cookies'];
let visitor: Visitor;
let page: Page;
let early: string;
let late: string;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database);
  branch = await aBranch(database, { clinic });
  const now = clock.now().toString();
  const open: [string, string][] = [
    [`${day}T09:00`, `${day}T12:00`],
    ['2026-10-25T01:00', '2026-10-25T08:00'],
    ['2026-10-24T09:00', '2026-10-24T15:00'],
  ];
  const doctor = (familyName: string) => aPractitioner(database, { clinic, givenName: 'Anna', familyName });
  anna = await aCalendar(database, { branch, practitioner: await doctor('Ābele'), open, now });
  boris = await aCalendar(database, { branch, practitioner: await doctor('Bērzs'), open, now });
  app = await startApp('clinic', { clock });
  const staff = await aStaffMember(database, { clinic });
  ({ cookies } = await staffVisitor(app, staff, await aCredential(database, staff), clock));
  early = await booked(anna, at(anna, `${day}T09:00`), 'Agra');
  late = await booked(boris, at(boris, `${day}T09:30`), 'Vēla');
  chromium = await browser();
});

afterAll(async () => {
  await chromium?.stop();
  await app?.stop();
  await database?.drop();
});

beforeEach(async () => {
  await visitor?.context.close();
  // Far from the clinic, and on the day before its clocks change: neither may matter.
  visitor = await chromium.visitor({ viewport: { width: 1280, height: 900 }, timezoneId: 'America/New_York' });
  await visitor.context.addCookies(cookies);
  page = visitor.page;
});

const booked = async (calendar: Calendar, start: string, familyName: string): Promise<string> =>
  (await aBooking(app, database, calendar, start, { familyName })).id;

const open = (path: string): Promise<unknown> => page.goto(`${app.url}/en/calendar${path}`);
const face = (id: string) => page.locator(`[data-appointment="${id}"]`);
const focused = (name: string): Promise<unknown> => page.evaluate(`document.activeElement.dataset.${name}`);

describe('the keys of the calendar', () => {
  it('lead from day to week to month and back', async () => {
    await open(`?branch=${branch.id}&day=${day}`);
    await face(early).waitFor();
    await page.keyboard.press('w');
    await page.waitForURL(/\/calendar\/week/);
    await face(early).waitFor();
    await page.keyboard.press('m');
    await page.waitForURL(/\/calendar\/month/);
    await page.locator('.month-day', { hasText: '26 October' }).click();
    await page.waitForURL(new RegExp(`/calendar\\?.*day=${day}`));
    await page.keyboard.press('g');
    expect(await page.evaluate('document.activeElement.id')).toBe('day');
    await page.keyboard.press('Escape');
    await page.locator('h1').click();
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('find');
  });

  it('walk through visits, free times and columns, and book where they stand', async () => {
    await open(`?branch=${branch.id}&day=${day}&practitioners=all`);
    await face(early).waitFor();
    await page.locator('[data-shortcut="k"]').waitFor();
    await page.keyboard.press('k');
    expect(await focused('appointment')).toBe(early);
    await page.keyboard.press('ArrowDown');
    expect(await focused('gap')).toBe(`${anna.resourceId} 570`);
    await page.keyboard.press('ArrowRight');
    expect(await focused('appointment')).toBe(late);
    await page.keyboard.press('Home');
    expect(await focused('gap')).toBe(`${boris.resourceId} 540`);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/book\?/);
    expect(new URL(page.url()).searchParams.get('time')).toBe('09:00');
    expect(new URL(page.url()).searchParams.get('resource')).toBe(boris.resourceId);
  });

  it('keep the focus when the day is read again', async () => {
    await open(`?branch=${branch.id}&day=${day}`);
    await face(early).focus();
    const another = await booked(boris, at(boris, `${day}T11:30`), 'Jauna');
    await page.evaluate(`document.dispatchEvent(new CustomEvent('calendar-changed', { detail: {} }))`);
    await face(another).waitFor();
    expect(await focused('appointment')).toBe(early);
  });
});

describe('the grid', () => {
  it('shows where it is now in the branch, whatever the browser believes', async () => {
    await open('?day=2026-10-24');
    await page.locator('.now-line').first().waitFor();
    expect(await page.locator('.now-mark').textContent()).toBe('11:00');
    const mark = await page.locator('.now-mark').boundingBox();
    const slot = await page.locator('.ec-slot time', { hasText: '11:00' }).boundingBox();
    if (!mark || !slot) throw new Error('nothing to compare');
    expect(Math.abs(mark.y + mark.height / 2 - slot.y - slot.height / 2)).toBeLessThan(4);
  });

  it('is as dense as somebody keeps it', async () => {
    await open(`?branch=${branch.id}&day=${day}`);
    await face(early).waitFor();
    const before = (await face(early).boundingBox())?.height ?? 0;
    await page.locator('#step').selectOption('5');
    await page.waitForURL(/\/calendar\?/);
    await face(early).waitFor();
    expect((await face(early).boundingBox())?.height).toBeGreaterThan(before * 2);
    await page.locator('#step').selectOption('15');
    await page.locator('#step option[value="15"][selected]').waitFor({ state: 'attached' });
  });

  it('makes a visit longer by its lower edge', async () => {
    const id = await booked(boris, at(boris, `${day}T10:30`), 'Garā');
    await open(`?branch=${branch.id}&day=${day}`);
    await face(id).waitFor();
    await face(id).scrollIntoViewIfNeeded();
    const from = await face(id).boundingBox();
    if (!from) throw new Error('nothing to pull');
    const [x, y] = [from.x + from.width / 2, from.y + from.height - 3];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 10, { steps: 3 });
    await page.mouse.move(x, y + 30, { steps: 5 });
    await page.mouse.up();
    await page.locator('#day-status[data-kind="done"]').waitFor();
    const [row] = await database.sql<{ minutes: number }>(
      'select extract(epoch from ends_at - starts_at)::integer / 60 as minutes from appointment where id = $1',
      [id],
    );
    expect(row?.minutes).toBe(45);
  });

  it('books what is drawn on empty time', async () => {
    await open(`?branch=${branch.id}&day=${day}`);
    const gap = page.locator(`[data-gap="${anna.resourceId} 570"]`);
    await gap.waitFor();
    const place = await gap.boundingBox();
    if (!place) throw new Error('nothing is free');
    await page.mouse.move(place.x + 40, place.y + 32);
    await page.mouse.down();
    await page.mouse.move(place.x + 40, place.y + 60, { steps: 4 });
    await page.mouse.move(place.x + 40, place.y + 85, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/\/book\?/);
    expect(new URL(page.url()).searchParams.get('time')).toBe('09:45');
    expect(new URL(page.url()).searchParams.get('resource')).toBe(anna.resourceId);
  });

  it('puts a visit into the second of two equal hours', async () => {
    const id = await booked(anna, '2026-10-25T00:30:00Z', 'Nakts');
    await open(`?branch=${branch.id}&day=2026-10-25`);
    await face(id).waitFor();
    await face(id).scrollIntoViewIfNeeded();
    const from = await face(id).boundingBox();
    if (!from) throw new Error('nothing to drag');
    const [x, y] = [from.x + 40, from.y + 8];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + 12, { steps: 3 });
    await page.mouse.move(x, y + 4 * 30, { steps: 8 });
    await page.mouse.up();
    await page.locator('#day-status[data-kind="done"]').waitFor();
    const [row] = await database.sql<{ at: string }>(
      `select to_char(starts_at at time zone 'UTC', 'HH24:MI') as at from appointment where id = $1`,
      [id],
    );
    expect(row?.at).toBe('01:30');
  });
});

describe('a week and a month', () => {
  it.each([320, 820, 1280, 1920])(
    'have nothing for axe to find at %i px, in light and dark, and never scroll sideways',
    async (width) => {
      const found: string[] = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        for (const path of ['/week', '/month', '']) {
          await open(`${path}?branch=${branch.id}&day=${day}`);
          if (path !== '/month') await page.locator('.ec').waitFor({ state: 'attached' });
          found.push(...(await axe(page)).map((each) => `${path} ${colorScheme}: ${each}`));
          if (await overflows(page)) found.push(`${path} scrolls sideways at ${width}`);
        }
      }
      expect(found).toEqual([]);
      expect(visitor.problems).toEqual([]);
    },
    120_000,
  );

  it('have on a phone tools for a finger, the seldom ones in a sheet, and the page one is on in sight, without a script', async () => {
    const plain = await chromium.visitor({ viewport: { width: 320, height: 700 }, javaScriptEnabled: false });
    await plain.context.addCookies(cookies);
    const small = async (within: string): Promise<string[]> => {
      const found = [];
      for (const tool of await plain.page.locator(within).locator('a, button, input, select, summary').all()) {
        const box = (await tool.isVisible()) ? await tool.boundingBox() : null;
        if (box && Math.min(box.width, box.height) < 44) found.push(await tool.evaluate(({ outerHTML }) => outerHTML));
      }
      return found;
    };
    for (const path of ['/week', '/month', '']) {
      await plain.page.goto(`${app.url}/en/calendar${path}?branch=${branch.id}&day=${day}`);
      expect(await small('.day-toolbar')).toEqual([]);
    }
    const density = plain.page.locator('#step');
    expect(await density.isVisible()).toBe(false);
    await plain.page.locator('.day-open-tools').click();
    expect(await density.isVisible()).toBe(true);
    expect(await small('#day-tools')).toEqual([]);
    await plain.page.keyboard.press('Escape');
    expect(await density.isVisible()).toBe(false);
    await plain.page.goto(`${app.url}/en/hours`);
    const here = await plain.page.locator('.side [aria-current="page"]').boundingBox();
    expect((here?.x ?? 0) + (here?.width ?? 999)).toBeLessThanOrEqual(320);
    await plain.context.close();
  });
});
