import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aStaffMember,
  type Branch,
  type Calendar,
} from '../support/builders.js';
import { axe, browser, type TestBrowser, type Visitor } from '../support/browser.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-02-26T08:00:00Z');
const day = '2027-03-01';

/** Two people at two desks, each with a browser and, as behind a balancer, each with a copy of the app of their own. */
describe('two at the desk', () => {
  let database: TestDatabase;
  let apps: [RunningApp, RunningApp];
  let branch: Branch;
  let calendar: Calendar;
  let chromium: TestBrowser;
  let signedIn: StaffVisitor[];
  let visitors: Visitor[];
  let anna: Page;
  let juris: Page;

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database });
    const clinic = await aClinic(database);
    branch = await aBranch(database, { clinic });
    calendar = await aCalendar(database, {
      branch,
      open: [[`${day}T09:00`, `${day}T17:00`]],
      now: clock.now().toString(),
    });
    apps = [await startApp('clinic', { clock }), await startApp('clinic', { clock, isCopy: true })];
    signedIn = [];
    for (const [n, name] of ['Anna Ozola', 'Juris Liepa'].entries()) {
      const app = apps[n] ?? apps[0];
      const staff = await aStaffMember(database, { clinic, name });
      signedIn.push(await staffVisitor(app, staff, await aCredential(database, staff), clock));
    }
    chromium = await browser();
  });

  afterAll(async () => {
    await chromium?.stop();
    for (const app of apps ?? []) await app.stop();
    await database?.drop();
  });

  beforeEach(async () => {
    visitors = [];
    for (const { cookies } of signedIn) {
      const visitor = await chromium.visitor({ viewport: { width: 1280, height: 900 } });
      await visitor.context.addCookies(cookies);
      visitors.push(visitor);
    }
    [anna, juris] = visitors.map(({ page }) => page) as [Page, Page];
  });

  afterEach(async () => {
    expect(visitors.flatMap(({ problems }) => problems)).toEqual([]);
    for (const { context } of visitors) await context.close();
  });

  const booked = async (time: string, familyName: string): Promise<string> =>
    (await aBooking(apps[0], database, calendar, `${day}T${time}`, { familyName })).id;

  const startOf = async (id: string): Promise<string | undefined> =>
    (
      await database.sql<{ at: string }>(
        `select to_char(starts_at at time zone zone, 'HH24:MI') as at from appointment where id = $1`,
        [id],
      )
    )[0]?.at;

  const visit = (page: Page, id: string): Locator => page.locator(`[data-appointment="${id}"]`);
  const live = (page: Page): Promise<void> => page.locator('#live-state[data-kind="live"]').waitFor();
  const addressOf = (page: Page): string => (page === anna ? apps[0] : apps[1]).url;

  async function openDay(page: Page): Promise<void> {
    await page.goto(`${addressOf(page)}/en/calendar?branch=${branch.id}&day=${day}`);
    await live(page);
  }

  /** Takes a visit and carries it over so many quarters of an hour; `drop` lets it go. */
  async function carry(page: Page, id: string, quarters: number): Promise<{ drop(): Promise<void> }> {
    const face = visit(page, id);
    // In the middle: near an edge the grid would scroll under the hand.
    await page.evaluate(`document.querySelector('[data-appointment="${id}"]').scrollIntoView({ block: 'center' })`);
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    const from = await face.boundingBox();
    if (!from) throw new Error('nothing to drag');
    const [x, y] = [from.x + from.width / 2, from.y + 8];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 4, y + 8, { steps: 3 });
    await page.mouse.move(x, y + quarters * 30, { steps: 8 });
    return { drop: () => page.mouse.up() };
  }

  it('shows one what the other drags, without a reload', async () => {
    const id = await booked('09:00', 'Vilks');
    await Promise.all([openDay(anna), openDay(juris)]);
    await Promise.all([visit(anna, id).waitFor(), visit(juris, id).waitFor()]);
    await juris.evaluate('window.wasNotReloaded = true');
    const dragged = await carry(anna, id, 4);
    await dragged.drop();
    await anna.locator('#day-status[data-kind="done"]').waitFor();
    await visit(juris, id).filter({ hasText: '10:00' }).waitFor();
    expect(await juris.evaluate('window.wasNotReloaded')).toBe(true);
    expect(await startOf(id)).toBe('10:00');
  });

  it('lets a visit that both drag end in one place, and tells one why', async () => {
    const id = await booked('11:00', 'Zaķis');
    await Promise.all([openDay(anna), openDay(juris)]);
    await Promise.all([visit(anna, id).waitFor(), visit(juris, id).waitFor()]);
    const [hers, his] = [await carry(anna, id, 2), await carry(juris, id, 6)];
    await hers.drop();
    await anna.locator('#day-status[data-kind="done"]').waitFor();
    await his.drop();
    await juris.locator('#day-status[data-kind="refused"]').waitFor();
    expect(await juris.locator('#day-status').textContent()).toContain(
      'Left as it was. Anna Ozola moved it at 10:00 to Mon 1 Mar, 11:30.',
    );
    for (const page of [anna, juris]) await visit(page, id).filter({ hasText: '11:30' }).waitFor();
    expect(await startOf(id)).toBe('11:30');
  });

  it('says in an open panel, and in a form that is being filled in, who changed what, and keeps what is typed', async () => {
    const id = await booked('13:00', 'Lapsa');
    await juris.goto(`${addressOf(juris)}/en/appointments/${id}/cancel`);
    await juris.locator('textarea[name="note"]').fill('Asked by phone');
    await openDay(anna);
    await visit(anna, id).click();
    await anna.locator('#panel h2').waitFor();
    const third = await visitors[1]?.context.newPage();
    if (!third) throw new Error('no third window');
    await openDay(third);
    await visit(third, id).waitFor();
    await (await carry(third, id, 4)).drop();
    await third.locator('#day-status[data-kind="done"]').waitFor();
    // The third window covers his form, which looks again when he comes back to it.
    await third.close();
    await juris.bringToFront();
    const words = 'Juris Liepa moved it at 10:00 to Mon 1 Mar, 14:00.';
    await anna.locator('#panel [data-changed-text]').filter({ hasText: words }).waitFor();
    await juris.locator('[data-changed-text]').filter({ hasText: words }).waitFor();
    expect(await juris.locator('textarea[name="note"]').inputValue()).toBe('Asked by phone');
    expect(await axe(juris)).toEqual([]);
    await juris.locator('main form button:not([type="button"])').last().click();
    await juris.locator('[role="alert"]').filter({ hasText: words }).waitFor();
    expect(await juris.locator('textarea[name="note"]').inputValue()).toBe('Asked by phone');
    expect(await startOf(id)).toBe('14:00');
    await anna.locator('#panel [data-changed-box] a').click();
    await anna.locator('#panel').filter({ hasText: '14:00–14:30' }).waitFor();
  });

  it('says beside a request in the list who has just answered it, and takes it off the choice', async () => {
    await database.sql(`update calendar set confirmation = 'manual' where id = $1`, [calendar.id]);
    const [id, other] = [await booked('16:00', 'Ābele'), await booked('16:30', 'Osis')];
    await database.sql(`update calendar set confirmation = 'automatic' where id = $1`, [calendar.id]);
    for (const page of [anna, juris]) await page.goto(`${addressOf(page)}/en/pending`);
    await juris.locator(`input[name="chosen"][value="${id}:1"]`).check();
    await juris.locator(`input[name="chosen"][value="${other}:1"]`).check();
    await anna.locator(`button[name="one"][value="confirm:${id}:1"]`).click();
    await anna.waitForURL(/pending/);
    const row = juris.locator('tr').filter({ has: juris.locator(`input[value="${id}:1"]`) });
    await row.filter({ hasText: 'Anna Ozola confirmed it at 10:00.' }).waitFor();
    expect(await row.locator('input').isChecked()).toBe(false);
    expect(await juris.locator(`input[name="chosen"][value="${other}:1"]`).isChecked()).toBe(true);
    expect(await axe(juris)).toEqual([]);
  });

  it('says that the line is lost, tries again, and catches up with what it missed', async () => {
    const id = await booked('15:00', 'Gulbis');
    await openDay(juris);
    await visit(juris, id).waitFor();
    await visitors[1]?.context.setOffline(true);
    // What is already open stands until it is cut; a stopped copy would cut it.
    await juris.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await juris.locator('#live-state[data-kind="lost"]').waitFor();
    expect(await juris.locator('#live-state').textContent()).toContain('Connection lost');
    await openDay(anna);
    await visit(anna, id).waitFor();
    await (await carry(anna, id, 2)).drop();
    await anna.locator('#day-status[data-kind="done"]').waitFor();
    await visitors[1]?.context.setOffline(false);
    await live(juris);
    await visit(juris, id).filter({ hasText: '15:30' }).waitFor();
    // The browser itself notes each address that it could not reach.
    for (const { problems } of visitors) problems.splice(0);
  });
});
