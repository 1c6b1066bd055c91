// npm run bench: what docs say the portal reaches, measured beside the least that the same work can cost.
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { build } from '../tools/build.mjs';
import { explain } from '../tools/sentence.mjs';
import { bookBare, bookThroughApi, freeSlots, guests, wantOneSlot } from './booking.mjs';
import { openDatabase } from './databases.mjs';
import { measureLetters } from './letters.mjs';
import { load, median, percentile, sideBySide } from './measure.mjs';
import { seeBooking, startApp, startBare } from './processes.mjs';
import { Report } from './report.mjs';
import { measureStaffDay } from './staff-day.mjs';

const seconds = Number(process.env.BENCH_SECONDS || 5);
const rounds = Number(process.env.BENCH_ROUNDS || 3);
const wanted = new Set(process.argv.slice(2));
const asked = (name) => wanted.size === 0 || wanted.has(name);
const report = new Report();

/** What there is to ask in a database: calendars with their services, and searches that find something. */
async function questionsOf(ownerUrl) {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const { rows: calendars } = await client.query(
      `select calendar_id as calendar, service_id as service from (
         select distinct on (c.resource_id) d.calendar_id, d.service_id
           from free_day d join calendar c on c.id = d.calendar_id order by c.resource_id, d.calendar_id, d.day) each
       order by md5(calendar_id::text) limit 300`,
    );
    const { rows: searches } = await client.query(
      `select specialty_id as specialty, city, payer, count(distinct calendar_id) as calendars
         from free_day group by 1, 2, 3 order by 4 desc limit 40`,
    );
    const { rows: doctors } = await client.query(
      `select p.slug from practitioner p where exists (
         select from calendar c join free_day d on d.calendar_id = c.id where c.resource_id = p.id) order by md5(p.slug) limit 60`,
    );
    return { calendars, searches, doctors };
  } finally {
    await client.end();
  }
}

const month = (today) => {
  const from = Temporal.PlainDate.from(today).add({ days: 1 });
  return { from: `${from}T00:00:00.{n}Z`, whole: `${from}T00:00:00Z`, to: `${from.add({ days: 30 })}T00:00:00Z` };
};

async function measureDatabase(name, today) {
  const database = await openDatabase(name, console.log);
  const { variables } = database;
  const { from, whole, to } = month(today);
  try {
    const { calendars, searches, doctors } = await questionsOf(variables.DATABASE_OWNER_URL);
    const slots = (start) =>
      calendars.map(
        ({ calendar, service }) => `/api/v1/calendars/${calendar}/slots?service=${service}&from=${start}&to=${to}`,
      );
    const searchFor = (limit) =>
      searches.map(
        ({ specialty, city, payer }) =>
          `/api/v1/practitioners?specialty=${encodeURIComponent(specialty)}&city=${encodeURIComponent(city)}&payer=${payer}&limit=${limit}`,
      );
    const search = searchFor(20);
    // The small database has few practitioners of a kind in a city: growth is compared by answers of one length.
    const shortSearch = searchFor(1);
    const pages = searches.map(
      ({ specialty, city, payer }) =>
        `/lv/find?specialty=${encodeURIComponent(specialty)}&city=${encodeURIComponent(city)}&payer=${payer}`,
    );
    const profiles = doctors.map(({ slug }) => `/lv/doctors/${slug}`);
    const app = await startApp('booking', variables);
    const bare = await startBare(variables, [...slots(from), ...search, ...shortSearch, ...pages, ...profiles]);
    try {
      const compare = (paths, oursPaths = paths) =>
        sideBySide(
          () => load({ port: app.port, paths: oursPaths, seconds }).then(checked),
          () => load({ port: bare.port, paths, seconds }).then(checked),
          rounds,
        );
      if (asked('P1')) report.ratio(`P1 slots of 30 days, ${name}`, 0.7, await compare(slots(from)));
      if (name === 'large') {
        if (asked('P2')) report.ratio('P2 the same, nothing changed', 5, await compare(slots(from), slots(whole)));
      }
      if (asked('P3')) {
        if (name === 'large') report.ratio('P3 search, first 20', 0.6, await compare(search));
        report.ratio(`P3 search, first one, ${name}`, 0.6, await compare(shortSearch));
      }
      if (name === 'large') {
        if (asked('P4')) {
          report.ratio('P4 results page', 0.6, await compare(pages));
          report.ratio('P4 practitioner page', 0.6, await compare(profiles));
        }
      }
      if (asked('P5')) await measureBookings(name, variables, app);
      if (name === 'large' && asked('P6')) await measureOneSlot(variables, app);
      // With millions of rows the worker's first round is work; idle it is beside the small database.
      if (name === 'small' && asked('P11')) await measureMemory(variables);
    } finally {
      bare.stop();
      await app.stop();
    }
  } finally {
    await database.stop();
  }
}

const checked = ({ perSecond, failed }) => {
  if (failed > 0) throw new Error(`${failed} requests failed`);
  return perSecond;
};

async function measureBookings(name, variables, app) {
  const now = Temporal.Now.instant().toString();
  const clients = 64;
  const each = name === 'large' ? 700 : 12;
  const people = await guests(variables.DATABASE_OWNER_URL, clients, now);
  const terms = (await (await fetch(`http://127.0.0.1:${app.port}/api/v1/terms`)).json()).version;
  const late = [];
  const lateBare = [];
  // All of one length and payer, the most common one, so that the seen booking fits each of them.
  const shape = (slot) => [slot.payer, slot.minutes, slot.buffer_before, slot.buffer_after].join();
  const groups = Object.groupBy(await freeSlots(variables.DATABASE_OWNER_URL, 10_000, now), shape);
  const [first, ...alike] = Object.values(groups).sort((one, other) => other.length - one.length)[0];
  const example = {
    ...(await seeBooking(variables, { slot: first, person: people[0], terms })),
    slot: first,
    person: people[0],
  };
  const share = Math.min(each, Math.floor(alike.length / (2 * rounds)));
  const next = () => alike.splice(0, share);
  const result = await sideBySide(
    async () => {
      const { perSecond, p99 } = await bookThroughApi({ port: app.port, slots: next(), people, clients, terms });
      late.push(p99);
      return perSecond;
    },
    async () => {
      const work = { connectionString: variables.DATABASE_URL, example, slots: next(), people, clients };
      const { perSecond, p99 } = await bookBare(work);
      lateBare.push(p99);
      return perSecond;
    },
    rounds,
  );
  report.ratio(`P5 bookings, 64 clients, ${name}`, 0.5, result);
  if (name !== 'large') return;
  report.limit('P5 hold and appointment together, p99', median(late), 300, 'ms');
  report.note(`P5 the bare program's p99: ${Math.round(median(lateBare))} ms`);
}

async function measureOneSlot(variables, app) {
  const slots = await freeSlots(variables.DATABASE_OWNER_URL, 50, Temporal.Now.instant().toString());
  const results = [];
  for (const slot of slots) results.push(await wantOneSlot({ port: app.port, slot, clients: 200 }));
  const fair = results.filter(({ won, refused }) => won === 1 && refused === 199).length;
  report.count('P6 200 clients, one slot: rounds with one winner and 199 × 409', fair, slots.length);
  const slowest = results.map((each) => each.slowest);
  report.limit('P6 the slowest answer of all rounds', Math.max(...slowest), 2_000, 'ms');
  report.note(
    `P6 the slowest answer of a round: median ${Math.round(median(slowest))} ms, p95 ${Math.round(percentile(slowest, 0.95))} ms`,
  );
}

async function measureMemory(variables) {
  const apps = [];
  try {
    for (const name of ['booking', 'clinic', 'worker']) apps.push({ name, app: await startApp(name, variables) });
    await new Promise((done) => setTimeout(done, 3_000));
    const each = apps.map(({ name, app }) => ({ name, megabytes: app.megabytes() }));
    for (const { name, megabytes } of each) report.note(`P11 ${name}, idle: ${Math.round(megabytes)} MB`);
    report.limit(
      'P11 three idle processes',
      each.reduce((sum, { megabytes }) => sum + megabytes, 0),
      400,
      'MB',
    );
  } finally {
    for (const { app } of apps) await app.stop();
  }
}

try {
  await build(console.log);
  const today = Temporal.Now.plainDateISO('Europe/Riga').toString();
  await measureDatabase('large', today);
  await measureDatabase('small', today);
  if (asked('P8')) await measureStaffDay(report);
  if (asked('letters')) await measureLetters(report);
  report.growth('P10 growth of P1, 100 to 10,000 practitioners', 'P1 slots of 30 days');
  report.growth('P10 growth of P3', 'P3 search, first one');
  report.growth('P10 growth of P5', 'P5 bookings, 64 clients');
  report.print(readFileSync('/proc/cpuinfo', 'utf8').match(/^processor/gm)?.length ?? 0);
} catch (error) {
  console.error(`Pieraksts: ${explain(error)}`);
  process.exitCode = 1;
}
