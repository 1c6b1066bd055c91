// The least that the same answers can cost on this stack: node:http, the same statements prepared on the same database,
// the same precompiled template. It learns them by asking the real app each path once and noting what it does; limits
// and sessions are left out.
import { createServer } from 'node:http';
import pg from 'pg';
import { compiled } from '../tools/files.mjs';

const notes = [];
let noting;
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (statement, ...rest) {
  if (noting && statement?.text && !/rate_limit|\bsession\b|from migrations/.test(statement.text)) {
    noting.statements.push({ name: statement.name, text: statement.text, values: statement.values });
  }
  return query.call(this, statement, ...rest);
};

const { createBookingApp } = await compiled('apps', 'booking', 'src', 'booking-app.js');
const { Views } = await compiled('libs', 'web', 'src', 'index.js');
const { render } = Views.prototype;
let views;
Views.prototype.render = function (...args) {
  views = this;
  if (noting) noting.page = args;
  return render.apply(this, args);
};

async function learn(paths) {
  const app = await createBookingApp({ logger: false });
  const server = await app.listen(0);
  const { port } = server.address();
  for (const path of paths) {
    noting = { path: keyOf(path), statements: [] };
    const answer = await fetch(`http://127.0.0.1:${port}${path.replaceAll('{n}', '0')}`, {
      headers: { 'x-forwarded-for': `10.9.${notes.length >> 8}.${notes.length & 255}` },
    });
    const body = await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${body.slice(0, 300)}`);
    noting.type = answer.headers.get('content-type');
    noting.json = noting.page ? undefined : JSON.parse(body);
    notes.push(noting);
    noting = undefined;
  }
  await app.close();
}

/** A path without the part that only makes it unlike the others. */
const keyOf = (path) => path.replace(/00\.(?:\{n\}|\d+)Z/g, '00Z');

/** The slots' JSON is built by PostgreSQL: its pieces are what is sent. */
const bodyOf = (note, rows) => {
  if (note.page) return render.apply(views, note.page);
  const [first] = rows;
  if (first && 'facts' in first)
    return `${first.facts.slice(0, -1)},"slots":${first.slots},"firstFree":"${first.first_free}"}`;
  return JSON.stringify(note.json);
};

process.once('message', async ({ paths, connectionString }) => {
  await learn(paths);
  const known = new Map(notes.map((note) => [note.path, note]));
  const pool = new pg.Pool({ connectionString, max: 20 });
  const server = createServer(async (request, response) => {
    const note = known.get(keyOf(request.url));
    if (!note) return void response.writeHead(404).end();
    let rows = [];
    for (const statement of note.statements) ({ rows } = await pool.query(statement));
    const body = Buffer.from(bodyOf(note, rows));
    response.writeHead(200, { 'Content-Type': note.type, 'Content-Length': body.length }).end(body);
  });
  server.listen(0, '127.0.0.1', () => {
    const statements = Object.fromEntries(notes.slice(0, 3).map((note) => [note.path, note.statements.length]));
    process.send({ port: server.address().port, statements });
  });
  process.once('disconnect', () => process.exit());
});
