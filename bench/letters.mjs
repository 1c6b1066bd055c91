// Letters: how fast one worker renders and hands over a thousand, how steadily two drain ten thousand jobs, and what a
// worker that is killed in the middle sends twice. Run by hand (`node bench/letters.mjs`) or as "letters" of `npm run bench`.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { SMTPServer } from 'smtp-server';
import { build } from '../tools/build.mjs';
import { openDatabase } from './databases.mjs';
import { startApp } from './processes.mjs';
import { Report } from './report.mjs';

const targets = { letters: 1_000, seconds: 20, burst: 10_000 };

/** A mail server on this machine that keeps of each letter what tells one from another. */
async function smtpSink() {
  const seen = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 200,
    onData(stream, session, done) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1');
        const calendar = /^Content-Type: text\/calendar[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/im.exec(raw)?.[1] ?? '';
        const lines = Buffer.from(calendar, 'base64').toString('utf8').replaceAll('\r\n ', '').split('\r\n');
        const line = (name) => lines.find((each) => each.startsWith(`${name}:`)) ?? '';
        seen.push({
          at: performance.now(),
          to: session.envelope.rcptTo.map(({ address }) => address).join(),
          id: /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? '',
          event: `${line('UID')} ${line('SEQUENCE')} ${line('DTSTAMP')}`,
        });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    seen,
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    stop: () => new Promise((stopped) => server.close(stopped)),
  };
}

/** Until no job waits or is under way: a letter has arrived before its job has written that down. */
async function settled(client) {
  for (;;) {
    const { rows } = await client.query(`select 1 from jobs.job where state < 'completed' limit 1`);
    if (rows.length === 0) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Makes the first steps of `count` visits untold again, each of somebody with an address of their own, with its job. */
async function askForLetters(client, boss, count) {
  await settled(client);
  const mark = randomUUID().slice(0, 8);
  const { rows } = await client.query(
    `with chosen as (
       select e.id, e.appointment_id, row_number() over (order by e.id) as n
         from appointment_event e join appointment a on a.id = e.appointment_id
        where e.version = 1 and a.version = 1 and a.status = 'booked' and a.starts_at > now() limit $1),
     told as (update appointment_event e set tells = true from chosen c where e.id = c.id),
     reached as (
       update appointment a set created_by_kind = 'staff', contact_email = 'p' || c.n || '.${mark}@bench.example'
         from chosen c where a.id = c.appointment_id)
     select id as "eventId", appointment_id as "appointmentId" from chosen`,
    [count],
  );
  if (rows.length < count) throw new Error(`only ${rows.length} visits to write letters about`);
  await client.query('alter table notice disable trigger user');
  await client.query('delete from notice where event_id = any($1)', [rows.map(({ eventId }) => eventId)]);
  await client.query('alter table notice enable trigger user');
  return () =>
    boss.insert(
      'appointment-changed',
      rows.map((data) => ({ data })),
    );
}

const arrived = async (sink, count, workers = []) => {
  for (;;) {
    if (new Set(sink.seen.filter(({ event }) => event.trim() !== '').map(({ id }) => id)).size >= count) return;
    if (workers.some((worker) => worker.hasEnded())) throw new Error('a worker ended');
    await new Promise((done) => setTimeout(done, 50));
  }
};

/** Letters that came more than once, by Message-ID; and steps of which somebody was told twice, by UID and SEQUENCE. */
function repeated(seen) {
  const twice = (keys) => keys.length - new Set(keys).size;
  const invitations = seen.filter(({ event }) => event.trim() !== '');
  return {
    letters: twice(seen.map(({ id }) => id)),
    steps: twice(invitations.map(({ event }) => event.replace(/ DTSTAMP.*/, ''))),
  };
}

export async function measureLetters(report, { letters, seconds, burst } = targets) {
  const database = await openDatabase('letters', console.log);
  const sink = await smtpSink();
  const client = new pg.Client(database.variables.DATABASE_OWNER_URL);
  await client.connect();
  const boss = new PgBoss({
    connectionString: database.variables.DATABASE_OWNER_URL,
    schema: 'jobs',
    migrate: false,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  const variables = { ...database.variables, SMTP_URL: sink.url };
  const workers = [];
  const start = async () => {
    const worker = await startApp('worker', variables);
    workers.push(worker);
    return worker;
  };
  const stopAll = () => Promise.all(workers.splice(0).map((worker) => worker.stop()));
  try {
    // One worker that has just begun, and is warm after its first letters, as it is in life.
    const one = await start();
    await (
      await askForLetters(client, boss, 50)
    )();
    await arrived(sink, 50, [one]);
    sink.seen.length = 0;
    const ask = await askForLetters(client, boss, letters);
    const began = performance.now();
    await ask();
    await arrived(sink, letters, [one]);
    report.limit(`${letters} letters by one worker`, (performance.now() - began) / 1000, seconds, 's');
    report.count('of them sent twice', repeated(sink.seen).letters, 0);

    await start();
    sink.seen.length = 0;
    const askForAll = await askForLetters(client, boss, burst);
    const memory = [];
    const watch = setInterval(() => memory.push(workers.reduce((sum, each) => sum + each.megabytes(), 0)), 500);
    const from = performance.now();
    await askForAll();
    await arrived(sink, burst, workers);
    clearInterval(watch);
    const took = (performance.now() - from) / 1000;
    const twice = repeated(sink.seen);
    report.count(`${burst} jobs, two workers: letters sent twice`, twice.letters, 0);
    report.count('steps told of twice', twice.steps, 0);
    const quarter = Math.floor(burst / 4);
    const times = sink.seen.map(({ at }) => at).sort((a, b) => a - b);
    const rates = [0, 1, 2, 3].map(
      (n) => quarter / ((times[(n + 1) * quarter - 1] - (times[n * quarter - 1] ?? from)) / 1000),
    );
    report.note(
      `${burst} jobs drained in ${took.toFixed(1)} s; letters a second in each quarter: ${rates.map((rate) => rate.toFixed(0)).join(', ')}`,
    );
    report.limit('fastest quarter by the slowest', Math.max(...rates) / Math.min(...rates), 1.5, '×');
    const part = Math.floor(memory.length / 4);
    const most = (values) => Math.max(...values);
    report.limit(
      'memory of both at the end by that after the first quarter',
      most(memory.slice(-part)) / most(memory.slice(part, 2 * part)),
      1.1,
      '×',
    );

    await stopAll();
    await killInTheMiddle(report, { client, boss, sink, start, count: 200 });
  } finally {
    await stopAll();
    await boss.stop({ graceful: false });
    await client.end();
    await sink.stop();
    await database.stop();
  }
}

/** `kill -9` while letters leave, ten times: what comes twice is the same letter about the same event. */
async function killInTheMiddle(report, { client, boss, sink, start, count }) {
  let mostAtOneKill = 0;
  for (let round = 0; round < 5; round++) {
    sink.seen.length = 0;
    await (
      await askForLetters(client, boss, count)
    )();
    const first = await start();
    await arrived(sink, 20 + round * 10, [first]);
    await first.kill();
    // As if the time had passed after which a job of a dead worker comes again.
    await client.query(`update jobs.job set state = 'retry', start_after = now() where state = 'active'`);
    const second = await start();
    await arrived(sink, count, [second]);
    await second.stop();
    const byId = Map.groupBy(sink.seen, ({ id }) => id);
    for (const same of byId.values()) {
      if (same.length > 2 || new Set(same.map(({ event, to }) => `${event} ${to}`)).size > 1)
        throw new Error(`a letter came ${same.length} times, and not as itself`);
    }
    const twice = repeated(sink.seen);
    if (twice.steps !== twice.letters) throw new Error('somebody got two letters about one step');
    mostAtOneKill = Math.max(mostAtOneKill, twice.letters);
  }
  report.note(
    'after each kill every letter arrived; what came twice had the same Message-ID, UID, SEQUENCE and DTSTAMP',
  );
  // As many as were between the server's 250 and the ledger's mark, which is no more than are sent at once.
  report.limit('letters that came twice after one kill -9, most of 5 kills', mostAtOneKill, 8, '');
}

if (import.meta.filename === process.argv[1]) {
  const report = new Report();
  await build(console.log);
  await measureLetters(report);
  report.print((await import('node:os')).cpus().length);
}
