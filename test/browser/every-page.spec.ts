import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import type { Portal, Stop, Tour } from '../../tools/screenshots/portal.js';
import { bookAsGuest, type Booked, lookAround, missATime } from '../../tools/screenshots/tour-of-booking.js';
import { lookAsDoctor, workAtTheDesk } from '../../tools/screenshots/tour-of-clinic.js';
import { watch } from '../../tools/screenshots/watch.js';
import { seedDemo } from '../../tools/seed/main.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase, theTenSecondsPass } from '../support/database.js';
import { smtpCatcher, type SmtpCatcher } from '../support/mail.js';

const clock = testClock('2026-11-16T07:30:00Z');
const running: RunningApp[] = [];
const visitors: Visitor[] = [];
let database: TestDatabase;
let mail: SmtpCatcher;
let chromium: TestBrowser;
let tour: Tour;
let found: string[] = [];
const seen: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  mail = await smtpCatcher();
  await prepareEnvironment({ database, smtpUrl: mail.url });
  await seedDemo({
    databaseUrl: database.ownerUrl,
    today: Temporal.PlainDate.from('2026-11-16'),
    say: () => undefined,
  });
  for (const name of ['booking', 'clinic', 'worker'] as const) running.push(await startApp(name, { clock }));
  chromium = await browser();
  tour = tourOf(running.map(({ url }) => url));
}, 120_000);

afterEach(async () => {
  await tour.everybodyLeaves();
  found = [];
});

afterAll(async () => {
  await chromium?.stop();
  for (const app of running) await app.stop();
  await mail?.stop();
  await database?.drop();
});

describe('every page', () => {
  let booked: Booked | undefined;

  // Two visitors at once: while one waits for an answer or a letter, the other is looked at.
  it('that anybody may open, and on the way of a guest, from a free time to a cancelled visit, is right, and so are the letters', async () => {
    [booked] = await Promise.all([bookAsGuest(tour), lookAround(tour)]);
    expect(found).toEqual([]);
  }, 180_000);

  it('is right when the time is gone', async () => {
    await missATime(tour);
    expect(found).toEqual([]);
  }, 120_000);

  it('of the desk and of a practitioner is right, and so are the letters that follow', async () => {
    await Promise.all([workAtTheDesk(tour, booked), lookAsDoctor(tour)]);
    expect(found).toEqual([]);
    expect(seen.length).toBeGreaterThan(50);
  }, 180_000);
});

/** Colours are all that is different in the dark. */
const colours = { type: 'rule' as const, values: ['color-contrast'] };
/** A letter is a part of somebody else's page. */
const ofLetters = { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

/** Right: axe finds nothing, light or dark; nothing pushes sideways at 320 px; nothing else is asked for, nothing fails. */
async function judge({ app, name, page }: Stop): Promise<void> {
  const title = `${app}-${name}`;
  seen.push(title);
  await page.setViewportSize({ width: 320, height: 640 });
  if (await overflows(page)) found.push(`${title}: can be pushed sideways at 320 px`);
  for (const line of await axe(page, app === 'letter' ? ofLetters : undefined)) found.push(`${title}: ${line}`);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const line of await axe(page, colours)) found.push(`${title} in the dark: ${line}`);
  await page.emulateMedia({ colorScheme: 'light' });
}

function tourOf(origins: readonly string[]): Tour {
  const [bookingUrl = '', clinicUrl = ''] = origins;
  const portal: Portal = {
    bookingUrl,
    clinicUrl,
    now: () => clock.now(),
    letters: async (to) => {
      await theTenSecondsPass(database);
      return mail.letters.flatMap(({ to: address, parsed }, index) =>
        address.includes(to)
          ? [{ id: `${index}`, subject: `${parsed.subject}`, text: `${parsed.text}`, html: `${parsed.html}` }]
          : [],
      );
    },
  };
  /** The last page that each visitor was looked at on. */
  const at = new WeakMap<BrowserContext, string>();
  return {
    portal,
    async visitor(): Promise<Page> {
      const visitor = await chromium.visitor({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
      visitors.push(visitor);
      watch(visitor.context, origins, (problem) => found.push(`after ${at.get(visitor.context)}: ${problem}`));
      return visitor.page;
    },
    async everybodyLeaves() {
      for (const { context } of visitors.splice(0)) await context.close();
    },
    async look(stop) {
      await judge(stop);
      at.set(stop.page.context(), `${stop.app}-${stop.name}`);
    },
    miss: (what) => found.push(what),
  };
}
