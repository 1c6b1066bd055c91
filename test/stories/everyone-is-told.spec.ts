import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import pg from 'pg';
import { AskVerification, verificationCode } from '#libs/access';
import {
  BookAppointment,
  CancelAppointment,
  ConfirmAppointment,
  MoveAppointment,
  RejectAppointment,
} from '#libs/appointments';
import type { PatientDetails } from '#libs/people';
import { Turns } from '#libs/platform';
import { Rounds } from '../../apps/worker/src/rounds.js';
import { audit } from '../../tools/audit/audit.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { type TestClock, testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase, theTenSecondsPass } from '../support/database.js';
import { type CaughtLetter, type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

/** What a calendar program would make of a letter. */
function invitationIn(letter: CaughtLetter) {
  const part = letter.parsed.attachments.find((each) => each.mimeType === 'text/calendar');
  const text =
    typeof part?.content === 'string' ? part.content : Buffer.from(part?.content as ArrayBuffer).toString('utf8');
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  const component = calendar.getFirstSubcomponent('vevent')!;
  const event = new ICAL.Event(component);
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    status: String(component.getFirstPropertyValue('status')),
    uid: event.uid,
    sequence: event.sequence,
    stamp: String(component.getFirstPropertyValue('dtstamp')),
    starts: event.startDate.toJSDate().toISOString().slice(0, 16),
  };
}
const firstLine = (letter: CaughtLetter): string => (letter.parsed.text ?? '').split('\n')[0]!;

describe('everyone is told', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let mail: SmtpCatcher;
  let clock: TestClock;
  let worker: RunningApp;

  beforeAll(async () => {
    database = await testDatabase();
    mail = await smtpCatcher();
    await prepareEnvironment({ database, smtpUrl: mail.url });
    verbs = await verbsOn(database, start);
    clock = testClock(start);
    worker = await startApp('worker', { clock });
  });
  afterAll(async () => {
    await worker?.stop();
    await verbs?.close();
    await mail?.stop();
    await database?.drop();
  });

  interface Guest {
    accountId: string;
    email: string;
  }
  const aGuest = async (): Promise<Guest> => {
    const email = `${randomUUID()}@patient.example`;
    return { accountId: await anAccount(database, email), email };
  };
  const aPerson = (): PatientDetails => ({
    givenName: 'Jānis',
    familyName: `Ozols ${randomUUID()}`,
    birthDate: Temporal.PlainDate.from('1980-05-04'),
    language: 'lv',
  });
  const anOpenCalendar = async (wishes: Parameters<typeof aCalendar>[1] = {}): Promise<BookableCalendar> => {
    const calendar = await aCalendar(database, wishes);
    await freeDaysAsOf(database, calendar, start);
    return calendar;
  };
  const slotOf = ({ calendarId, serviceId }: BookableCalendar, when: string) => ({
    calendarId,
    serviceId,
    start: at(when),
  });
  const book = async (
    calendar: BookableCalendar,
    when: string,
    guest: Guest,
    contact: { email: string | null; phone: string | null } = { email: guest.email, phone: null },
  ): Promise<string> => {
    const actor = asGuest(guest.accountId);
    const slot = slotOf(calendar, when);
    const booking = { patient: aPerson(), contact, language: 'lv', termsVersion: '1', origin: 'portal' } as const;
    return (await verbs.get(BookAppointment).run({ ...booking, actor, slot, request: aRequest(actor) })).id;
  };
  const versionOf = async (id: string): Promise<number> => {
    const [row] = await database.sql<{ version: number }>('select version from appointment where id = $1', [id]);
    return row!.version;
  };
  const noticesOf = (id: string) =>
    database.sql<{ kind: string; state: string; failure: string | null; attempts: number }>(
      `select n.kind, n.state, n.failure, n.attempts from notice n join appointment_event e on e.id = n.event_id
        where n.appointment_id = $1 and n.channel = 'mail' order by e.version`,
      [id],
    );
  const lettersTo = ({ email }: Guest): CaughtLetter[] => mail.letters.filter((letter) => letter.to.includes(email));
  const until = async (test: () => boolean | Promise<boolean>): Promise<void> => {
    for (let waited = 0; waited < 40_000; waited += 50) {
      if (await test()) return;
      await sleep(50);
    }
    throw new Error('it did not happen within 40 s');
  };
  const lettersArrive = async (guest: Guest, count: number): Promise<CaughtLetter[]> => {
    await theTenSecondsPass(database);
    await until(() => lettersTo(guest).length >= count);
    return lettersTo(guest);
  };
  /** The waiting between two tries passes. */
  const retriesComeDue = () => database.sql(`update jobs.job set start_after = now() where state = 'retry'`);
  const clean = async (): Promise<void> => {
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    expect(await audit({ query }, clock.now())).toEqual([]);
  };

  it('of every step, in order, as one event in their calendar', async () => {
    const calendar = await anOpenCalendar();
    const desk = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    const guest = await aGuest();
    const patient = asGuest(guest.accountId);
    const id = await book(calendar, '2026-12-01T08:00:00Z', guest);
    for (const [actor, when] of [
      [patient, '2026-12-02T09:00:00Z'],
      [desk, '2026-12-03T10:00:00Z'],
    ] as const) {
      const to = slotOf(calendar, when);
      await verbs.get(MoveAppointment).run({ actor, id, version: await versionOf(id), to, request: aRequest(actor) });
    }
    const version = await versionOf(id);
    await verbs
      .get(CancelAppointment)
      .run({ actor: desk, id, version, reason: 'clinic-closed', request: aRequest(desk) });

    const letters = await lettersArrive(guest, 4);
    expect(letters.map(firstLine)).toEqual([
      'Jūsu pieraksts ir veikts',
      'Jūsu pieraksts ir pārcelts',
      'Iestāde ir pārcēlusi Jūsu pierakstu uz citu laiku',
      'Iestāde ir atcēlusi Jūsu pierakstu',
    ]);
    const invitations = letters.map(invitationIn);
    expect(invitations.map((each) => `${each.method} ${each.status} ${each.sequence} ${each.starts}`)).toEqual([
      'REQUEST CONFIRMED 0 2026-12-01T08:00',
      'REQUEST CONFIRMED 1 2026-12-02T09:00',
      'REQUEST CONFIRMED 2 2026-12-03T10:00',
      'CANCEL CANCELLED 3 2026-12-03T10:00',
    ]);
    expect(new Set(invitations.map((each) => each.uid)).size).toBe(1);
    const stamps = invitations.map((each) => each.stamp);
    expect(stamps).toEqual([...new Set(stamps)].sort());
    const ids = letters.map((letter) => letter.parsed.messageId);
    expect(new Set(ids).size).toBe(4);
    // Each follows all before it, so that a mail program shows one conversation (RFC 5322 § 3.6.4).
    for (const [n, { parsed }] of letters.entries()) {
      expect(parsed.references?.split(/\s+/) ?? []).toEqual(ids.slice(0, n));
      expect(parsed.inReplyTo).toBe(ids[n - 1]);
    }
    for (const { raw } of letters) expect(raw).not.toMatch(/onkolo|first visit|cardiology|clinic-closed/i);
    await until(async () => (await noticesOf(id)).every((each) => each.state === 'sent'));
    await clean();
  });

  it('that a request waits, and what became of it', async () => {
    const calendar = await anOpenCalendar({ confirmation: 'manual' });
    const desk = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    const [confirmed, rejected] = [await aGuest(), await aGuest()];
    const yes = await book(calendar, '2026-12-01T08:00:00Z', confirmed);
    const no = await book(calendar, '2026-12-01T09:00:00Z', rejected);
    await verbs.get(ConfirmAppointment).run({ actor: desk, id: yes, version: 1, request: aRequest(desk) });
    await verbs
      .get(RejectAppointment)
      .run({ actor: desk, id: no, version: 1, reason: 'clinic-other', request: aRequest(desk) });

    const good = await lettersArrive(confirmed, 2);
    expect(good.map(firstLine)[1]).toBe('Iestāde ir apstiprinājusi Jūsu pierakstu');
    expect(good.map(invitationIn).map(({ method, status, sequence }) => [method, status, sequence])).toEqual([
      ['REQUEST', 'TENTATIVE', 0],
      ['REQUEST', 'CONFIRMED', 1],
    ]);
    const bad = await lettersArrive(rejected, 2);
    expect(bad.map(invitationIn).map(({ method, sequence }) => [method, sequence])).toEqual([
      ['REQUEST', 0],
      ['CANCEL', 1],
    ]);
  });

  it('that the clinic did not answer in time', async () => {
    const calendar = await anOpenCalendar({ confirmation: 'manual' });
    const guest = await aGuest();
    const id = await book(calendar, '2026-12-04T08:00:00Z', guest);
    clock.advance({ hours: 25 });
    verbs.clock.passes({ hours: 25 });
    const letters = await lettersArrive(guest, 2);
    expect(firstLine(letters[1]!)).toBe('Iestāde neatbildēja laikā, un Jūsu pieprasījums vairs nav spēkā');
    expect(invitationIn(letters[1]!)).toMatchObject({ method: 'CANCEL', sequence: 1 });
    expect((await noticesOf(id)).map((each) => each.kind)).toEqual(['requested', 'expired']);
  });

  it('also while another round of the worker fails', async () => {
    const calendar = await anOpenCalendar({ confirmation: 'manual' });
    const guest = await aGuest();
    await book(calendar, '2026-12-04T09:00:00Z', guest);
    await database.sql('alter table occupation rename to occupation_away');
    try {
      clock.advance({ minutes: 2 });
      await worker.get(Rounds).goAll();
    } finally {
      await database.sql('alter table occupation_away rename to occupation');
    }
    clock.advance({ hours: 25 });
    verbs.clock.passes({ hours: 25 });
    await worker.get(Rounds).goAll();
    expect(firstLine((await lettersArrive(guest, 2))[1]!)).toMatch(/^Iestāde neatbildēja laikā/);
  });

  it('that a visit stays where it was when its move is refused', async () => {
    const calendar = await anOpenCalendar({ confirmation: 'manual' });
    const desk = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    const guest = await aGuest();
    const patient = asGuest(guest.accountId);
    const id = await book(calendar, '2026-12-07T08:00:00Z', guest);
    await verbs.get(ConfirmAppointment).run({ actor: desk, id, version: 1, request: aRequest(desk) });
    const to = slotOf(calendar, '2026-12-08T09:00:00Z');
    await verbs.get(MoveAppointment).run({ actor: patient, id, version: 2, to, request: aRequest(patient) });
    await verbs
      .get(RejectAppointment)
      .run({ actor: desk, id, version: 3, reason: 'clinic-other', request: aRequest(desk) });
    const letters = await lettersArrive(guest, 4);
    expect(
      letters
        .map(invitationIn)
        .map(({ method, status, sequence, starts }) => `${method} ${status} ${sequence} ${starts}`),
    ).toEqual([
      'REQUEST TENTATIVE 0 2026-12-07T08:00',
      'REQUEST CONFIRMED 1 2026-12-07T08:00',
      'REQUEST TENTATIVE 2 2026-12-08T09:00',
      'REQUEST CONFIRMED 3 2026-12-07T08:00',
    ]);
    expect(letters[2]!.parsed.text).toContain(
      'Līdzšinējais laiks: pirmdiena, 2026. gada 7. decembris, 10:00 (Rīgas laiks)',
    );
    expect(firstLine(letters[3]!)).toMatch(/paliek līdzšinējā laikā$/);
  });

  it('when the mail server was away for half an hour: all of it, and in order', async () => {
    const port = Number(new URL(mail.url).port);
    await mail.stop();
    const calendar = await anOpenCalendar();
    const guests = await Promise.all(Array.from({ length: 5 }, aGuest));
    const ids = await Promise.all(
      guests.map((guest, n) => book(calendar, `2026-12-09T${String(8 + n).padStart(2, '0')}:00:00Z`, guest)),
    );
    for (const [n, id] of ids.entries()) {
      const actor = asGuest(guests[n]!.accountId);
      const to = slotOf(calendar, `2026-12-10T${String(8 + n).padStart(2, '0')}:00:00Z`);
      await verbs.get(MoveAppointment).run({ actor, id, version: 1, to, request: aRequest(actor) });
      await verbs.get(CancelAppointment).run({ actor, id, version: 2, request: aRequest(actor) });
    }
    await until(async () => (await noticesOf(ids[0]!)).some((each) => each.failure === 'server-unreachable'));
    await retriesComeDue();
    await sleep(1_000);
    expect((await noticesOf(ids[0]!)).map((each) => each.state)).not.toContain('sent');

    mail = await smtpCatcher({ port });
    const due = setInterval(() => void retriesComeDue(), 500);
    try {
      for (const guest of guests) {
        const letters = await lettersArrive(guest, 3);
        expect(letters.map(firstLine)).toEqual([
          'Jūsu pieraksts ir veikts',
          'Jūsu pieraksts ir pārcelts',
          'Jūsu pieraksts ir atcelts',
        ]);
        expect(letters.map(invitationIn).map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
      }
    } finally {
      clearInterval(due);
    }
    await clean();
  });

  it('and a letter that cannot be delivered is filed without stopping the next', async () => {
    mail.refuse = true;
    const calendar = await anOpenCalendar();
    const guest = await aGuest();
    const id = await book(calendar, '2026-12-11T08:00:00Z', guest);
    await until(async () => (await noticesOf(id))[0]?.failure === 'server-refused');
    await until(async () => {
      // Some tries are left: should the last ones find another worker at it, or no database, one of them still files it.
      await database.sql(
        `update jobs.job set retry_count = retry_limit - 6, start_after = now() where state = 'retry'`,
      );
      return (await noticesOf(id))[0]?.state === 'failed';
    });
    mail.refuse = false;
    const actor = asGuest(guest.accountId);
    await verbs.get(CancelAppointment).run({ actor, id, version: 1, request: aRequest(actor) });
    const letters = await lettersArrive(guest, 1);
    expect(letters.map(firstLine)).toEqual(['Jūsu pieraksts ir atcelts']);
    await until(async () => (await noticesOf(id))[1]?.state === 'sent');
    expect((await noticesOf(id)).map(({ kind, state, failure }) => [kind, state, failure])).toEqual([
      ['booked', 'failed', 'server-refused'],
      ['cancelled', 'sent', null],
    ]);
    await clean();
  });

  it('and a mail server that answers nobody does not keep the rounds of the worker waiting', async () => {
    const turns = worker.get(Turns);
    let release: () => void = () => undefined;
    const answer = new Promise<void>((resolve) => (release = resolve));
    const letters = Array.from({ length: 40 }, (_, n) =>
      turns.take(`slow letter ${n}`, 45, () => answer).catch(() => null),
    );
    await sleep(100);
    const began = performance.now();
    expect(await turns.take('round:a', 0, () => Promise.resolve('gone'))).toEqual({ isTaken: true, result: 'gone' });
    // The slow letters would keep it for their 45 seconds.
    expect(performance.now() - began).toBeLessThan(15_000);
    release();
    await Promise.all(letters);
  });

  it('only at an address that they proved; an unproven one gets its code and nothing else', async () => {
    const calendar = await anOpenCalendar();
    const guest = await aGuest();
    const stranger = `${randomUUID()}@stranger.example`;
    const id = await book(calendar, '2026-12-14T08:00:00Z', guest, { email: stranger, phone: null });
    await until(async () => (await noticesOf(id))[0]?.state === 'dropped');
    expect((await noticesOf(id))[0]).toMatchObject({ failure: 'address-unproven' });
    const asked = await verbs.get(AskVerification).run({ email: stranger, language: 'en' });
    const letter = await mail.waitFor(stranger);
    const code = verificationCode(asked.id, 0);
    expect(letter.parsed.text).toContain(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(letter.parsed.subject).not.toContain(code);
    expect(mail.letters.filter((each) => each.to.includes(stranger))).toHaveLength(1);
  });

  it('at the address that somebody with an eID gave', async () => {
    const calendar = await anOpenCalendar();
    const guest = await aGuest();
    await database.sql(
      `insert into identity (issuer, subject, account_id, given_name, family_name, created_at, last_used_at)
       values ('https://eid.example', $1, $2, 'Jānis', 'Ozols', now(), now())`,
      [randomUUID(), guest.accountId],
    );
    const typed = { ...guest, email: `${randomUUID()}@typed.example` };
    await book(calendar, '2026-12-14T10:00:00Z', typed);
    expect(await lettersArrive(typed, 1)).toHaveLength(1);
  });

  it('not at all by mail where there is only a phone, and that is written down', async () => {
    const calendar = await anOpenCalendar();
    const id = await book(calendar, '2026-12-14T09:00:00Z', await aGuest(), { email: null, phone: '+37120000000' });
    await until(async () => (await noticesOf(id))[0]?.state === 'dropped');
    expect((await noticesOf(id))[0]).toMatchObject({ failure: 'no-address' });
  });

  it('one by one, whatever stands in the address', async () => {
    const calendar = await anOpenCalendar();
    const staff = await aStaffMember(database, calendar.clinicId);
    const desk = asStaff(calendar.clinicId, staff);
    const before = mail.letters.length;
    const nasty = ['a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', '"v@m.example x"@i.example'];
    for (const [n, email] of nasty.entries()) {
      const { id } = await verbs.get(BookAppointment).run({
        actor: desk,
        slot: slotOf(calendar, `2026-12-15T${String(8 + n).padStart(2, '0')}:00:00Z`),
        patient: aPerson(),
        contact: { email, phone: null },
        language: 'lv',
        termsVersion: null,
        origin: 'desk',
        request: aRequest(desk),
      });
      await until(async () => (await noticesOf(id))[0]?.state === 'failed');
      expect((await noticesOf(id))[0]).toMatchObject({ failure: 'address-invalid', attempts: 1 });
    }
    expect(mail.letters).toHaveLength(before);
  });

  it('once, when two workers were started by mistake', async () => {
    const own = process.env['WORKER_PORT'];
    process.env['WORKER_PORT'] = '0';
    const second = await startApp('worker', { clock });
    process.env['WORKER_PORT'] = own!;
    try {
      const calendar = await anOpenCalendar({ grid: 15, minutes: 15 });
      const guests = await Promise.all(Array.from({ length: 30 }, aGuest));
      const first = at('2026-12-16T07:00:00Z');
      await Promise.all(guests.map((guest, n) => book(calendar, first.add({ minutes: 15 * n }).toString(), guest)));
      await Promise.all(guests.map((guest) => lettersArrive(guest, 1)));
      await sleep(1_000);
      for (const guest of guests) expect(lettersTo(guest)).toHaveLength(1);
    } finally {
      await second.stop();
    }
  });

  it('with one recipient in every letter, and never a copy', () => {
    expect(mail.letters.length).toBeGreaterThan(40);
    for (const { to, raw } of mail.letters) {
      expect(to).toHaveLength(1);
      expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^(?:cc|bcc):/im);
    }
  });

  it('at most once more, and with the same letter, when a worker dies after the server took it', async () => {
    await worker.stop();
    const calendar = await anOpenCalendar();
    const guest = await aGuest();
    const blocker = new pg.Client(database.ownerUrl);
    await blocker.connect();
    let child: ChildProcess | undefined;
    try {
      // The server has the letter and the ledger cannot be written: the moment between the two, held still.
      mail.beforeAnswer = async () => {
        delete mail.beforeAnswer;
        await blocker.query('begin');
        await blocker.query('lock table notice in access exclusive mode');
      };
      const main = join(import.meta.dirname, '..', '..', 'apps', 'worker', 'src', 'main.js');
      // A process of its own has the machine's clock, moved to where the story is.
      const CLOCK_OFFSET_MS = String(clock.now().epochMilliseconds - Date.now());
      child = spawn(process.execPath, [main], { env: { ...process.env, CLOCK_OFFSET_MS }, stdio: 'ignore' });
      const id = await book(calendar, '2026-12-18T08:00:00Z', guest);
      await lettersArrive(guest, 1);
      await sleep(300);
      const died = new Promise((exit) => child?.once('exit', exit));
      child.kill('SIGKILL');
      await died;
      await blocker.query('rollback');
      expect((await noticesOf(id))[0]).toMatchObject({ state: 'queued', attempts: 1 });

      worker = await startApp('worker', { clock });
      await database.sql(`update jobs.job set state = 'retry', start_after = now() where state = 'active'`);
      const [one, two] = await lettersArrive(guest, 2);
      expect(two!.parsed.messageId).toBe(one!.parsed.messageId);
      expect(invitationIn(two!)).toEqual(invitationIn(one!));
      await until(async () => (await noticesOf(id))[0]?.state === 'sent');
      await sleep(1_000);
      expect(lettersTo(guest)).toHaveLength(2);
    } finally {
      child?.kill('SIGKILL');
      await blocker.end();
    }
    await clean();
  });
});
