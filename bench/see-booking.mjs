// Books once through the real app, in a process of its own, and notes every statement that it sends on the way.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { compiled } from '../tools/files.mjs';
import { bookThroughApi } from './booking.mjs';

let parts;
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (statement, ...rest) {
  const answer = query.call(this, statement, ...rest);
  if (!parts) return answer;
  const text = typeof statement === 'string' ? statement : statement.text;
  const isBegin = text.startsWith('begin');
  // A part is what one connection does at a stretch: a transaction, or one statement outside of any.
  if (isBegin || !parts.at(-1)?.isOpen) parts.push(Object.assign([], { isOpen: isBegin }));
  const noted =
    typeof statement === 'string' ? statement : { name: statement.name, text, values: [...(statement.values ?? [])] };
  parts.at(-1).push(noted);
  if (text === 'commit') parts.at(-1).isOpen = false;
  if (typeof noted === 'object') answer?.then?.(({ rows }) => (noted.answered = rows?.[0]?.id));
  return answer;
};

const { createBookingApp } = await compiled('apps', 'booking', 'src', 'booking-app.js');

process.once('message', async ({ slot, person, terms }) => {
  const app = await createBookingApp({ logger: false });
  const { port } = (await app.listen(0)).address();
  const mark = randomUUID();
  parts = [];
  const started = { ...slot, start: new Date(slot.start) };
  await bookThroughApi({ port, slots: [started], people: [person], clients: 1, terms, mark: () => mark });
  const seen = parts.map((part) => [...part]);
  parts = undefined;
  await app.close();
  process.send({ parts: seen, mark }, () => process.exit());
});
