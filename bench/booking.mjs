// P5 and P6: bookings through the API, and the same statements by bare pg.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import pg from 'pg';
import { percentile } from './measure.mjs';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** One JSON request on a kept connection. */
function ask(port, method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const text = body && JSON.stringify(body);
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method,
        path,
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(text ?? ''),
          'Idempotency-Key': `"${randomUUID()}"`,
          'X-Forwarded-For': `10.${randomBytes(3).join('.')}`,
          ...headers,
        },
      },
      (answer) => {
        let received = '';
        answer.setEncoding('utf8');
        answer.on('data', (part) => (received += part));
        answer.on('end', () => resolve({ status: answer.statusCode, body: received && JSON.parse(received) }));
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

/** Free slots of different practitioners in calendars that book at once, none used before, for which nothing is asked. */
export async function freeSlots(ownerUrl, count, after) {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const { rows } = await client.query(
      `select distinct on (c.resource_id) d.calendar_id, d.service_id, c.resource_id, c.clinic_id, c.branch_id, c.payer,
              d.starts[1] as start, cs.minutes, cs.buffer_before, cs.buffer_after, cs.price_cents
         from free_day d
         join calendar c on c.id = d.calendar_id and c.confirmation = 'automatic'
         join calendar_service cs on cs.calendar_id = d.calendar_id and cs.service_id = d.service_id and not cs.by_session
         join service s on s.id = d.service_id
          and coalesce(cs.confirmation, s.confirmation, 'automatic') = 'automatic'
          and num_nonnulls(s.age_from, s.age_to, s.sex, s.visit_kind) = 0 and s.target_groups = '{}'
          and not (s.referral_required and (c.payer = 'state' or s.referral_scope = 'all'))
        where d.first_start > $1::timestamptz + interval '20 days'
          and not exists (select from hold h where h.calendar_id = c.id)
          and not exists (select from service_question q where q.service_id = s.id)
          and not exists (select from service_need n where n.service_id = s.id)
          and not exists (select from quota q where q.resource_id = c.resource_id)
        order by c.resource_id, md5(d.calendar_id::text || $2), d.day
        limit $3`,
      [after, randomUUID(), count],
    );
    return rows;
  } finally {
    await client.end();
  }
}

/** Guests with a proven address, each with the token of a session. */
export async function guests(ownerUrl, count, now) {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const made = [];
    for (let index = 0; index < count; index++) {
      const token = randomBytes(32).toString('base64url');
      const email = `${randomUUID()}@example.com`;
      const { rows } = await client.query(
        `with added as (
           insert into account (email, email_verified_at, language, created_at) values ($1, $2, 'lv', $2) returning id)
         insert into session (token_hash, app, account_id, level, created_at, last_seen_at, expires_at)
         select $3, 'guest', id, 'email', $2, $2, $2::timestamptz + interval '1 hour' from added returning account_id`,
        [email, now, createHash('sha256').update(token).digest()],
      );
      made.push({ token, email, accountId: rows[0].account_id });
    }
    return made;
  } finally {
    await client.end();
  }
}

/** Lets `clients` work through all items at once. */
async function together(clients, items, work) {
  const left = [...items.entries()];
  const latencies = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let next = left.shift(); next; next = left.shift()) {
        const started = performance.now();
        await work(next[1], client);
        latencies.push(performance.now() - started);
      }
    }),
  );
  return { perSecond: (items.length * 1000) / (performance.now() - began), p99: percentile(latencies, 0.99) };
}

/** P5, ours: a hold, then the appointment. */
export async function bookThroughApi({ port, slots, people, clients, terms, mark = randomUUID }) {
  return together(clients, slots, async (slot, client) => {
    const person = people[client % people.length];
    const held = await ask(port, 'POST', '/api/v1/holds', {
      calendarId: slot.calendar_id,
      serviceId: slot.service_id,
      start: slot.start.toISOString(),
    });
    if (held.status !== 201) throw new Error(`hold: ${held.status} ${JSON.stringify(held.body)}`);
    const booked = await ask(
      port,
      'POST',
      '/api/v1/appointments',
      {
        holdId: held.body.id,
        patient: { givenName: 'Jānis', familyName: `Ozols ${mark()}`, birthDate: '1980-05-04' },
        contact: { email: person.email },
        language: 'lv',
        terms: { version: terms },
      },
      { Authorization: `Guest ${person.token}`, 'X-Hold-Token': held.body.holdToken },
    );
    if (booked.status !== 201) throw new Error(`book: ${booked.status} ${JSON.stringify(booked.body)}`);
  });
}

/**
 * P5, bare: exactly the statements that the app was seen to send for one booking, prepared, on a pool of the same size. What
 * names the slot, the guest and the rows made on the way is put in anew for each.
 */
export async function bookBare({ connectionString, example, slots, people, clients }) {
  const pool = new pg.Pool({ connectionString, max: 20 });
  try {
    // The app's connections are open by now; so are these.
    const opened = await Promise.all(Array.from({ length: 20 }, () => pool.connect()));
    for (const connection of opened) connection.release();
    return await together(clients, slots, async (slot, client) => {
      const fill = filler(example, slot, people[client % people.length]);
      for (const part of example.parts) {
        const connection = await pool.connect();
        try {
          for (const statement of part) {
            const { rows } = await connection.query(
              typeof statement === 'string'
                ? statement
                : { name: statement.name, text: statement.text, values: statement.values.map(fill.value) },
            );
            fill.learn(statement.answered, rows?.[0]?.id);
          }
        } finally {
          connection.release();
        }
      }
    });
  } finally {
    await pool.end();
  }
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const day = 86_400_000;

/** Turns the values of the seen booking into those of another slot. */
function filler({ slot: seen, person: guest, mark }, slot, person) {
  const known = new Map([[guest.accountId, person.accountId]]);
  for (const name of ['calendar_id', 'service_id', 'resource_id', 'clinic_id', 'branch_id'])
    known.set(seen[name], slot[name]);
  const later = slot.start.getTime() - seen.start.getTime();
  const family = randomUUID();
  const text = (value) =>
    value
      .replace(uuid, (id) => {
        if (!known.has(id)) known.set(id, randomUUID());
        return known.get(id);
      })
      .replace(instant, (at) => {
        const time = Date.parse(at);
        return Math.abs(time - seen.start.getTime()) < day ? new Date(time + later).toISOString() : at;
      })
      .replaceAll(guest.email, person.email)
      .replaceAll(mark, family)
      .replace(/^[0-9A-HJKMNP-TV-Z]{16}$/, () => randomBytes(8).toString('hex'));
  const value = (given) => {
    if (typeof given === 'string') return text(given);
    return Array.isArray(given) ? given.map(value) : given;
  };
  return {
    value,
    /** A row that the database named: what came later for it then comes for its twin now. */
    learn: (then, now) => then && now && known.set(then, now),
  };
}

/** P6: so many clients want one slot at the same moment. */
export async function wantOneSlot({ port, slot, clients }) {
  const began = performance.now();
  const answers = await Promise.all(
    Array.from({ length: clients }, async () => {
      const { status } = await ask(port, 'POST', '/api/v1/holds', {
        calendarId: slot.calendar_id,
        serviceId: slot.service_id,
        start: slot.start.toISOString(),
      });
      return { status, took: performance.now() - began };
    }),
  );
  return {
    won: answers.filter(({ status }) => status === 201).length,
    refused: answers.filter(({ status }) => status === 409).length,
    slowest: Math.max(...answers.map(({ took }) => took)),
  };
}
