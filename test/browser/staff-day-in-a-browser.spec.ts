import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { CancelAppointment, requestOf } from '#libs/appointments';
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

const clock = testClock('2027-02-26T08:00:00Z');
const day = '2027-03-01';

let database: TestDatabase;
let app: RunningApp;
let chromium: TestBrowser;
let branch: Branch;
let anna: Calendar;
let boris: Calendar;
let cookies: StaffVisitor['cookies'];
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database);
  branch = await aBranch(database, { clinic });
  const open: [string, string][] = [[`${day}T09:00`, `${day}T15:00`]];
  const now = clock.now().toString();
  anna = await aCalendar(database, { branch, practitioner: await aPractitioner(database, { clinic }), open, now });
  boris = await aCalendar(database, { branch, practitioner: await aPractitioner(database, { clinic }), open, now });
  await database.sql(
    'insert into calendar_service (calendar_id, service_id, clinic_id, minutes, price_cents) values ($1, $2, $3, 30, 0)',
    [boris.id, anna.serviceId, clinic.id],
  );
  app = await startApp('clinic', { clock });
  const staff = await aStaffMember(database, { clinic });
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

const booked = async (calendar: Calendar, time: string, familyName: string): Promise<string> =>
  (await aBooking(app, database, calendar, `${day}T${time}`, { familyName, serviceId: anna.serviceId })).id;

const startOf = async (id: string): Promise<string | undefined> =>
  (
    await database.sql<{ at: string }>(
      `select to_char(starts_at at time zone zone, 'HH24:MI') as at from appointment where id = $1`,
      [id],
    )
  )[0]?.at;

const openDay = (): Promise<unknown> => page.goto(`${app.url}/en/calendar?branch=${branch.id}&day=${day}`);
const visit = (id: string): Locator => page.locator(`[data-appointment="${id}"]`);
const status = (): Locator => page.locator('#day-status');

/** Drags a visit by so many quarters of an hour, and so many columns. */
async function drag(id: string, quarters: number, columns = 0): Promise<void> {
  const from = await visit(id).boundingBox();
  const column = await page.locator('.ec-col-head').first().boundingBox();
  if (!from || !column) throw new Error('nothing to drag');
  const [x, y] = [from.x + from.width / 2, from.y + 8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 4, y + 8, { steps: 3 });
  await page.mouse.move(x + columns * column.width, y + quarters * 30, { steps: 8 });
  await page.mouse.up();
}

describe('the day in a browser', () => {
  it('moves a visit that is dragged, keeps it after a reload, and takes it back with undo', async () => {
    const id = await booked(anna, '09:00', 'Vilks');
    await openDay();
    await visit(id).waitFor();
    await drag(id, 4);
    await page.locator('#day-status[data-kind="done"]').waitFor();
    expect(await status().textContent()).toContain('Ilze Vilks: moved to Mon 1 Mar, 10:00');
    expect(await startOf(id)).toBe('10:00');
    await page.reload();
    await visit(id).waitFor();
    expect(await visit(id).textContent()).toContain('10:00');
    await drag(id, 2);
    await page.locator('#day-status[data-kind="done"] button').click();
    await status().filter({ hasText: '10:00' }).waitFor();
    expect(await startOf(id)).toBe('10:00');
    expect(visitor.problems).toEqual([]);
  });

  it('moves a visit to a colleague in the next column', async () => {
    const id = await booked(anna, '11:00', 'Zaķis');
    await openDay();
    await visit(id).waitFor();
    const names = await page.locator('.ec-col-head').allTextContents();
    const step = names.length === 2 && (await columnOf(id)) === 0 ? 1 : -1;
    await drag(id, 0, step);
    await page.locator('#day-status[data-kind="done"]').waitFor();
    const [row] = await database.sql('select resource_id from appointment where id = $1', [id]);
    expect(row).toEqual({ resource_id: boris.resourceId });
  });

  it('puts a visit back when it may not go there, and says why', async () => {
    const id = await booked(anna, '12:00', 'Lācis');
    const neighbour = await booked(anna, '13:00', 'Lapsa');
    await openDay();
    await visit(id).waitFor();
    await visit(neighbour).waitFor();
    // Both in one look: the page may scroll between two.
    const between = async (): Promise<number> => {
      const other = await visit(neighbour).elementHandle();
      return visit(id).evaluate(
        (bar, below) => (below?.getBoundingClientRect().y ?? 0) - bar.getBoundingClientRect().y,
        other,
      );
    };
    const before = await between();
    await drag(id, 4);
    await page.locator('#day-status[data-kind="refused"]').waitFor();
    expect(await status().textContent()).toMatch(/^Left as it was\. \S/);
    await expect(startOf(id)).resolves.toBe('12:00');
    // The grid puts it back in one of its next frames.
    for (let frame = 0; frame < 120 && Math.abs((await between()) - before) >= 2; frame++) {
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(drawn))');
    }
    expect(Math.abs((await between()) - before)).toBeLessThan(2);
    expect(await visit(id).textContent()).toContain('12:00');
  });

  it('shows what others change without a reload', async () => {
    const id = await booked(boris, '14:00', 'Gulbis');
    await openDay();
    await visit(id).waitFor();
    const actor = await actorOf(id);
    await app
      .get(CancelAppointment)
      .run({ actor, id, version: 1, request: requestOf(actor, 'story', randomUUID(), id) });
    await visit(id).waitFor({ state: 'detached' });
  });

  it('is worked with the keyboard alone: to the visit, its panel, the move form and a new time', async () => {
    const id = await booked(anna, '14:00', 'Tastatūra');
    await openDay();
    await visit(id).waitFor();
    await visit(id).focus();
    await page.keyboard.press('Enter');
    await page.locator('#panel h2').waitFor();
    expect(await page.evaluate(`document.activeElement.textContent`)).toBe('Ilze Tastatūra');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(`document.activeElement.dataset.appointment`)).toBe(id);
    await page.keyboard.press('Enter');
    await page.locator('#panel a[href*="/move"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('button[name="start"]').first().waitFor();
    await page.locator('button[name="start"]').last().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/en\/calendar/);
    expect(await startOf(id)).not.toBe('14:00');
  });

  it('goes to other days with single keys, which can be switched off', async () => {
    await openDay();
    await page.locator('.ec').waitFor();
    await page.keyboard.press('n');
    await page.waitForURL(/day=2027-03-02/);
    await page.keyboard.press('?');
    await page.locator('#shortcuts-on').uncheck();
    await page.locator('h1').click();
    await page.keyboard.press('p');
    expect(page.url()).toContain('day=2027-03-02');
  });
});

describe('every page of the staff app', () => {
  it.each([320, 1280])(
    'has nothing for axe to find at %i px, in light and dark, and never scrolls sideways',
    async (width) => {
      const id = await booked(boris, width === 320 ? '09:00' : '09:30', 'Cirvis');
      const paths = [
        `calendar?branch=${branch.id}&day=${day}`,
        'calendar?day=2027-03-06',
        'pending',
        'book',
        'hours',
        `hours/${anna.id}`,
        'closures',
        'days',
        'workplace',
        `appointments/${id}`,
        `appointments/${id}/move`,
        `appointments/${id}/cancel`,
      ];
      const found: string[] = [];
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        for (const path of paths) {
          await page.goto(`${app.url}/lv/${path}`);
          if (path.endsWith(day)) await page.locator('.ec').waitFor({ state: 'attached' });
          found.push(...(await axe(page)).map((each) => `${path} ${colorScheme}: ${each}`));
          if (await overflows(page)) found.push(`${path} scrolls sideways at ${width}`);
        }
      }
      expect(found).toEqual([]);
      expect(visitor.problems).toEqual([]);
    },
    120_000,
  );
});

async function columnOf(id: string): Promise<number> {
  const heads = await page.locator('.ec-col-head').all();
  const box = await visit(id).boundingBox();
  for (const [n, head] of heads.entries()) {
    const column = await head.boundingBox();
    if (box && column && box.x >= column.x - 2 && box.x < column.x + column.width) return n;
  }
  return -1;
}

async function actorOf(id: string) {
  const [row] = await database.sql<{ account_id: string }>('select account_id from appointment where id = $1', [id]);
  return { kind: 'guest' as const, accountId: row?.account_id ?? '', sessionId: randomUUID() };
}
