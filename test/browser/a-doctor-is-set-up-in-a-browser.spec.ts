import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { isPublicHoliday } from '#libs/holidays';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aClinic,
  aCredential,
  aService,
  aStaffMember,
  type Branch,
  type Clinic,
} from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

// A Monday, before anybody comes: every day of the two years is whole.
const clock = testClock('2026-11-23T03:00:00Z');
const today = Temporal.PlainDate.from('2026-11-23');
const days = Array.from({ length: 731 }, (_, n) => today.add({ days: n }));

let database: TestDatabase;
let clinicApp: RunningApp;
let booking: RunningApp;
let chromium: TestBrowser;
let clinic: Clinic;
let centre: Branch;
let suburb: Branch;
let cookie: string;
let cookies: StaffVisitor['cookies'];
let page: Page;
let problems: string[];

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await aClinic(database);
  centre = await aBranch(database, { clinic, city: 'Rīga' });
  suburb = await aBranch(database, { clinic, city: 'Jūrmala' });
  await database.sql(`update branch set name = case id when $1 then 'Centrs' else 'Jūrmala' end`, [centre.id]);
  await aService(database, { clinic, name: 'Konsultācija', minutes: 30 });
  clinicApp = await startApp('clinic', { clock });
  booking = await startApp('booking', { clock });
  const staff = await aStaffMember(database, { clinic, role: 'admin' });
  ({ cookie, cookies } = await staffVisitor(clinicApp, staff, await aCredential(database, staff), clock));
  chromium = await browser();
  const visitor = await chromium.visitor({ viewport: { width: 1280, height: 900 } });
  ({ page, problems } = visitor);
  await visitor.context.addCookies(cookies);
});

afterAll(async () => {
  await chromium?.stop();
  await booking?.stop();
  await clinicApp?.stop();
  await database?.drop();
});

/** Somebody at the mouse and the keys: whatever is filled, chosen, ticked or pressed is one input, links too. */
class Hand {
  inputs = 0;

  private one(selector: string | Locator): Locator {
    this.inputs++;
    return typeof selector === 'string' ? page.locator(selector) : selector;
  }

  fill(name: string, value: string): Promise<void> {
    return this.one(`[name="${name}"]`).fill(value);
  }
  async choose(name: string, value: string | { label: string }): Promise<void> {
    await this.one(`select[name="${name}"]`).selectOption(value);
  }
  tick(selector: string): Promise<void> {
    return this.one(selector).check();
  }
  async press(target: string | Locator): Promise<void> {
    await this.one(target).click();
    await page.waitForLoadState();
  }

  async days(line: number, weekdays: string): Promise<void> {
    for (const weekday of weekdays) await this.tick(`[name="lines.${line}.days"][value="${weekday}"]`);
  }
  async times(line: number, from: string, to: string): Promise<void> {
    await this.fill(`lines.${line}.starts`, from);
    await this.fill(`lines.${line}.ends`, to);
  }
  async publish(): Promise<void> {
    await this.press('.form-actions [value="publish"]');
    await page.locator('.flash, .message-success').first().waitFor();
  }
  async sibling(branch: string, payer: string): Promise<void> {
    await this.press(page.locator('.segments a', { hasText: `${branch}, ${payer}` }));
  }
  async closed(name: string, from: string, to: string): Promise<void> {
    await this.choose('scope', { label: name });
    await this.fill('from', from);
    await this.fill('to', to);
    await this.tick('[name="allDay"]');
    await this.press('.closure-form .form-actions button');
  }
}

type Place = 'centre state' | 'centre paid' | 'suburb state' | 'suburb paid';

/** What was meant, day by day, said once more without any of the portal's rules but its list of holidays. */
function meant(place: Place, day: Temporal.PlainDate): string[] {
  if (day.month === 7 || isPublicHoliday('LV', day)) return [];
  const isCentre = place.startsWith('centre');
  if (day.dayOfWeek === 6) {
    const isOdd = Number(day.weekOfYear) % 2 === 1;
    return place === 'centre paid' && isOdd ? ['09:00–12:00', '12:30–15:00'] : [];
  }
  if (!(isCentre ? [1, 2] : [3, 4]).includes(day.dayOfWeek)) return [];
  return place.endsWith('state') ? ['09:00–12:00'] : ['13:00–17:00'];
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const clockOf = (minutes: number): string =>
  `${String(Math.trunc(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The half hours that ranges of wall-clock time hold. */
const startsIn = (ranges: readonly string[]): string[] =>
  ranges.flatMap((range) => {
    const [from = '', to = ''] = range.split('–');
    const count = Math.floor((minutesOf(to) - minutesOf(from)) / 30);
    return Array.from({ length: count }, (_, n) => clockOf(minutesOf(from) + 30 * n));
  });

type Days = Map<string, string[]>;

const staffHtml = async (path: string): Promise<string> =>
  (await fetch(clinicApp.url + path, { headers: { cookie, accept: 'text/html' } })).text();

async function previewed(calendarId: string): Promise<Days> {
  const found: Days = new Map();
  for (
    let week = today;
    Temporal.PlainDate.compare(week, today.add({ days: 731 })) < 0;
    week = week.add({ weeks: 4 })
  ) {
    const html = await staffHtml(`/en/hours/${calendarId}?week=${week.toString()}`);
    for (const [, date = '', hours = ''] of html.matchAll(/data-date="([\d-]+)"[\s\S]*?class="week-hours">([^<]*)</g))
      found.set(date, startsIn(hours.trim() ? hours.trim().split(', ') : []));
  }
  return found;
}

async function onPublicPage(slug: string, calendarId: string, payer: string): Promise<Days> {
  const found: Days = new Map();
  for (
    let week = today;
    Temporal.PlainDate.compare(week, today.add({ days: 731 })) < 0;
    week = week.add({ weeks: 1 })
  ) {
    const query = `payer=${payer}&calendar=${calendarId}&day=${week.toString()}`;
    const html = await (await fetch(`${booking.url}/en/doctors/${slug}?${query}`)).text();
    const times = [...html.matchAll(/<time datetime="([^"]*T[^"]*)">/g)].map(([, start = '']) => start);
    for (const start of new Set(times)) add(found, start);
  }
  return found;
}

async function fromApi(calendarId: string, serviceId: string): Promise<Days> {
  const found: Days = new Map();
  for (let day = today; Temporal.PlainDate.compare(day, today.add({ days: 731 })) < 0; day = day.add({ days: 60 })) {
    const query = `service=${serviceId}&from=${day.toString()}&to=${day.add({ days: 59 }).toString()}`;
    const answer = await fetch(`${booking.url}/api/v1/calendars/${calendarId}/slots?${query}`);
    for (const { start } of ((await answer.json()) as { slots: { start: string }[] }).slots) add(found, start);
  }
  return found;
}

function add(found: Days, start: string): void {
  const at = Temporal.Instant.from(start).toZonedDateTimeISO('Europe/Riga');
  const day = at.toPlainDate().toString();
  found.set(day, [...(found.get(day) ?? []), at.toPlainTime().toString().slice(0, 5)].sort());
}

/** Minutes of the axis as a clock shows them; both changes of clocks come before anybody works. */
const clockAt = (minutes: number): string => Temporal.PlainTime.from('00:00').add({ minutes }).toString().slice(0, 5);

/** What the desk's calendar has open, by payer. */
async function onStaffCalendar(branchId: string): Promise<Record<'state' | 'paid', Days>> {
  const found = { state: new Map<string, string[]>(), paid: new Map<string, string[]>() };
  for (const day of days) {
    const path = `/api/calendar/day?branch=${branchId}&day=${day.toString()}`;
    const answer = await fetch(clinicApp.url + path, { headers: { cookie, accept: 'application/json' } });
    const { openings } = (await answer.json()) as {
      openings: { at: number; until: number; payer: 'state' | 'paid' }[];
    };
    for (const payer of ['state', 'paid'] as const) {
      const ranges = openings.filter((each) => each.payer === payer);
      found[payer].set(day.toString(), startsIn(ranges.map(({ at, until }) => `${clockAt(at)}–${clockAt(until)}`)));
    }
  }
  return found;
}

const told = (found: (day: Temporal.PlainDate) => readonly string[]): string[] =>
  days.map((day) => `${day.toString()} ${found(day).join(' ')}`.trim());
const toldOf = (found: Days): string[] => told((day) => found.get(day.toString()) ?? []);

describe('a doctor at two branches, with state mornings and paid afternoons, odd Saturdays and July off', () => {
  const hand = new Hand();
  let slug: string;
  let ids: Record<Place, string>;
  let serviceId: string;

  it('is set up in a browser with at most sixty inputs', async () => {
    await page.goto(`${clinicApp.url}/en/setup`);
    await hand.press('a[href="/en/setup/doctors/new"]');
    await hand.fill('givenName', 'Anna');
    await hand.fill('familyName', 'Kalniņa');
    await hand.choose('specialties.0', 'cardiology');
    await hand.press('main form .form-actions button');
    await hand.press('form[action$="/publish"] button');

    await hand.press('a[href*="/calendars/new"]');
    for (const value of [`${centre.id}|state`, `${centre.id}|paid`, `${suburb.id}|state`, `${suburb.id}|paid`])
      await hand.tick(`[name="places"][value="${value}"]`);
    await hand.fill('services.0.statePrice', '0');
    await hand.fill('services.0.paidPrice', '45');
    await hand.press(page.locator('main form > details > summary'));
    await hand.fill('rules.horizonDays', '730');
    await hand.press('main form > .form-actions button');
    await page.locator('[data-lines]').waitFor();

    await hand.sibling('Centrs', 'State');
    await hand.days(0, '12');
    await hand.times(0, '09:00', '12:00');
    await hand.publish();

    await hand.sibling('Centrs', 'Self-paid');
    await hand.days(0, '12');
    await hand.times(0, '13:00', '17:00');
    await hand.press('[data-add-line]');
    await hand.days(1, '6');
    await hand.times(1, '09:00', '15:00');
    await hand.fill('lines.1.pauseStarts', '12:00');
    await hand.fill('lines.1.pauseEnds', '12:30');
    await hand.choose('lines.1.weeks', 'odd');
    await hand.publish();

    await hand.sibling('Jūrmala', 'State');
    await hand.days(0, '34');
    await hand.times(0, '09:00', '12:00');
    await hand.publish();

    await hand.sibling('Jūrmala', 'Self-paid');
    await hand.days(0, '34');
    await hand.times(0, '13:00', '17:00');
    await hand.publish();

    await hand.press('nav a[href="/en/closures"]');
    await hand.closed('Anna Kalniņa', '2027-07-01', '2027-07-31');
    await hand.closed('Anna Kalniņa', '2028-07-01', '2028-07-31');
    await page.locator('.closure-list li').nth(1).waitFor();

    expect(problems).toEqual([]);
    expect(hand.inputs).toBeLessThanOrEqual(60);

    const calendars = await database.sql<{ id: string; place: Place; service: string }>(
      `select c.id, case c.branch_id when $1 then 'centre ' else 'suburb ' end || c.payer as place, cs.service_id as service
         from calendar c join calendar_service cs on cs.calendar_id = c.id`,
      [centre.id],
    );
    expect(calendars).toHaveLength(4);
    ids = Object.fromEntries(calendars.map(({ id, place }) => [place, id])) as Record<Place, string>;
    serviceId = calendars[0]!.service;
    [{ slug }] = (await database.sql<{ slug: string }>('select slug from practitioner')) as [{ slug: string }];
  });

  it('is the same in the preview, on the public page, in the API and in the desk’s calendar, every day of two years', async () => {
    const desk = { centre: await onStaffCalendar(centre.id), suburb: await onStaffCalendar(suburb.id) };
    let slots = 0;
    for (const place of ['centre state', 'centre paid', 'suburb state', 'suburb paid'] as const) {
      const [branch, payer] = place.split(' ') as ['centre' | 'suburb', 'state' | 'paid'];
      const expected = told((day) => startsIn(meant(place, day)));
      expect(toldOf(await previewed(ids[place]))).toEqual(expected);
      expect(toldOf(desk[branch][payer])).toEqual(expected);
      expect(toldOf(await fromApi(ids[place], serviceId))).toEqual(expected);
      expect(toldOf(await onPublicPage(slug, ids[place], payer))).toEqual(expected);
      slots += expected.reduce((sum, each) => sum + each.split(' ').length - 1, 0);
    }
    expect(slots).toBeGreaterThan(4_000);
  }, 300_000);

  it('has an editor whose lines come and go in place, right on a phone and in the dark', async () => {
    await page.goto(`${clinicApp.url}/lv/hours/${ids['centre paid']}`);
    const names = (): Promise<string[]> =>
      page
        .locator('[data-lines] [name$=".starts"]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('name') ?? ''));
    await page.locator('[data-add-line]').click();
    await page.locator('[name="lines.2.starts"]').fill('18:00');
    await page.locator('[data-remove-line]').nth(0).click();
    expect(await names()).toEqual(['lines.0.starts', 'lines.1.starts']);
    expect(await page.locator('[name="lines.1.starts"]').inputValue()).toBe('18:00');
    for (const [width, colorScheme] of [
      [320, 'light'],
      [1280, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect(await overflows(page)).toBe(false);
      expect(await axe(page)).toEqual([]);
    }
    expect(problems).toEqual([]);
  });
});
