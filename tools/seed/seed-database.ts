import { availableParallelism } from 'node:os';
import { Client } from 'pg';
import { CannotSeed } from './cannot-seed.js';
import { planCalendars, type PractitionersCalendar } from './calendar-plan.js';
import { planClinics, type PlannedClinic } from './clinic-plan.js';
import { loadDemoPatient } from './demo-patient.js';
import { loadAllAppointments } from './load-all-appointments.js';
import { type KeptDay, planKeptDays } from './kept-days-plan.js';
import { horizonDays, loadCalendars, loadOpenings } from './load-calendars.js';
import { loadPatients, patientGroups } from './load-patients.js';
import { loadClinics, loadPractitioners, loadStaff } from './load-profiles.js';
import { loadQuotas } from './load-quotas.js';
import { loadAnswers } from './load-answers.js';
import { loadBeside } from './load-beside.js';
import { loadDesk } from './load-desk.js';
import { loadReminders } from './load-reminders.js';
import { loadRequests } from './load-requests.js';
import { loadKeptDays, loadNeeds, loadRooms } from './load-rooms.js';
import { loadServices } from './load-services.js';
import { loadTrainingDay } from './load-training-day.js';
import { loadWhatCameOfVisits } from './load-what-came-of-visits.js';
import { loadUnfinishedClinic } from './load-unfinished-clinic.js';
import { openingPlanner } from './opening-plan.js';
import { planPractitioners, type PlannedPractitioner } from './practitioner-plan.js';
import { refreshFreeDays } from './refresh-free-days.js';
import { planRooms, type PlannedRooms } from './room-plan.js';
import { restore, setAside } from './set-aside-constraints.js';

export interface Seed {
  /** The owner's address: the load sets constraints aside for a while. */
  readonly databaseUrl: string;
  readonly practitioners: number;
  /** In all; without it, the next 90 days and the last weeks. */
  readonly appointments?: number | undefined;
  /** The same day and numbers give the same data; they are as that day began in Rīga. */
  readonly today: Temporal.PlainDate;
  /** What free days are judged by. */
  readonly now: Temporal.Instant;
  /** The identity provider that the demo patient signs in with. */
  readonly issuer: string;
  readonly say: (line: string) => void;
}

/** Up to here the seed is one transaction: all or nothing. A greater one builds its indexes on several connections. */
const smallSeed = 1000;

/** Openings of so many past days are kept, so that staff see the last weeks as they were. */
const pastDays = 14;
/** Since when hours are valid, and how far back appointments may lie when many are wanted. */
const furthestPastDays = 365;

const bigTables = ['patient', 'known_patient', 'opening', 'appointment', 'appointment_event', 'occupation', 'seat'];

/** Whom each clinic knows: as migration 23 does for rows that were there before it. */
const everybodyKnown = `
  insert into known_patient (patient_id, clinic_id, words)
  select p.id, k.clinic_id, name_words(p.given_name || ' ' || p.family_name)
    from (select id as patient_id, clinic_id from patient where clinic_id is not null
          union
          select patient_id, clinic_id from appointment) k
    join patient p on p.id = k.patient_id`;

/**
 * Fills an empty database.
 * @throws Error when there is a clinic in it already, or when the rows would break a promise of the schema
 */
export async function seedDatabase(seed: Seed): Promise<void> {
  const started = performance.now();
  const say = (what: string): void =>
    seed.say(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${what}`);
  const client = await connect(seed.databaseUrl);
  const others: Client[] = [];
  try {
    const { rows } = await client.query<{ empty: boolean }>('select not exists (select from clinic) as empty');
    if (!rows[0]?.empty)
      throw new CannotSeed('The database has clinics already; the demo is written into an empty one only.');
    if (seed.practitioners <= smallSeed) {
      await client.query('begin');
      await fill(client, [client], seed, say);
      await client.query('commit');
    } else {
      const helpers = Math.min(3, Math.max(1, availableParallelism() - 1));
      for (let n = 0; n < helpers; n++) others.push(await connect(seed.databaseUrl));
      await fill(client, [client, ...others], seed, say);
    }
    await client.query('analyze');
    say('done');
  } finally {
    await Promise.all([client, ...others].map((each) => each.end()));
  }
}

async function connect(address: string): Promise<Client> {
  const client = new Client({ connectionString: address, application_name: 'pieraksts-seed' });
  await client.connect();
  await client.query(`set synchronous_commit = off`);
  return client;
}

async function fill(client: Client, all: readonly Client[], seed: Seed, say: (what: string) => void): Promise<void> {
  const aside = await setAside(client, bigTables);
  // Row by row the triggers would cost more than all rows at once.
  const keepKnown = (how: 'enable' | 'disable'): Promise<unknown> =>
    client.query(`alter table patient ${how} trigger patient_is_known;
                  alter table appointment ${how} trigger visitor_is_known`);
  await keepKnown('disable');
  const plan = await load(client, seed, say);
  await client.query(everybodyKnown);
  await keepKnown('enable');
  await restore(all, aside);
  say('indexes and constraints');
  await client.query(`analyze ${bigTables.join(', ')}, calendar, calendar_service, service, branch, resource`);
  const [first] = plan.clinics;
  await loadQuotas(client, plan.calendars, seed.today);
  if (first) await loadTrainingDay(client, first, seed.now);
  // A greater one is there to be measured: its past is only booked.
  if (seed.practitioners <= smallSeed) {
    await loadWhatCameOfVisits(client, seed.now);
    await loadReminders(client, seed.now);
    await loadRequests(client, plan.clinics, seed.now);
    if (first) await loadBeside(client, first, seed.now);
    if (first) await loadAnswers(client, first, seed.now);
  }
  const days = { first: seed.today, last: seed.today.add({ days: horizonDays }), now: seed.now };
  await refreshFreeDays(client, all, days, say);
}

/** What is known before the first row is written. */
interface Plan {
  readonly clinics: readonly PlannedClinic[];
  readonly practitioners: readonly PlannedPractitioner[];
  readonly calendars: readonly PractitionersCalendar[];
  readonly rooms: PlannedRooms;
  readonly keptDays: readonly KeptDay[];
  readonly since: Temporal.PlainDate;
  readonly createdMs: number;
  readonly createdAt: string;
}

async function loadProfiles(client: Client, seed: Seed): Promise<Plan> {
  const since = seed.today.subtract({ days: furthestPastDays });
  const createdMs = since.toZonedDateTime('UTC').epochMilliseconds;
  const createdAt = new Date(createdMs).toISOString();
  const clinics = planClinics(seed.practitioners, createdMs);
  const practitioners = planPractitioners(clinics, seed.practitioners, seed.today, createdMs);
  const { services, calendars } = planCalendars(practitioners, seed.today, since, createdMs);
  const rooms = planRooms(clinics, calendars, since, createdMs);
  const keptDays = planKeptDays(clinics, seed.today, horizonDays);
  await loadClinics(client, clinics, calendars, createdAt);
  await loadPractitioners(client, practitioners, createdAt, since);
  await loadStaff(client, clinics, practitioners, createdAt, since);
  await loadUnfinishedClinic(client, createdAt, since);
  await loadDesk(client, clinics, seed.today, createdAt);
  await loadRooms(client, rooms);
  await loadServices(client, [...services, ...rooms.services], createdMs);
  await loadNeeds(client, rooms);
  await loadCalendars(client, [...calendars, ...rooms.calendars], createdAt, seed.today);
  await loadKeptDays(client, keptDays, seed.now.subtract({ hours: 24 * 20 }).toString());
  return { clinics, practitioners, calendars, rooms, keptDays, since, createdMs, createdAt };
}

async function load(client: Client, seed: Seed, say: (what: string) => void): Promise<Plan> {
  const { today, appointments } = seed;
  const plan = await loadProfiles(client, seed);
  const { clinics, practitioners, calendars, rooms, keptDays, since, createdMs, createdAt } = plan;
  say(`${clinics.length} clinics, ${practitioners.length} practitioners, ${calendars.length} calendars`);

  const until = today.add({ days: horizonDays + 1 });
  const openingsOf = openingPlanner(today.subtract({ days: pastDays }), until, keptDays);
  say(`${await loadOpenings(client, [...calendars, ...rooms.calendars], openingsOf)} openings`);

  const groupsOf = patientGroups(calendars, rooms.calendars);
  say(`${await loadPatients(client, clinics, groupsOf, today, createdAt)} patients`);
  const demoPatient = await loadDemoPatient(client, { issuer: seed.issuer, createdAt });
  await loadAllAppointments(
    client,
    {
      today,
      practitioners,
      calendars,
      rooms,
      openingsOf: appointments === undefined ? openingsOf : openingPlanner(since, until, keptDays),
      groupsOf,
      demoPatient,
      appointments,
      createdMs,
    },
    say,
  );
  return plan;
}
