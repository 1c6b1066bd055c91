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

/** Free slots of different practitioners in calendars that book at once, none used before. */
export async function freeSlots(ownerUrl, count, after) {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const { rows } = await client.query(
      `select distinct on (c.resource_id) d.calendar_id, d.service_id, c.resource_id, c.clinic_id, c.branch_id, c.payer,
              d.starts[1] as start, cs.minutes, cs.buffer_before, cs.buffer_after, cs.price_cents
         from free_day d
         join calendar c on c.id = d.calendar_id and c.confirmation = 'automatic'
         join calendar_service cs on cs.calendar_id = d.calendar_id and cs.service_id = d.service_id
        where d.first_start > $1::timestamptz + interval '20 days'
          and not exists (select from hold h where h.calendar_id = c.id)
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
export async function bookThroughApi({ port, slots, people, clients, terms }) {
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
        patient: { givenName: 'Jānis', familyName: `Ozols ${randomUUID()}`, birthDate: '1980-05-04' },
        contact: { email: person.email },
        language: 'lv',
        terms: { version: terms },
      },
      { Authorization: `Guest ${person.token}`, 'X-Hold-Token': held.body.holdToken },
    );
    if (booked.status !== 201) throw new Error(`book: ${booked.status} ${JSON.stringify(booked.body)}`);
  });
}

/** P5, bare: the statements of the same two transactions, prepared, on a pool of the same size. */
export async function bookBare({ connectionString, slots, people, clients, now }) {
  const pool = new pg.Pool({ connectionString, max: 20 });
  const run = (client, name, text, values) => client.query({ name, text, values });
  const transaction = async (work) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await work(client);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  };
  const key = (client, endpoint, id) =>
    run(
      client,
      'key',
      `insert into idempotency_key (actor, endpoint, key, fingerprint, result_id, created_at)
       values ('bare', $1, $2, $3, $4, $5) on conflict do nothing`,
      [endpoint, randomUUID(), randomBytes(32), id, now],
    );
  const lock = (client, slot) =>
    run(client, 'lock', 'select id from resource where id = any($1) order by id for no key update', [
      [slot.resource_id],
    ]);
  const terms = (client, slot) =>
    run(
      client,
      'terms',
      `select c.*, b.zone, cs.* from calendar c join branch b on b.id = c.branch_id
       join calendar_service cs on cs.calendar_id = c.id where c.id = $1 and cs.service_id = $2`,
      [slot.calendar_id, slot.service_id],
    );
  const free = (client, slot) =>
    run(
      client,
      'free',
      `select from free_starts($1, $2, $3, $4::timestamptz, $4::timestamptz + interval '1 microsecond', $5, null)`,
      [slot.resource_id, slot.calendar_id, slot.service_id, slot.start, now],
    );
  try {
    return await together(clients, slots, async (slot, index) => {
      const person = people[index % people.length];
      const [holdId, appointmentId, end] = [
        randomUUID(),
        randomUUID(),
        new Date(slot.start.getTime() + slot.minutes * 60_000),
      ];
      const from = new Date(slot.start.getTime() - slot.buffer_before * 60_000);
      const to = new Date(end.getTime() + slot.buffer_after * 60_000);
      await transaction(async (client) => {
        await key(client, 'holds', holdId);
        await terms(client, slot);
        await lock(client, slot);
        await free(client, slot);
        await run(
          client,
          'take',
          `with taken as (
            insert into occupation (resource_id, during, owner_kind, owner_id, clinic_id, expires_at)
            values ($1, tstzrange($2, $3), 'hold', $4, $5, $6))
          insert into hold (id, clinic_id, calendar_id, service_id, starts_at, ends_at, token_hash, held_at, expires_at)
          values ($4, $5, $7, $8, $9, $10, $11, $12, $6)`,
          [
            slot.resource_id,
            from,
            to,
            holdId,
            slot.clinic_id,
            new Date(new Date(now).getTime() + 600_000),
            slot.calendar_id,
            slot.service_id,
            slot.start,
            end,
            randomBytes(32),
            now,
          ],
        );
        await run(
          client,
          'changed',
          `with raised as (update resource set version = version + 1 where id = $1)
          select refresh_free_days_around($1, $2, $3, $4)`,
          [slot.resource_id, from, to, now],
        );
      });
      await transaction(async (client) => {
        await key(client, 'appointments', appointmentId);
        await run(client, 'session', 'select account_id from session where token_hash = $1', [
          createHash('sha256').update(person.token).digest(),
        ]);
        await run(client, 'hold', 'select * from hold where id = $1', [holdId]);
        await terms(client, slot);
        await lock(client, slot);
        const { rows } = await run(
          client,
          'patient',
          `insert into patient (account_id, given_name, family_name, birth_date, language, created_at)
          values ($1, 'Jānis', $2, '1980-05-04', 'lv', $3) returning id`,
          [person.accountId, `Ozols ${randomUUID()}`, now],
        );
        await run(client, 'patient-lock', 'select id from patient where id = $1 for no key update', [rows[0].id]);
        await run(
          client,
          'busy',
          `select from appointment where patient_id = $1 and tstzrange(starts_at, ends_at) && tstzrange($2, $3)`,
          [rows[0].id, slot.start, end],
        );
        await run(
          client,
          'over',
          `with handed as (
            update occupation set owner_id = $2, owner_kind = 'appointment', expires_at = null where owner_id = $1)
          delete from hold where id = $1`,
          [holdId, appointmentId],
        );
        await run(
          client,
          'book',
          `insert into appointment (id, reference, clinic_id, branch_id, calendar_id, service_id, resource_id, patient_id,
            account_id, payer, status, origin, starts_at, ends_at, promised_wall_time, zone, price_cents, contact_email, language,
            created_at, created_by_kind, created_by_id)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'booked', 'portal', $11, $12, $11::timestamptz at time zone 'Europe/Riga',
            'Europe/Riga', $13, $14, 'lv', $15, 'guest', $9)`,
          [
            appointmentId,
            randomBytes(10).toString('hex'),
            slot.clinic_id,
            slot.branch_id,
            slot.calendar_id,
            slot.service_id,
            slot.resource_id,
            rows[0].id,
            person.accountId,
            slot.payer,
            slot.start,
            end,
            slot.price_cents,
            person.email,
            now,
          ],
        );
        await run(
          client,
          'step',
          `with step as (
            insert into appointment_event (clinic_id, appointment_id, version, at, kind, actor_kind, actor_id, to_status, to_starts_at,
              to_ends_at, to_resource_id, sequence)
            values ($1, $2, 1, $3, 'booked', 'guest', $4, 'booked', $5, $6, $7, 0) returning id)
          insert into jobs.job (name, data) select 'appointment-changed', jsonb_build_object('appointmentId', $2::text, 'eventId', id) from step`,
          [slot.clinic_id, appointmentId, now, person.accountId, slot.start, end, slot.resource_id],
        );
      });
    });
  } finally {
    await pool.end();
  }
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
