import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { BookAppointment, CancelAppointment, CarryOutChange, PlanChange } from '#libs/appointments';
import type { Interval } from '#libs/time';
import { audit } from '../../tools/audit/audit.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { type TestClock, testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { type CaughtLetter, type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asGuest, asStaff } from '../support/verbs.js';
import { aCalendar, anAccount, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const firstLine = (letter: CaughtLetter): string => (letter.parsed.text ?? '').split('\n')[0]!;

/** What a calendar program would make of a letter. */
function invitationIn(letter: CaughtLetter): string {
  const part = letter.parsed.attachments.find((each) => each.mimeType === 'text/calendar');
  if (!part) return 'none';
  const text = typeof part.content === 'string' ? part.content : Buffer.from(part.content as ArrayBuffer).toString();
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
  const starts = event.startDate.toJSDate().toISOString().slice(0, 16);
  return `${String(calendar.getFirstPropertyValue('method'))} ${starts}`;
}

interface Guest {
  accountId: string;
  email: string;
  id: string;
}

describe('a change with people inside', () => {
  let database: TestDatabase;
  let mail: SmtpCatcher;
  let clock: TestClock;
  let clinic: RunningApp;
  let worker: RunningApp;

  beforeAll(async () => {
    database = await testDatabase();
    mail = await smtpCatcher();
    await prepareEnvironment({ database, smtpUrl: mail.url });
    clock = testClock(start);
    clinic = await startApp('clinic', { clock });
    worker = await startApp('worker', { clock });
  });
  afterAll(async () => {
    await worker?.stop();
    await clinic?.stop();
    await mail?.stop();
    await database?.drop();
  });

  const clean = async (): Promise<void> => {
    const query = async <Row>(text: string, values?: readonly unknown[]) => (await database.sql(text, values)) as Row[];
    expect(await audit({ query }, clock.now())).toEqual([]);
  };
  const until = async (test: () => boolean | Promise<boolean>): Promise<void> => {
    for (let waited = 0; waited < 20_000; waited += 50) {
      if (await test()) return;
      await sleep(50);
    }
    throw new Error('it did not happen within 20 s');
  };
  const lettersTo = (guest: Guest): CaughtLetter[] => mail.letters.filter(({ to }) => to.includes(guest.email));

  const anOpenCalendar = async (wishes: Parameters<typeof aCalendar>[1] = {}): Promise<BookableCalendar> => {
    const calendar = await aCalendar(database, wishes);
    await freeDaysAsOf(database, calendar, start);
    return calendar;
  };
  const book = async ({ calendarId, serviceId }: BookableCalendar, when: string): Promise<Guest> => {
    const email = `${randomUUID()}@patient.example`;
    const actor = asGuest(await anAccount(database, email));
    const { id } = await clinic.get(BookAppointment).run({
      actor,
      slot: { calendarId, serviceId, start: at(when) },
      patient: {
        givenName: 'Jānis',
        familyName: `Ozols ${randomUUID().slice(0, 4)}`,
        birthDate: Temporal.PlainDate.from('1980-05-04'),
        language: 'lv',
      },
      contact: { email, phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    return { accountId: (actor as { accountId: string }).accountId, email, id };
  };
  const aMember = async (clinicId: string) => {
    const staff = await build.aStaffMember(database, {
      clinic: { id: clinicId },
      role: 'registrar',
      name: 'Ilze Kalniņa',
    });
    const visitor = await staffVisitor(clinic, staff, await build.aCredential(database, staff), clock);
    const actor = asStaff(clinicId, { accountId: staff.accountId, staffMemberId: staff.id });
    return { visitor, actor };
  };
  const closing = (calendar: BookableCalendar, times: Interval[], whole = false) =>
    ({
      kind: 'close',
      scope: {
        clinicId: calendar.clinicId,
        branchId: null,
        resourceId: whole ? null : calendar.practitionerId,
      },
      times,
      reason: null,
      publicReason: null,
    }) as const;
  const aDay = (day: string): Interval => ({ start: at(`${day}T00:00:00Z`), end: at(`${day}T22:00:00Z`) });
  const standsAt = async (id: string) => {
    const [row] = await database.sql<{ status: string; starts: string; orphaned: boolean }>(
      `select status, to_char(starts_at at time zone 'UTC', 'DD HH24:MI') as starts, orphaned_at is not null as orphaned
         from appointment where id = $1`,
      [id],
    );
    return row!;
  };
  /** The radio buttons of a visit on the page that asks, by what they say. */
  const choicesOf = (page: StaffPage, id: string): string[] =>
    [...page.html.matchAll(new RegExp(`name="visit\\.${id}" value="([^"]*)"`, 'g'))].map(([, value]) => value!);
  const chosenOn = (page: StaffPage, id: string): string | undefined =>
    new RegExp(`name="visit\\.${id}" value="([^"]*)"[^>]* checked`).exec(page.html)?.[1];

  it('moves, cancels and keeps what was decided, and tells each patient once', async () => {
    const calendar = await anOpenCalendar();
    const { visitor, actor } = await aMember(calendar.clinicId);
    const times = Array.from({ length: 16 }, (_, n) => at('2026-12-02T07:00:00Z').add({ minutes: 30 * n }));
    const other = await anOpenCalendar({ beside: calendar, practitioner: 'other' });
    await database.sql(
      `insert into calendar_service (calendar_id, service_id, clinic_id, minutes, price_cents)
       select $1, service_id, clinic_id, minutes, price_cents from calendar_service where calendar_id = $2`,
      [other.calendarId, calendar.calendarId],
    );
    await freeDaysAsOf(database, other, start);
    const guests: Guest[] = [];
    for (const time of times) guests.push(await book(calendar, time.toString()));
    for (const time of times.slice(0, 14))
      guests.push(await book({ ...other, serviceId: calendar.serviceId }, time.toString()));
    expect(guests).toHaveLength(30);
    await until(() => guests.every((guest) => lettersTo(guest).length === 1));

    const change = closing(calendar, [aDay('2026-12-02')], true);
    const plan = await clinic.get(PlanChange).run({ actor, clinicId: calendar.clinicId, change });
    expect(plan.peopleInside).toBe(30);
    const path = `/en/changes/${plan.id}`;
    const page = await visitor.get(path);
    expect(page.text).toContain('30 appointments would lose their time');
    const firsts = guests.map(({ id }) => choicesOf(page, id)[0]!);
    expect(new Set(firsts.map((each) => each.split('|').slice(1).join())).size).toBe(30);
    const answers: Record<string, string> = {};
    guests.forEach(
      ({ id }, n) => (answers[`visit.${id}`] = n % 3 === 0 ? firsts[n]! : n % 3 === 1 ? 'cancel' : 'keep'),
    );
    const done = await visitor.post(path, {
      ...answers,
      reason: 'clinic-closed',
      idempotencyKey: visitor.field(page, 'idempotencyKey'),
    });
    expect(done.status).toBe(303);
    expect((await visitor.get(path)).text).toContain('10 appointments moved');
    for (const [n, { id }] of guests.entries()) {
      const { status, orphaned, starts } = await standsAt(id);
      expect([status, orphaned]).toEqual(n % 3 === 1 ? ['cancelled', false] : ['booked', n % 3 === 2]);
      expect(starts.startsWith('02')).toBe(n % 3 !== 0);
    }
    await until(() => guests.every((guest, n) => n % 3 === 2 || lettersTo(guest).length === 2));
    await sleep(500);
    for (const [n, guest] of guests.entries()) {
      const [, letter, ...more] = lettersTo(guest);
      expect(more).toEqual([]);
      if (n % 3 === 2) expect(letter).toBeUndefined();
      else if (n % 3 === 1) {
        expect(firstLine(letter!)).toBe('Iestāde ir atcēlusi Jūsu pierakstu');
        expect(invitationIn(letter!)).toMatch(/^CANCEL 2026-12-02/);
      } else {
        expect(firstLine(letter!)).toBe('Iestāde ir pārcēlusi Jūsu pierakstu uz citu laiku');
        const to = firsts[n]!.split('|')[3]!.slice(0, 16);
        expect(invitationIn(letter!)).toBe(`REQUEST ${to}`);
      }
    }
    await clean();
  });
});
