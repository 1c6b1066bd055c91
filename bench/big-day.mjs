// A branch with one very full day: 40 practitioners, 1,200 appointments of every kind, openings of both payers.
import { randomUUID } from 'node:crypto';

export const bigDay = { practitioners: 40, visits: 30, day: '2027-02-10' };

/** Morning state-paid, afternoon self-paid, a quarter of an hour each, from 8 to half past four in Rīga. */
const from = Temporal.Instant.from(`${bigDay.day}T06:00Z`);
const at = (quarter) => from.add({ minutes: 15 * quarter });

const names = 'Anna,Ilze,Māris,Jānis,Zane,Kristīne,Edgars,Inga,Pēteris,Līga'.split(',');
const families = 'Bērziņa,Kalniņš,Ozola,Liepa,Krūmiņš,Zariņa,Vītols,Āboliņa,Šķēle,Čakste'.split(',');

const statusOf = (visit) =>
  visit < 4 ? ['fulfilled', 'noshow', 'arrived', 'checked-in'][visit] : visit % 9 === 0 ? 'pending' : 'booked';

/** Adds the day to a seeded database, once. @returns the branch's id */
export async function addBigDay(client) {
  const one = async (text, values) => (await client.query(text, values)).rows[0]?.id;
  const known = await one(`select id from branch where slug = 'big-day'`);
  if (known) return known;
  const clinic = await one(`select id from clinic where slug = 'ozolkalna-klinika'`);
  const service = await one('select id from service where clinic_id = $1 order by id limit 1', [clinic]);
  await client.query('begin');
  const branch = await one(
    `insert into branch (clinic_id, slug, name, city, address, postal_code, zone, phone, emergency)
     values ($1, 'big-day', 'Lielā filiāle', 'Rīga', 'Lielā iela 1', 'LV-1001', 'Europe/Riga', '+37160000000',
             '{"name": "A", "address": "B", "phone": "113"}') returning id`,
    [clinic],
  );
  for (let n = 0; n < bigDay.practitioners; n++) await addDoctor(client, { clinic, branch, service, n });
  await client.query('commit');
  await client.query('vacuum analyze');
  return branch;
}

async function addDoctor(client, { clinic, branch, service, n }) {
  const id = randomUUID();
  const name = [names[n % 10], families[(n * 7) % 10]];
  await client.query(
    `insert into practitioner (id, slug, given_name, family_name, published, created_at) values ($1, $2, $3, $4, false, $5)`,
    [id, `big-day-${n}`, ...name, from.toString()],
  );
  await client.query(`insert into resource (id, kind, practitioner_id) values ($1, 'practitioner', $1)`, [id]);
  const calendars = {};
  for (const [payer, first, last] of [
    ['state', 0, 18],
    ['paid', 18, 36],
  ]) {
    const calendar = (calendars[payer] = randomUUID());
    await client.query(
      `insert into calendar (id, clinic_id, branch_id, resource_id, payer, published, created_at) values ($1, $2, $3, $4, $5, true, $6)`,
      [calendar, clinic, branch, id, payer, from.toString()],
    );
    await client.query(
      `insert into calendar_service (calendar_id, service_id, clinic_id, minutes, price_cents) values ($1, $2, $3, 15, 0)`,
      [calendar, service, clinic],
    );
    await client.query(`insert into opening (calendar_id, clinic_id, during) values ($1, $2, tstzrange($3, $4))`, [
      calendar,
      clinic,
      at(first).toString(),
      at(last).toString(),
    ]);
  }
  for (let visit = 0; visit < bigDay.visits; visit++) {
    // Every sixth quarter stays free.
    const quarter = visit + Math.floor(visit / 5);
    const payer = quarter < 18 ? 'state' : 'paid';
    const [patient, appointment] = [randomUUID(), randomUUID()];
    const [start, end] = [at(quarter).toString(), at(quarter + 1).toString()];
    const status = statusOf(visit);
    await client.query(
      `insert into patient (id, clinic_id, given_name, family_name, birth_date, language, created_at) values ($1, $5, $2, $3, date '1980-01-01' + $6::integer, 'lv', $4)`,
      [patient, names[(n + visit) % 10], families[(visit * 3 + n) % 10], from.toString(), clinic, 40 * visit + n],
    );
    await client.query(
      `insert into appointment (id, reference, clinic_id, branch_id, calendar_id, service_id, resource_id, patient_id, payer, status,
         origin, starts_at, ends_at, promised_wall_time, zone, price_cents, contact_phone, language, created_at, created_by_kind, answer_due_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $12::timestamptz at time zone 'Europe/Riga', 'Europe/Riga', 0,
               '+37120000000', 'lv', $14, 'staff', $15)`,
      [
        appointment,
        appointment,
        clinic,
        branch,
        calendars[payer],
        service,
        id,
        patient,
        payer,
        status,
        visit % 3 ? 'desk' : 'portal',
        start,
        end,
        from.toString(),
        status === 'pending' ? start : null,
      ],
    );
    await client.query(
      `insert into occupation (resource_id, during, owner_kind, owner_id, clinic_id) values ($1, tstzrange($2, $3), 'appointment', $4, $5)`,
      [id, start, end, appointment, clinic],
    );
  }
}
