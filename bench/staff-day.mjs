// P8: a staff day of 40 practitioners and 1,200 appointments: the server's answers, the first paint of the grid, and how
// evenly it scrolls. Run by hand (`node bench/staff-day.mjs`) or as P8 of `npm run bench`.
import { generate } from 'otplib';
import pg from 'pg';
import { chromium } from 'playwright-core';
import { build } from '../tools/build.mjs';
import { chromiumArguments, chromiumPath } from '../tools/chromium.mjs';
import { compiled } from '../tools/files.mjs';
import { addBigDay, bigDay } from './big-day.mjs';
import { openDatabase } from './databases.mjs';
import { median, percentile } from './measure.mjs';
import { startApp } from './processes.mjs';
import { Report } from './report.mjs';

const rounds = Number(process.env.BENCH_ROUNDS || 3);

/** Signs in as the demo's registrar and answers the cookie's context. */
async function signIn(browser, url) {
  const { demoSignIns } = await compiled('tools', 'seed', 'main.js');
  const known = demoSignIns.find(({ role }) => role === 'registrar');
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, timezoneId: 'Europe/Riga' });
  const page = await context.newPage();
  await page.goto(`${url}/lv/sign-in`);
  await page.locator('#email').fill(known.email);
  await page.locator('#password').fill(known.password);
  await page.locator('#code').fill(await generate({ secret: known.totpSecret }));
  await page.locator('main form button').click();
  await page.waitForURL((address) => !address.pathname.endsWith('/sign-in'));
  return { context, page };
}

async function answerTimes(context, address) {
  const times = [];
  for (let n = 0; n < 10 * rounds; n++) {
    const began = performance.now();
    const answer = await context.request.get(address);
    await answer.body();
    times.push(performance.now() - began);
  }
  // The first ones compile and fill caches.
  return times.slice(Math.floor(times.length / 3));
}

/** Milliseconds from asking for the page until the grid that can be seen was painted. */
async function painted(page, address) {
  await page.goto(address);
  for (;;) {
    const at = await page.evaluate(`performance.getEntriesByName('grid-painted')[0]?.startTime ?? 0`);
    if (at > 0) return at;
    await page.waitForTimeout(20);
  }
}

/** Milliseconds between frames while the grid is pushed sideways and down. */
const frames = (page) =>
  page.evaluate(`new Promise((done) => {
    const grid = document.querySelector('.ec-main');
    const times = [];
    const began = performance.now();
    let last = began;
    const step = (now) => {
      times.push(now - last);
      last = now;
      grid.scrollBy({ left: 12, top: Math.sin(now / 300) * 12, behavior: 'instant' });
      if (now - began < 3000) requestAnimationFrame(step);
      else done(times.slice(1));
    };
    requestAnimationFrame(step);
  })`);

export async function measureStaffDay(report) {
  const database = await openDatabase('day', console.log);
  const client = new pg.Client(database.variables.DATABASE_OWNER_URL);
  await client.connect();
  const branch = await addBigDay(client);
  await client.end();
  const app = await startApp('clinic', database.variables);
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArguments });
  try {
    const url = `http://localhost:${app.port}`;
    const { context, page } = await signIn(browser, url);
    const search = `branch=${branch}&day=${bigDay.day}`;
    for (const [what, path] of [
      ['P8 staff day, page with its data', `/lv/calendar?${search}`],
      ['P8 staff day, JSON', `/api/calendar/day?${search}`],
      ['P8 whether it changed', `/api/calendar/version?${search}`],
    ])
      report.limit(`${what}, median`, median(await answerTimes(context, url + path)), 100, 'ms');
    const paints = [];
    for (let n = 0; n < 2 * rounds; n++) paints.push(await painted(page, `${url}/lv/calendar?${search}`));
    report.limit('P8 staff day painted, median', median(paints), 1000, 'ms');
    report.limit('P8 staff day painted, slowest', Math.max(...paints), 1000, 'ms');
    const times = await frames(page);
    report.limit('P8 frames while scrolling, p95', percentile(times, 0.95), 50, 'ms');
  } finally {
    await browser.close();
    await app.stop();
    await database.stop();
  }
}

if (import.meta.filename === process.argv[1]) {
  const report = new Report();
  await build(console.log);
  await measureStaffDay(report);
  report.print((await import('node:os')).cpus().length);
}
