import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { Sessions } from '#libs/access';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { axe, browser, type TestBrowser, type Visitor } from '../support/browser.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';

/** Five past eight in Riga, on a Monday. */
const clock = testClock('2027-03-01T06:05:00Z');
const today = '2027-03-01';

let database: TestDatabase;
let app: RunningApp;
let chromium: TestBrowser;
let visitor: Visitor;
let page: Page;
let clinic: build.Clinic;
let branch: build.Branch;
let anna: build.Calendar;
let boris: build.Calendar;
const requests: string[] = [];
const morning: string[] = [];
let toCut = '';
let toMove = '';
let toCancel = '';

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await build.aClinic(database);
  branch = await build.aBranch(database, { clinic });
  const open = Array.from({ length: 5 }, (_, n): [string, string] => {
    const day = Temporal.PlainDate.from(today).add({ days: n }).toString();
    return [`${day}T08:00`, `${day}T16:00`];
  });
  const wish = { branch, open, now: clock.now().toString(), gridMinutes: 30, noticeMinutes: 0 } as const;
  const doctor = (givenName: string, familyName: string) =>
    build.aPractitioner(database, { clinic, givenName, familyName });
  anna = await build.aCalendar(database, { ...wish, practitioner: await doctor('Anna', 'Liepa') });
  boris = await build.aCalendar(database, {
    ...wish,
    practitioner: await doctor('Boriss', 'Egle'),
    confirmation: 'manual',
  });
  app = await startApp('clinic', { clock });
  for (let n = 0; n < 12; n++)
    requests.push(await booked(boris, `2027-03-0${2 + (n % 3)}T${10 + Math.floor(n / 3)}:00`, `Lūdzējs ${n + 1}`));
  for (const [n, time] of ['08:30', '09:00', '09:30', '10:00'].entries())
    morning.push(await booked(anna, `${today}T${time}`, `Rīts ${n + 1}`));
  toCut = await booked(anna, `${today}T11:00`, 'Griezējs');
  toMove = await booked(anna, `${today}T12:00`, 'Pārcēlājs');
  toCancel = await booked(anna, `${today}T13:00`, 'Atteicējs');
  await build.aPatient(database, {
    clinic,
    givenName: 'Kārlis',
    familyName: 'Bērziņš',
    email: 'karlis@patient.example',
  });
  await build.aPatient(database, { clinic, givenName: 'Līga', familyName: 'Šķēle', email: 'liga@patient.example' });
  const staff = await build.aStaffMember(database, { clinic, name: 'Ieva Registratore' });
  const token = await app.get(Sessions).open({ app: 'clinic', accountId: staff.accountId, level: 'two-factor' });
  chromium = await browser();
  visitor = await chromium.visitor({ viewport: { width: 1280, height: 900 } });
  await visitor.context.addCookies([{ name: 'pieraksts-clinic', value: token, url: app.url }]);
  await visitor.context.addInitScript(
    'window.print = () => document.documentElement.setAttribute("data-printed", "yes")',
  );
  page = visitor.page;
});

afterAll(async () => {
  await chromium?.stop();
  await app?.stop();
  await database?.drop();
});

const booked = async (calendar: build.Calendar, when: string, familyName: string): Promise<string> =>
  (await aBooking(app, database, calendar, when, { familyName })).id;

const stateOf = async (ids: readonly string[]): Promise<string[]> =>
  (
    await database.sql<{ state: string }>(
      `select status || to_char(starts_at at time zone zone, ' YYYY-MM-DD HH24:MI') as state
         from appointment where id = any($1) order by array_position($1, id)`,
      [ids],
    )
  ).map(({ state }) => state);

/** How many keys were pressed. A word that is typed counts each of its letters. */
let keys = 0;
async function press(...names: string[]): Promise<void> {
  for (const name of names) {
    keys++;
    await page.keyboard.press(name);
  }
}
async function type(text: string): Promise<void> {
  keys += text.length;
  await page.keyboard.type(text);
}

const isFocused = async (place: Locator): Promise<boolean> => (await place.and(page.locator(':focus')).count()) > 0;

/** Goes on with the tab key until a place has the focus, as somebody without a mouse does. */
async function tabTo(place: Locator): Promise<void> {
  await place.waitFor();
  for (let n = 0; n < 150; n++) {
    if (await isFocused(place)) return;
    await press('Tab');
  }
  throw new Error('the focus never came there');
}

const inGrid = (id: string): Locator => page.locator(`#day-grid [data-appointment="${id}"]`);
const panel = (): Locator => page.locator('#panel-body');

/** What the caller wants is asked once, and remembered for the next one; then the first free time has the focus. */
async function takeFirstTime(): Promise<void> {
  const first = page.locator('.time-choices-first .time-choice:focus');
  if ((await first.count()) === 0) {
    await type('kons');
    await press('Enter');
    await first.waitFor();
  }
  await press('Enter');
}

/** Opens a visit of the day from the grid: into it with K, then with the arrows. */
async function openVisit(id: string): Promise<void> {
  await walkTo(inGrid(id));
  await press('Enter');
  await panel().locator(`.actions [href*="${id}"]:visible`).first().waitFor();
}

async function walkTo(place: Locator): Promise<void> {
  await place.waitFor();
  await page.locator('#day-grid [data-shortcut="k"]').waitFor();
  await press('k');
  await page.locator('#day-grid :focus').waitFor();
  for (const [key, times] of [
    ['ArrowDown', 20],
    ['ArrowUp', 20],
    ['ArrowRight', 1],
    ['ArrowDown', 20],
    ['ArrowUp', 20],
    ['ArrowLeft', 2],
    ['ArrowDown', 20],
  ] as const) {
    for (let n = 0; n < times; n++) {
      if (await isFocused(place)) return;
      await press(key);
    }
  }
  throw new Error('the arrows never came there');
}

/** What axe found, by the step of the morning. */
const barriers: string[] = [];

async function look(name: string): Promise<void> {
  for (const each of await axe(page)) barriers.push(`${name} ${each}`);
}

it('a registrar’s morning, from the keyboard alone', async () => {
  // Opens the day.
  await page.goto(`${app.url}/en/`);
  await inGrid(morning[0]!).waitFor();
  await look('1-day');

  // Confirms the twelve who wait.
  await tabTo(page.locator('nav a[href="/en/pending"]'));
  await press('Enter');
  await page.waitForURL('**/pending');
  await look('2-pending');
  await tabTo(page.locator('[data-checks="chosen"]'));
  await press('Space', 'c');
  await page.locator('.result-list').waitFor();
  expect(await page.locator('.result-done').count()).toBe(12);
  expect((await stateOf(requests)).filter((each) => each.startsWith('booked'))).toHaveLength(12);
  await look('3-confirmed');

  // Books three who call, one of them new.
  await tabTo(page.locator('nav a[href="/en/calendar"]'));
  await press('Enter');
  await page.waitForURL('**/calendar**');
  for (const [name, found] of [
    ['berzins', 'Kārlis Bērziņš'],
    ['skele liga', 'Līga Šķēle'],
  ] as const) {
    if (page.url().includes('/calendar')) {
      await inGrid(toMove).waitFor();
      await press('/');
      expect(await isFocused(page.locator('#find'))).toBe(true);
    }
    await type(name);
    await press('Enter');
    await page.locator('.patient-choice').first().waitFor();
    expect(await page.locator('.patient-choice').first().textContent()).toContain(found);
    await look(`4-found-${name.slice(0, 4)}`);
    keys = 0;
    const begun = performance.now();
    await press('Enter');
    await page.locator('.time-choices-first').waitFor();
    await look(`5-times-${name.slice(0, 4)}`);
    await takeFirstTime();
    await page.locator('.book-done').waitFor();
    expect(keys).toBeLessThanOrEqual(10);
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(await page.locator('.book-done').textContent()).toContain(found);
    await look(`6-booked-${name.slice(0, 4)}`);
    await press('b');
    await page.waitForURL('**/book');
    await page.locator('#q:focus').waitFor();
  }
  await type('Ozola');
  await press('Enter');
  await page.locator('.new-patient[open]').waitFor();
  await look('7-nobody');
  await tabTo(page.locator('[name="patient.givenName"]'));
  await type('Dace');
  await press('Tab');
  await page.keyboard.press('Control+a');
  await type('Ozola');
  await press('Tab');
  await type('12.05.1980');
  await press('Tab');
  await type('+37126555777');
  await press('Enter');
  await page.locator('.time-choices-first').waitFor();
  await takeFirstTime();
  await page.locator('.book-done').waitFor();
  const [newcomer] = await database.sql<{ name: string; phone: string }>(
    `select p.given_name || ' ' || p.family_name as name, p.phone from patient p join appointment a on a.patient_id = p.id
      where p.family_name = 'Ozola'`,
  );
  expect(newcomer).toEqual({ name: 'Dace Ozola', phone: '+37126555777' });
  await look('8-newcomer');

  // Moves two: one is cut and pasted on the next day, one by the form.
  await tabTo(page.locator('nav a[href="/en/calendar"]'));
  await press('Enter');
  await walkTo(inGrid(toCut));
  await press('x');
  await page.locator('#cut-banner').waitFor();
  await press('n');
  await page.waitForURL('**day=2027-03-02**');
  const gap = page.locator(`[data-gap^="${anna.resourceId}"]`).first();
  await walkTo(gap);
  await look('9-cut');
  await press('v');
  await page.locator('#day-status[data-kind="done"]').waitFor();
  expect(await stateOf([toCut])).toEqual(['booked 2027-03-02 08:00']);
  await press('t');
  await openVisit(toMove);
  await tabTo(panel().locator('a[href*="/move"]'));
  await press('Enter');
  await page.waitForURL('**/move**');
  await look('10-move');
  const time = page.locator('button[name="start"], button[name="slot"]').first();
  await tabTo(time);
  await press('Enter');
  await page.waitForURL((url) => !url.pathname.endsWith('/move'));
  expect(await stateOf([toMove])).not.toEqual(['booked 2027-03-01 12:00']);

  // Cancels one, and takes it back.
  await page.locator('#day-grid .ec-main').waitFor();
  await press('t');
  await openVisit(toCancel);
  await tabTo(panel().locator('a[href*="/cancel"]'));
  await press('Enter');
  await panel().locator('select[name="reason"]').waitFor();
  await look('11-cancel');
  await tabTo(panel().locator('select[name="reason"]'));
  await press('Enter');
  await tabTo(panel().locator('form[action*="/cancel"] button.button-danger'));
  await press('Enter');
  await page.locator('[data-undo]').first().waitFor();
  expect((await stateOf([toCancel]))[0]).toMatch(/^cancelled/);
  await look('12-cancelled');
  await press('u');
  await inGrid(toCancel).waitFor();
  expect((await stateOf([toCancel]))[0]).toMatch(/^booked/);

  // Checks four in.
  for (const id of morning) {
    await openVisit(id);
    await press('a');
    await panel()
      .locator('.badge', { hasText: /Arrived/i })
      .first()
      .waitFor();
    await press('Escape');
  }
  expect((await stateOf(morning)).every((each) => each.startsWith('arrived'))).toBe(true);
  await look('13-arrived');

  // Prints the list.
  await press('l');
  await page.waitForURL('**/paper/day**');
  await page.locator('[data-print]').waitFor();
  await press('p');
  await page.locator('html[data-printed]').waitFor();
  expect(await page.locator('body').textContent()).toContain('Ilze Rīts 1');
  await look('14-list');
  expect(barriers).toEqual([]);
  expect(visitor.problems).toEqual([]);
}, 180_000);
