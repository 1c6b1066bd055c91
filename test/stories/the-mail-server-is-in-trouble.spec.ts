import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/access';
import { BookAppointment, CancelAppointment } from '#libs/appointments';
import { audit } from '../../tools/audit/audit.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { type TestClock, testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { aRequest, asGuest, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';

interface Told {
  state: string;
  failure: string | null;
  answer: string | null;
  attempts: number;
}

describe('the mail server is in trouble', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let mail: SmtpCatcher;
  let clock: TestClock;
  let worker: RunningApp;
  let calendar: BookableCalendar;
  let visits = 0;

  beforeAll(async () => {
    database = await testDatabase();
    mail = await smtpCatcher();
    await prepareEnvironment({ database, smtpUrl: mail.url });
    verbs = await verbsOn(database, start);
    clock = testClock(start);
    worker = await startApp('worker', { clock });
    calendar = await aCalendar(database);
    await freeDaysAsOf(database, calendar, start);
  });
  beforeEach(() => {
    delete mail.trouble;
  });
  afterAll(async () => {
    await worker?.stop();
    await verbs?.close();
    await mail?.stop();
    await database?.drop();
  });

  /** Books the next half hour for somebody whose address begins like this. */
  const book = async (name: string): Promise<{ id: string; email: string; actor: Actor }> => {
    const email = `${name}-${randomUUID()}@patient.example`;
    const actor = asGuest(await anAccount(database, email));
    const at = Temporal.Instant.from('2026-12-01T07:00:00Z').add({ minutes: 30 * visits++ });
    const { id } = await verbs.get(BookAppointment).run({
      actor,
      slot: { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: at },
      patient: {
        givenName: 'Jānis',
        familyName: `Ozols ${randomUUID()}`,
        birthDate: Temporal.PlainDate.from('1980-05-04'),
        language: 'lv',
      },
      contact: { email, phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    return { id, email, actor };
  };
  const told = async (id: string): Promise<Told | undefined> => {
    const [row] = await database.sql<Told>(
      `select state, failure, answer, attempts from notice where appointment_id = $1 and channel = 'mail' order by created_at limit 1`,
      [id],
    );
    return row;
  };
  const until = async (test: () => boolean | Promise<boolean>): Promise<void> => {
    for (let waited = 0; waited < 40_000; waited += 25) {
      if (await test()) return;
      await sleep(25);
    }
    throw new Error('it did not happen within 40 s');
  };
  /** The waiting between two tries passes. */
  const retriesComeDue = () => database.sql(`update jobs.job set start_after = now() where state = 'retry'`);
  const arrives = async ({ id, email }: { id: string; email: string }): Promise<void> => {
    await until(async () => {
      await retriesComeDue();
      return (await told(id))?.state === 'sent';
    });
    expect(mail.letters.filter(({ to }) => to.includes(email))).toHaveLength(1);
  };
  const clean = async (): Promise<void> => {
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    expect(await audit({ query }, clock.now())).toEqual([]);
  };

  it.each([
    ['asks to come back later, as one with a grey list does', 450],
    ['has no room in the box now', 452],
    ['hangs up in the middle of the letter', 'hangs-up'],
  ] as const)('which %s: the visit is booked, and the letter arrives once', async (_, fault) => {
    mail.trouble = async () => fault;
    const visit = await book('later');
    await until(async () => ((await told(visit.id))?.attempts ?? 0) >= 1 && (await told(visit.id))?.failure !== null);
    expect(await told(visit.id)).toMatchObject({
      state: 'queued',
      failure: fault === 'hangs-up' ? 'server-unreachable' : 'server-refused',
      answer: fault === 'hangs-up' ? null : String(fault),
    });
    delete mail.trouble;
    await arrives(visit);
  });

  it('which is away: what was booked and cancelled meanwhile stands in the portal at once', async () => {
    mail.trouble = async () => 421;
    const { id, actor } = await book('away');
    await until(async () => (await told(id))?.failure === 'server-refused');
    await verbs.get(CancelAppointment).run({ actor, id, version: 1, request: aRequest(actor) });
    const inPortal = (): Promise<{ kind: string }[]> =>
      database.sql(
        `select n.kind from notice n join appointment_event e on e.id = n.event_id
          where n.appointment_id = $1 and n.channel = 'portal' and n.state = 'sent' order by e.version`,
        [id],
      );
    await until(async () => (await inPortal()).length === 2);
    expect(await inPortal()).toEqual([{ kind: 'booked' }, { kind: 'cancelled' }]);
    expect(await told(id)).toMatchObject({ state: 'queued' });
  });

  it('which knows no such box: the visit is booked, nobody asks a hundred times, and it stands on the list', async () => {
    mail.trouble = async (to) => (to.startsWith('nobody') ? 550 : undefined);
    const [gone, other] = [await book('nobody'), await book('somebody')];
    await arrives(other);
    await until(async () => (await told(gone.id))?.state === 'failed');
    expect(await told(gone.id)).toMatchObject({ failure: 'address-refused', answer: '550', attempts: 1 });
  });

  it('which does not answer about one box: letters to others go on, bookings too', async () => {
    let answer = (_: number): void => undefined;
    const silence = new Promise<number>((done) => (answer = done));
    mail.trouble = async (to) => (to.startsWith('silent') ? silence : undefined);
    const silent = await book('silent');
    const others = [];
    for (let n = 0; n < 8; n++) others.push(await book('other'));
    for (const other of others) await arrives(other);
    expect((await told(silent.id))?.state).toBe('queued');
    answer(451);
    delete mail.trouble;
    await arrives(silent);
    await clean();
  });
});
