import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
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
const days = Array.from({ length: 5 }, (_, n) => Temporal.PlainDate.from('2027-03-01').add({ days: n }).toString());
const [monday = '', tuesday = '', wednesday = '', thursday = '', friday = ''] = days;

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
  const open = days.map((day): [string, string] => [`${day}T09:00`, `${day}T13:00`]);
  const now = clock.now().toString();
  const [first, second] = [
    await aPractitioner(database, { clinic, familyName: 'Ābele' }),
    await aPractitioner(database, { clinic, familyName: 'Bērzs' }),
  ];
  anna = await aCalendar(database, { branch, practitioner: first, open, now });
  boris = await aCalendar(database, { branch, practitioner: second, open, now });
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

const booked = async (calendar: Calendar, when: string, familyName: string): Promise<string> =>
  (await aBooking(app, database, calendar, when, { familyName, serviceId: anna.serviceId })).id;

const standsAt = async (id: string): Promise<string> => {
  const [row] = await database.sql<{ at: string }>(
    `select to_char(starts_at at time zone zone, 'YYYY-MM-DD HH24:MI') || to_char(ends_at at time zone zone, '-HH24:MI')
            || case resource_id when $2 then ' anna' else ' boris' end as at
       from appointment where id = $1`,
    [id, anna.resourceId],
  );
  return row?.at ?? '';
};

const openDay = (day: string): Promise<unknown> => page.goto(`${app.url}/en/calendar?branch=${branch.id}&day=${day}`);
const visit = (id: string): Locator => page.locator(`#day-grid [data-appointment="${id}"]`);
const status = (): Locator => page.locator('#day-status');
const gap = (calendar: Calendar): Locator => page.locator(`[data-gap^="${calendar.resourceId}"]`).first();
const told = (kind: 'done' | 'refused'): Promise<void> => page.locator(`#day-status[data-kind="${kind}"]`).waitFor();

/** How high an hour of the grid is. */
async function hour(): Promise<number> {
  const box = await gap(boris).boundingBox();
  const words = await gap(boris).getAttribute('aria-label');
  const [, from = 0, fromMinutes = 0, to = 0, toMinutes = 0] = (/(\d+):(\d+)–(\d+):(\d+)/.exec(words ?? '') ?? []).map(
    Number,
  );
  if (!box) throw new Error('no gap to measure');
  return (box.height / (to * 60 + toMinutes - from * 60 - fromMinutes)) * 60;
}

/** Drags a visit, or its lower edge, by so many hours. */
async function drag(id: string, hours: number, { edge = false } = {}): Promise<void> {
  const high = await hour();
  const from = await visit(id).boundingBox();
  if (!from) throw new Error('nothing to drag');
  const [x, y] = [from.x + from.width / 2, edge ? from.y + from.height - 2 : from.y + 8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 6, { steps: 3 });
  await page.mouse.move(x, y + hours * high, { steps: 10 });
  await page.mouse.up();
}

describe('the grid under a hand', () => {
  it('puts back what is refused and says why to the desk, not to a patient', async () => {
    const id = await booked(anna, `${monday}T09:00`, 'Vilks');
    await booked(anna, `${monday}T10:00`, 'Lācis');
    await openDay(monday);
    await visit(id).waitFor();
    const before = await visit(id).boundingBox();
    await drag(id, 1);
    await told('refused');
    expect(await status().textContent()).toMatch(/Left as it was\..*This time is already taken/);
    expect(await status().textContent()).not.toContain('booking');
    expect(await status().locator('button').count()).toBe(0);
    const stands = async (): Promise<number> => (await visit(id).boundingBox())?.y ?? 0;
    for (let waited = 0; waited < 3000 && Math.abs((await stands()) - (before?.y ?? 0)) > 2; waited += 50)
      await page.waitForTimeout(50);
    expect(Math.abs((await stands()) - (before?.y ?? 0))).toBeLessThanOrEqual(2);
    expect(await standsAt(id)).toBe(`${monday} 09:00-09:30 anna`);
    expect(visitor.problems).toEqual([]);
  });

  it('makes a visit longer by its edge, and U takes it back', async () => {
    const id = await booked(anna, `${tuesday}T09:00`, 'Zaķis');
    await openDay(tuesday);
    await visit(id).waitFor();
    await drag(id, 0.5, { edge: true });
    await told('done');
    expect(await status().textContent()).toContain('Ilze Zaķis: now 09:00–10:00');
    expect(await standsAt(id)).toBe(`${tuesday} 09:00-10:00 anna`);
    expect(await status().textContent()).toMatch(/Undo\d+ s left/);
    // At once: the way back is open for ten seconds.
    await page.keyboard.press('u');
    await status().filter({ hasText: 'Undone: the visit is back at Tue 2 Mar, 09:00' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await standsAt(id)).toBe(`${tuesday} 09:00-09:30 anna`);
    expect(visitor.problems).toEqual([]);
  });

  it('moves a visit once although the answer is lost on the way', async () => {
    const id = await booked(anna, `${monday}T11:00`, 'Caune');
    await openDay(monday);
    await visit(id).waitFor();
    let isLost = false;
    await page.route('**/move', async (route) => {
      if (isLost) return route.continue();
      isLost = true;
      await route.fetch();
      return route.abort();
    });
    await drag(id, 1);
    await told('done');
    expect(await standsAt(id)).toBe(`${monday} 12:00-12:30 anna`);
    const steps = await database.sql('select from appointment_event where appointment_id = $1', [id]);
    expect(steps).toHaveLength(2);
  });

  it('counts the ten seconds down and takes the way back away', async () => {
    const id = await booked(anna, `${tuesday}T11:00`, 'Vāvere');
    await page.clock.install();
    await openDay(tuesday);
    await visit(id).waitFor();
    await drag(id, 1);
    await told('done');
    await status().locator('button').waitFor();
    await page.clock.fastForward(11_000);
    await status().locator('button').waitFor({ state: 'detached' });
    expect(await status().textContent()).toContain('moved to Tue 2 Mar, 12:00');
  });
});

describe('the keyboard alone', () => {
  it('cuts a visit, carries it to another day and another doctor, and pastes it in a gap', async () => {
    const id = await booked(anna, `${tuesday}T10:00`, 'Stirna');
    await openDay(tuesday);
    await visit(id).waitFor();
    await visit(id).focus();
    await page.keyboard.press('x');
    const banner = page.locator('#cut-banner');
    await banner.waitFor();
    expect(await banner.textContent()).toContain('Cut visits: 1. Choose a free time on any day.');
    expect(await page.evaluate('sessionStorage.getItem("cut")')).not.toContain('Stirna');
    await page.keyboard.press('n');
    await page.waitForURL(`**day=${wednesday}**`);
    await banner.waitFor();
    expect(await axe(page)).toEqual([]);
    await gap(boris).waitFor();
    await gap(boris).focus();
    await page.keyboard.press('v');
    await told('done');
    expect(await status().textContent()).toContain('Ilze Stirna: moved to Wed 3 Mar, 09:00');
    expect(await standsAt(id)).toBe(`${wednesday} 09:00-09:30 boris`);
    await banner.waitFor({ state: 'hidden' });
    await visit(id).waitFor();
    await page.keyboard.press('u');
    await status().filter({ hasText: 'Undone' }).waitFor();
    expect(await standsAt(id)).toBe(`${tuesday} 10:00-10:30 anna`);
    expect(visitor.problems).toEqual([]);
  });

  it('leaves a visit where it is with Esc', async () => {
    const id = await booked(anna, `${wednesday}T10:00`, 'Alnis');
    await openDay(wednesday);
    await visit(id).waitFor();
    await visit(id).focus();
    await page.keyboard.press('x');
    await page.locator('#cut-banner').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('#cut-banner').waitFor({ state: 'hidden' });
    await page.reload();
    await visit(id).waitFor();
    expect(await page.locator('#cut-banner').isHidden()).toBe(true);
    expect(await standsAt(id)).toBe(`${wednesday} 10:00-10:30 anna`);
  });

  it('keeps a visit cut whose time was refused, so that another can be chosen', async () => {
    const id = await booked(anna, `${thursday}T09:00`, 'Bebrs');
    await openDay(thursday);
    await visit(id).waitFor();
    await visit(id).focus();
    await page.keyboard.press('x');
    await page.locator('#cut-banner').waitFor();
    await gap(boris).waitFor();
    // Somebody takes that gap before it is chosen.
    await booked(boris, `${thursday}T09:00`, 'Ātrais');
    await gap(boris).focus();
    await page.keyboard.press('Enter');
    await told('refused');
    expect(await page.locator('#cut-banner').isVisible()).toBe(true);
    expect(await standsAt(id)).toBe(`${thursday} 09:00-09:30 anna`);
  });
});

describe('several visits', () => {
  it('are chosen by Ctrl and click and by the space bar, moved to a colleague and taken back', async () => {
    const ids = [];
    for (const [time, name] of [
      ['09:00', 'Pirmā'],
      ['09:30', 'Otrā'],
      ['10:00', 'Trešā'],
    ] as const)
      ids.push(await booked(anna, `${friday}T${time}`, name));
    const [first = '', second = '', third = ''] = ids;
    await openDay(friday);
    await visit(first).waitFor();
    await visit(first).click({ modifiers: ['Control'] });
    await visit(second).focus();
    await page.keyboard.press('Space');
    await visit(third).focus();
    await page.keyboard.press('Space');
    expect(await page.locator('#panel').isHidden()).toBe(true);
    expect(await page.locator('[data-select-count]').textContent()).toBe('Chosen: 3');
    expect(await visit(second).getAttribute('aria-pressed')).toBe('true');
    await visit(third).focus();
    await page.keyboard.press('Space');
    expect(await page.locator('[data-select-count]').textContent()).toBe('Chosen: 2');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('e');
    await page.waitForURL('**/several?**');
    expect(await page.locator('input[name="chosen"]').count()).toBe(2);
    await page.selectOption('#to', boris.resourceId);
    await page.locator('button[value="move"]').click();
    await page.locator('.result-list').waitFor();
    expect(await page.locator('.result-done').count()).toBe(2);
    expect(await standsAt(first)).toBe(`${friday} 09:00-09:30 boris`);
    expect(await standsAt(third)).toBe(`${friday} 10:00-10:30 anna`);
    await page.keyboard.press('u');
    await page.getByText('2 changes are undone.').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await standsAt(first)).toBe(`${friday} 09:00-09:30 anna`);
    expect(visitor.problems).toEqual([]);
  });

  it('are cut together and pasted with the time between them', async () => {
    const [first, second] = [
      await booked(anna, `${wednesday}T11:00`, 'Viena'),
      await booked(anna, `${wednesday}T12:00`, 'Divas'),
    ];
    await openDay(wednesday);
    await visit(second).waitFor();
    for (const id of [first, second]) await visit(id).click({ modifiers: ['Control'] });
    await page.keyboard.press('x');
    await page.locator('#cut-banner').filter({ hasText: 'Cut visits: 2' }).waitFor();
    expect(await page.locator('.select-bar').isHidden()).toBe(true);
    await page.keyboard.press('n');
    await page.waitForURL(`**day=${thursday}**`);
    await gap(boris).waitFor();
    await gap(boris).focus();
    await page.keyboard.press('v');
    await told('done');
    const [start = ''] = (await standsAt(first)).split(' ').slice(1);
    expect(await standsAt(first)).toMatch(new RegExp(`^${thursday} .* boris$`));
    const hourLater = Temporal.PlainTime.from(start.slice(0, 5)).add({ hours: 1 }).toString().slice(0, 5);
    expect(await standsAt(second)).toContain(`${thursday} ${hourLater}-`);
    await page.keyboard.press('u');
    await status().filter({ hasText: 'Undone' }).waitFor();
    expect(await standsAt(first)).toBe(`${wednesday} 11:00-11:30 anna`);
    expect(await standsAt(second)).toBe(`${wednesday} 12:00-12:30 anna`);
  });

  it('are pasted at a free time of the lists, where there is no room for a grid', async () => {
    const id = await booked(anna, `${thursday}T11:00`, 'Saraksta');
    await openDay(thursday);
    await visit(id).waitFor();
    await visit(id).focus();
    await page.keyboard.press('x');
    await page.locator('#cut-banner').waitFor();
    await page.setViewportSize({ width: 320, height: 720 });
    await page.reload();
    await page.locator('#cut-banner').waitFor();
    expect(await overflows(page)).toBe(false);
    expect(await axe(page)).toEqual([]);
    await page.locator('.day-free a').last().press('Enter');
    await told('done');
    expect(await standsAt(id)).toContain(`${thursday} `);
    expect(await standsAt(id)).not.toContain('11:00-');
  });

  it('are ticked in the lists of a phone', async () => {
    const id = await booked(boris, `${friday}T11:00`, 'Telefona');
    await page.setViewportSize({ width: 320, height: 720 });
    await openDay(friday);
    const box = page.locator(`#day-lists input[name="ids"][value="${id}"]`);
    await box.check();
    expect(await page.locator('[data-select-count]').textContent()).toBe('Chosen: 1');
    expect(await overflows(page)).toBe(false);
    expect(await axe(page)).toEqual([]);
    await page.locator('.select-bar button').first().click();
    await page.waitForURL('**/several?**');
    expect(await page.locator('main').textContent()).toContain('Ilze Telefona');
    expect(await overflows(page)).toBe(false);
  });
});
