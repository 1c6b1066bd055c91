import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { accessEntities } from '#libs/access';
import {
  appointmentsEntities,
  BookAppointment,
  CancelAppointment,
  ChooseNotices,
  MoveAppointment,
} from '#libs/appointments';
import { calendarsEntities } from '#libs/calendars';
import {
  DeliverReminder,
  DeliveryFailure,
  type DueReminder,
  LETTER_TRANSPORT,
  MakeReminders,
  NotificationsModule,
  notificationsEntities,
  type OutgoingLetter,
  TEXT_TRANSPORT,
} from '#libs/notifications';
import { peopleEntities } from '#libs/people';
import { CLOCK, PlatformModule } from '#libs/platform';
import { migrations } from '../../migrations/index.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { type TestClock, testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { formsOf, PageVisitor } from '../support/page-visitor.js';
import { aRequest, asGuest } from '../support/verbs.js';
import { aCalendar, anAccount, type BookableCalendar } from '../support/world.js';

const began = '2026-10-12T07:00:00Z';
const riga = 'Europe/Riga';
/** A wall time of the clinics as an instant. */
const local = (wall: string): string => Temporal.PlainDateTime.from(wall).toZonedDateTime(riga).toInstant().toString();

interface Sent {
  to: string;
  text: string;
  subject?: string;
}

interface Wishes {
  sms?: boolean;
  mail?: boolean;
  phone?: string | null;
  email?: string | null;
  accountId?: string;
  language?: 'lv' | 'et' | 'en' | 'ru';
}

describe('reminders are true when they leave', () => {
  let database: TestDatabase;
  let booking: RunningApp;
  let worker: TestingModule;
  let secondWorker: TestingModule;
  let clock: TestClock;
  const letters: Sent[] = [];
  const texts: Sent[] = [];
  let refusedNumber: string | undefined;
  let phones = 0;

  const aWorker = (): Promise<TestingModule> =>
    Test.createTestingModule({
      imports: [
        PlatformModule.forRoot({
          name: 'story',
          entities: [
            ...accessEntities,
            ...peopleEntities,
            ...calendarsEntities,
            ...appointmentsEntities,
            ...notificationsEntities,
          ],
          migrations,
        }),
        NotificationsModule,
      ],
    })
      .overrideProvider(CLOCK)
      .useValue(clock)
      .overrideProvider(LETTER_TRANSPORT)
      .useValue({
        send: async ({ to, subject, text }: OutgoingLetter) => void letters.push({ to, subject, text }),
        close: async () => undefined,
      })
      .overrideProvider(TEXT_TRANSPORT)
      .useValue({
        send: async ({ to, body }: { to: string; body: string }) => {
          if (to === refusedNumber) throw new DeliveryFailure('address-refused', true, '21211');
          texts.push({ to, text: body });
          return { providerId: randomUUID() };
        },
        close: async () => undefined,
      })
      .compile()
      .then((module) => module.init());

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({
      database,
      variables: { SMS_GATEWAY_URL: 'http://127.0.0.1:9/', SMS_GATEWAY: '{"preset":"mailbox"}' },
    });
    clock = testClock(began);
    booking = await startApp('booking', { clock });
    [worker, secondWorker] = await Promise.all([aWorker(), aWorker()]);
  });
  afterAll(async () => {
    await Promise.all([worker?.close(), secondWorker?.close()]);
    await booking?.stop();
    await database?.drop();
  });
  afterEach(async () => {
    clock.set(began);
    letters.length = texts.length = 0;
    refusedNumber = undefined;
    // Each story begins with nothing that is still to be reminded of.
    await database.sql(`update appointment set mail_reminders = false, wishes_sms = false`);
    await database.sql(`delete from reminder_setting`);
  });

  const days = (first: string, count = 60) => ({
    openings: Array.from({ length: count }, (_, index) => {
      const day = Temporal.PlainDate.from(first).add({ days: index }).toString();
      return { start: `${day}T03:00:00Z`, end: `${day}T17:00:00Z` };
    }),
  });
  const aClinic = (): Promise<BookableCalendar> => aCalendar(database, days('2026-10-12'));
  const aMobile = (): string => `+3712${String(9_000_000 + phones++)}`;
  const book = async (calendar: BookableCalendar, wall: string, wishes: Wishes = {}): Promise<string> => {
    const { sms = false, mail = false, phone = aMobile(), language = 'lv' } = wishes;
    const email = wishes.email === undefined ? `${randomUUID()}@patient.example` : wishes.email;
    const actor = asGuest(wishes.accountId ?? (await anAccount(database, email ?? undefined)));
    const { id } = await booking.get(BookAppointment).run({
      actor,
      slot: {
        calendarId: calendar.calendarId,
        serviceId: calendar.serviceId,
        start: Temporal.Instant.from(local(wall)),
      },
      patient: {
        givenName: 'Jānis',
        familyName: `Ozols ${randomUUID()}`,
        birthDate: Temporal.PlainDate.from('1980-05-04'),
        language,
      },
      contact: { email, phone },
      language,
      termsVersion: '1',
      origin: 'portal',
      wishes: { sms, mail },
      request: aRequest(actor),
    });
    return id;
  };
  const ownerOf = async (id: string) => {
    const [row] = await database.sql<{ account_id: string; version: number }>(
      `select account_id, version from appointment where id = $1`,
      [id],
    );
    return { actor: asGuest(row!.account_id), version: row!.version };
  };
  const cancel = async (id: string) => {
    const { actor, version } = await ownerOf(id);
    await booking.get(CancelAppointment).run({ actor, id, version, request: aRequest(actor) });
  };
  const move = async (calendar: BookableCalendar, id: string, wall: string) => {
    const { actor, version } = await ownerOf(id);
    const slot = {
      calendarId: calendar.calendarId,
      serviceId: calendar.serviceId,
      start: Temporal.Instant.from(local(wall)),
    };
    await booking.get(MoveAppointment).run({ actor, id, version, to: slot, request: aRequest(actor) });
  };
  /** The round writes what is due, without anything being sent yet. */
  const round = async (of = worker): Promise<string[]> => {
    const verb = of.get(MakeReminders, { strict: false });
    const ids: (string | null)[] = [];
    for (const due of [...(await verb.due()), ...(await verb.dueOfQueues())]) ids.push(await verb.make(due));
    return ids.filter((id) => id !== null);
  };
  const deliver = async (ids: readonly string[], isLastTry = true): Promise<void> => {
    for (const reminderId of ids) await worker.get(DeliverReminder, { strict: false }).run({ reminderId, isLastTry });
  };
  /** What leaves when the worker looks at this moment of the clinics' clock. */
  const leavesAt = async (wall: string): Promise<number> => {
    clock.set(local(wall));
    const before = letters.length + texts.length;
    await deliver(await round());
    return letters.length + texts.length - before;
  };
  const whyNot = async (id: string): Promise<(string | null)[]> =>
    (
      await database.sql<{ failure: string | null }>(
        `select n.failure from notice n join reminder_visit v on v.reminder_id = n.reminder_id
          where v.appointment_id = $1 and n.channel <> 'portal' order by n.created_at`,
        [id],
      )
    ).map(({ failure }) => failure);

  // R4-13
  it('leave as SMS two days before, to those who wished it and gave a mobile number', async () => {
    const calendar = await aClinic();
    await book(calendar, '2026-10-20T10:00', { phone: '+37129123456', sms: true });
    await book(calendar, '2026-10-20T10:30', { phone: '+37129123457', sms: false });
    await book(calendar, '2026-10-20T11:00', { phone: '+37167123456', sms: true });
    await book(calendar, '2026-10-20T11:30', { phone: null, sms: true });
    expect(await leavesAt('2026-10-18T09:59')).toBe(0);
    expect(await leavesAt('2026-10-18T12:00')).toBe(1);
    const [text] = texts;
    expect(text!.to).toBe('+37129123456');
    expect(text!.text).toContain('20.10. plkst. 10:00');
    expect(text!.text).toMatch(/\/lv\/come\/[0-9a-z]+-[\w-]{16}$/);
    // One message of GSM 7 bit (faults.md H13).
    expect(text!.text.length).toBeLessThanOrEqual(160);
    expect(text!.text).not.toMatch(/[āčēģīķļņšūž]/i);
    for (const wall of ['2026-10-18T12:01', '2026-10-19T12:00', '2026-10-20T09:00'])
      expect(await leavesAt(wall)).toBe(0);
  });

  it('leave by e-mail with two buttons, one recipient, and nothing of what the visit is for', async () => {
    const calendar = await aClinic();
    const email = `${randomUUID()}@patient.example`;
    const id = await book(calendar, '2026-10-20T10:00', { mail: true, email, language: 'en' });
    expect(await leavesAt('2026-10-18T10:00')).toBe(1);
    const [letter] = letters;
    expect(letter).toMatchObject({ to: email, subject: 'Your appointment: 20 October 2026' });
    expect(letter!.text).toContain('We remind you of your appointment');
    expect(letter!.text).toContain('Tuesday, 20 October 2026, 10:00');
    expect(letter!.text).toContain('I’ll come');
    expect(letter!.text).toContain('I can’t come');
    const [service] = await database.sql<{ name: Record<string, string> }>(`select name from service where id = $1`, [
      calendar.serviceId,
    ]);
    for (const name of Object.values(service!.name)) expect(letter!.text).not.toContain(name);
    expect(letter!.text).not.toContain('Ozols');
    expect(await whyNot(id)).toEqual([null]);
  });

  it('do not come for a visit that was cancelled, also after the reminder was written', async () => {
    const calendar = await aClinic();
    const before = await book(calendar, '2026-10-20T10:00', { sms: true });
    const after = await book(calendar, '2026-10-20T11:00', { sms: true });
    await cancel(before);
    clock.set(local('2026-10-18T12:00'));
    const written = await round();
    expect(written).toHaveLength(1);
    await cancel(after);
    await deliver(written);
    expect(texts).toEqual([]);
    expect(await whyNot(after)).toEqual(['no-longer-so']);
    expect(await leavesAt('2026-10-19T12:00')).toBe(0);
  });

  it('tell of the new time of a visit that was moved, also after the reminder was written', async () => {
    const calendar = await aClinic();
    const id = await book(calendar, '2026-10-20T10:00', { sms: true });
    clock.set(local('2026-10-18T12:00'));
    const written = await round();
    await move(calendar, id, '2026-10-23T16:00');
    await deliver(written);
    expect(texts).toEqual([]);
    expect(await leavesAt('2026-10-21T15:59')).toBe(0);
    expect(await leavesAt('2026-10-21T16:00')).toBe(1);
    expect(texts[0]!.text).toContain('23.10. plkst. 16:00');
  });

  it('go to the number that the visit has when they leave', async () => {
    const calendar = await aClinic();
    const id = await book(calendar, '2026-10-20T10:00', { sms: true });
    clock.set(local('2026-10-18T12:00'));
    const written = await round();
    await database.sql(`update appointment set contact_phone = '+37129000001' where id = $1`, [id]);
    await deliver(written);
    expect(texts.map(({ to }) => to)).toEqual(['+37129000001']);
  });

  it('do not come to an address that nobody answers for, nor after they were switched off', async () => {
    const calendar = await aClinic();
    const unproven = await book(calendar, '2026-10-20T10:00', { mail: true });
    const stranger = await book(calendar, '2026-10-20T10:30', { mail: true });
    const toStranger = (id: string) =>
      database.sql(`update appointment set contact_email = 'stranger@example.com' where id = $1`, [id]);
    await toStranger(stranger);
    const off = await book(calendar, '2026-10-20T11:00', { mail: true, sms: true });
    clock.set(local('2026-10-18T12:00'));
    const written = await round();
    expect(written).toHaveLength(3);
    await toStranger(unproven);
    await booking.get(ChooseNotices).ofAccount((await ownerOf(off)).actor, { mail: false, sms: false, strict: false });
    await deliver(written);
    expect([...letters, ...texts]).toEqual([]);
    expect(await whyNot(unproven)).toEqual(['address-unproven']);
    expect(await whyNot(off)).toEqual(['no-longer-so', 'no-longer-so']);
  });

  it('leave those alone whose booking letter has just left', async () => {
    const calendar = await aClinic();
    await book(calendar, '2026-10-13T10:00', { sms: true });
    await book(calendar, '2026-10-14T09:00', { sms: true });
    for (const wall of ['2026-10-12T12:00', '2026-10-13T08:00', '2026-10-13T09:59'])
      expect(await leavesAt(wall)).toBe(0);
    expect(await leavesAt('2026-10-13T10:00')).toBe(1);
    expect(texts[0]!.text).toContain('14.10.');
  });

  // F105
  it('tell one person of all visits of a day at once', async () => {
    const calendar = await aClinic();
    const contact = { phone: '+37129222222', email: `${randomUUID()}@patient.example`, sms: true, mail: true };
    const accountId = await anAccount(database, contact.email);
    await book(calendar, '2026-10-20T10:00', { ...contact, accountId });
    await book(calendar, '2026-10-20T15:30', { ...contact, accountId });
    await book(calendar, '2026-10-21T10:00', { ...contact, accountId });
    expect(await leavesAt('2026-10-18T10:00')).toBe(2);
    expect(texts[0]!.text).toContain('10:00, 15:30');
    expect(letters[0]!.text).toContain('15:30');
    expect(await leavesAt('2026-10-18T16:00')).toBe(0);
    expect(await leavesAt('2026-10-19T10:00')).toBe(2);
  });

  it('keep the local clock in the weeks when clocks change, and never come at night', async () => {
    const calendar = await aClinic();
    await book(calendar, '2026-10-26T12:00', { sms: true });
    await book(calendar, '2026-10-26T07:00', { sms: true });
    expect(await leavesAt('2026-10-24T07:30')).toBe(0);
    // Quiet until eight. Noon of Saturday is 49 hours before noon of Monday.
    expect(await leavesAt('2026-10-24T08:00')).toBe(1);
    expect(await leavesAt('2026-10-24T11:59')).toBe(0);
    expect(await leavesAt('2026-10-24T12:00')).toBe(1);
  });

  it('come in the morning after a night without a worker, and not for what is over', async () => {
    const calendar = await aClinic();
    await book(calendar, '2026-10-20T08:30', { sms: true });
    await book(calendar, '2026-10-20T14:00', { sms: true });
    expect(await leavesAt('2026-10-19T23:30')).toBe(0);
    expect(await leavesAt('2026-10-20T08:00')).toBe(1);
    expect(texts[0]!.text).toContain('14:00');
    expect(await leavesAt('2026-10-20T15:00')).toBe(0);
  });

  it('wait for the morning when a gateway comes back at night', async () => {
    const calendar = await aClinic();
    await book(calendar, '2026-10-20T19:30', { sms: true });
    clock.set(local('2026-10-18T20:45'));
    const written = await round();
    clock.set(local('2026-10-18T22:00'));
    await deliver(written, false);
    expect(texts).toEqual([]);
    expect(await leavesAt('2026-10-18T23:00')).toBe(0);
    expect(await leavesAt('2026-10-19T08:00')).toBe(1);
  });

  it('are stopped by nobody else’s bad number', async () => {
    const calendar = await aClinic();
    refusedNumber = aMobile();
    for (let n = 0; n < 24; n++) {
      const wall = Temporal.PlainDateTime.from('2026-10-20T07:00').add({ minutes: 30 * n });
      await book(calendar, wall.toString(), { sms: true, ...(n === 3 && { phone: refusedNumber }) });
    }
    expect(await leavesAt('2026-10-18T20:00')).toBe(23);
    expect(new Set(texts.map(({ to }) => to)).size).toBe(23);
  });

  // faults.md B5
  it('are made once by two workers that look at the same moment', async () => {
    const calendar = await aClinic();
    for (const wall of ['10:00', '10:30', '11:00', '11:30']) await book(calendar, `2026-10-20T${wall}`, { sms: true });
    clock.set(local('2026-10-18T12:00'));
    const workers = [worker, secondWorker].map((each) => each.get(MakeReminders, { strict: false }));
    const seen: DueReminder[][] = await Promise.all(workers.map((each) => each.due()));
    expect(seen.map((due) => due.length)).toEqual([4, 4]);
    const made = await Promise.all(seen.flatMap((due, n) => due.map((each) => workers[n]!.make(each))));
    const ids = made.filter((id) => id !== null);
    expect(ids).toHaveLength(4);
    await deliver([...ids, ...ids]);
    expect(texts).toHaveLength(4);
  });

  // R3-22
  it('tell whoever was booked seven months ahead of time and place a month before', async () => {
    const calendar = await aClinic();
    const booked = async (wall: string, at: string) => {
      const id = await book(calendar, wall, { mail: true });
      await database.sql(`update appointment set created_at = $2 where id = $1`, [id, at]);
      await database.sql(`update appointment_event set at = $2 where appointment_id = $1`, [id, at]);
    };
    await booked('2026-12-08T10:00', '2026-04-30T07:00:00Z');
    await booked('2026-12-08T11:00', '2026-07-07T07:00:00Z');
    expect(await leavesAt('2026-11-08T09:59')).toBe(0);
    expect(await leavesAt('2026-11-08T11:00')).toBe(1);
    expect(letters[0]!.text).toContain('Pēc mēneša Jums ir vizīte');
    expect(await leavesAt('2026-11-09T12:00')).toBe(0);
    expect(await leavesAt('2026-12-06T11:00')).toBe(2);
  });

  describe('their link', () => {
    const reminded = async (wishes: Wishes = {}, walls = ['2026-10-20T10:00']) => {
      const calendar = await aClinic();
      const contact = { phone: aMobile(), email: `${randomUUID()}@patient.example`, sms: true, ...wishes };
      const accountId = await anAccount(database, contact.email ?? undefined);
      const ids: string[] = [];
      for (const wall of walls) ids.push(await book(calendar, wall, { ...contact, accountId, language: 'en' }));
      await leavesAt('2026-10-18T12:00');
      const path = /\/en\/come\/\S+/.exec(texts[0]!.text)![0];
      return { calendar, ids, path, visitor: new PageVisitor(booking) };
    };
    const states = async (ids: readonly string[]) =>
      database.sql<{ status: string; promised: boolean; late: boolean }>(
        `select status, patient_confirmed_start is not distinct from starts_at as promised, late_cancel as late
           from appointment where id = any($1) order by starts_at`,
        [ids],
      );
    const answer = (page: { html: string; path: string }, text: string, n = 0) => {
      const forms = formsOf(page as never).filter(({ fields }) => fields['answer'] === text);
      return { path: forms[n]!.action, fields: forms[n]!.fields };
    };

    // faults.md F10, promise 11
    it('changes nothing until a person presses a button, however often it is opened', async () => {
      const { ids, path, visitor } = await reminded();
      for (let n = 0; n < 100; n++) expect((await visitor.get(path)).status).toBe(200);
      expect(await states(ids)).toEqual([{ status: 'booked', promised: false, late: false }]);
      const page = await visitor.get(path);
      expect(page.text).toContain('Will you come?');
      expect(page.text).not.toContain('Ozols');
      const { path: to, fields } = answer(page, 'come');
      const done = await visitor.post(to, fields);
      expect(done.text).toContain('Thank you. The clinic can see that you will come.');
      expect(await states(ids)).toEqual([{ status: 'booked', promised: true, late: false }]);
      // A second press, and one from another device, are harmless.
      expect((await new PageVisitor(booking).post(to, fields)).status).toBe(200);
      const [event] = await database.sql<{ n: number }>(
        `select count(*)::int as n from appointment_event where appointment_id = $1`,
        [ids[0]],
      );
      expect(event!.n).toBe(1);
    });

    it('cancels one of two visits, says before that it is late, and offers another time', async () => {
      const { calendar, ids, path, visitor } = await reminded({}, ['2026-10-20T10:00', '2026-10-20T11:00']);
      await database.sql(`update calendar set late_cancel_hours = 24 where id = $1`, [calendar.calendarId]);
      clock.set(local('2026-10-19T18:00'));
      const page = await visitor.get(path);
      expect(page.text).toContain('If you cancel now, it counts as late.');
      const { path: to, fields } = answer(page, 'cannot', 1);
      const done = await visitor.post(to, fields);
      expect(done.text).toContain('This visit is cancelled');
      expect(done.text).toContain('Find another time');
      expect(await states(ids)).toEqual([
        { status: 'booked', promised: false, late: false },
        { status: 'cancelled', promised: false, late: true },
      ]);
      expect((await visitor.post(to, fields)).status).toBe(200);
      const [step] = await database.sql<{ actor_kind: string; reason_code: string }>(
        `select actor_kind, reason_code from appointment_event where appointment_id = $1 order by version desc limit 1`,
        [ids[1]],
      );
      expect(step).toEqual({ actor_kind: 'guest', reason_code: 'patient-asked' });
    });

    it('is good for its own visits only, until they begin', async () => {
      const { ids, path, visitor } = await reminded();
      const other = await reminded();
      const stranger = await visitor.post(path, { visit: other.ids[0]!, answer: 'cannot' });
      expect(stranger.status).toBe(404);
      expect((await visitor.get(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404);
      expect(await states([...ids, ...other.ids])).toMatchObject([{ status: 'booked' }, { status: 'booked' }]);
      clock.set(local('2026-10-20T10:00'));
      const late = await visitor.get(path);
      expect(late.text).toContain('This visit has begun already');
      await visitor.post(path, { visit: ids[0]!, answer: 'cannot' });
      expect(await states(ids)).toMatchObject([{ status: 'booked' }]);
      clock.set(local('2026-10-22T10:00'));
      const over = await visitor.get(path);
      expect(over).toMatchObject({ status: 404 });
      expect(over.text).toContain('This link does not work any more');
    });

    it('says nothing but the time to whoever chose letters that say little', async () => {
      const { ids, path, visitor } = await reminded();
      await booking
        .get(ChooseNotices)
        .ofAccount((await ownerOf(ids[0]!)).actor, { mail: false, sms: true, strict: true });
      const [branch] = await database.sql<{ address: string; clinic: string }>(
        `select b.address, c.name as clinic from appointment a join branch b on b.id = a.branch_id
           join clinic c on c.id = a.clinic_id where a.id = $1`,
        [ids[0]],
      );
      const page = await visitor.get(path);
      expect(page.text).toContain('Tuesday, 20 October 2026, 10:00');
      expect(page.text).not.toContain(branch!.address);
      expect(page.text).not.toContain(branch!.clinic);
    });
  });
});
