import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BookAppointment, CancelAppointment, MoveAppointment, OfferTimes, ReportAbsence } from '#libs/appointments';
import { DeliverText, HttpGateway, MakeReminders, NoteReceipt, ReadText, SendAgain } from '#libs/notifications';
import { Database, Jobs, readEnvironment } from '#libs/platform';
import { LetterStore } from '../../tools/mailbox/letter-store.js';
import { mailboxListener } from '../../tools/mailbox/web-server.js';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase, theTenSecondsPass } from '../support/database.js';
import { type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { type FakeGateway, fakeGateway, type GatewayMessage } from '../support/sms-gateway.js';
import { aRequest, asGuest, asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aCalendar, anAccount, aStaffMember, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

// Ten in the morning: nothing waits for the end of the quiet hours.
const start = '2026-11-30T08:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const ourNumber = '+37160000001';

describe('an SMS goes out and comes back', () => {
  let database: TestDatabase;
  let verbs: Verbs;
  let gateway: FakeGateway;
  let mail: SmtpCatcher;
  let worker: RunningApp;
  let booking: RunningApp;
  let calendar: BookableCalendar;
  const clock = testClock(start);

  beforeAll(async () => {
    database = await testDatabase();
    [gateway, mail] = await Promise.all([fakeGateway('messente'), smtpCatcher()]);
    await prepareEnvironment({
      database,
      smtpUrl: mail.url,
      variables: {
        SMS_GATEWAY_URL: gateway.url,
        SMS_GATEWAY: JSON.stringify({ preset: 'messente', sender: ourNumber, timeoutSeconds: 3 }),
      },
    });
    verbs = await verbsOn(database, start);
    [worker, booking] = await Promise.all([startApp('worker', { clock }), startApp('booking', { clock })]);
    calendar = await aCalendar(database, { minutes: 15, grid: 15 });
    await freeDaysAsOf(database, calendar, start);
  });
  afterAll(async () => {
    await worker?.stop();
    await booking?.stop();
    await verbs?.close();
    await gateway?.stop();
    await mail?.stop();
    await database?.drop();
  });
  beforeEach(() => {
    gateway.mood = 'takes';
    gateway.messages.length = 0;
    clock.set(start);
  });

  interface Visit {
    id: string;
    phone: string;
    start: Temporal.Instant;
  }
  let phones = 0;
  let times = 0;
  const aPhone = (): string => `+3712${String(1_000_000 + phones++ * 7)}`;
  interface Wishes {
    on?: string;
    phone?: string;
    email?: string | null;
    sms?: boolean;
    language?: 'lv' | 'et' | 'en' | 'ru';
  }
  const book = async (wishes: Wishes = {}): Promise<Visit> => {
    const { on = '2026-12-01', phone = aPhone(), sms = true, language = 'lv' } = wishes;
    const email = wishes.email === undefined ? `${randomUUID()}@patient.example` : wishes.email;
    const begins = at(`${on}T07:00:00Z`).add({ minutes: 15 * times++ });
    const actor = asGuest(await anAccount(database, email ?? undefined));
    const { id } = await verbs.get(BookAppointment).run({
      actor,
      slot: { calendarId: calendar.calendarId, serviceId: calendar.serviceId, start: begins },
      patient: {
        givenName: 'Ilze',
        familyName: `Ozola ${randomUUID()}`,
        birthDate: Temporal.PlainDate.from('1980-05-04'),
        language,
      },
      contact: { email, phone },
      wishes: { sms, strict: false },
      language,
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    return { id, phone, start: begins };
  };
  const cancelByClinic = async ({ id }: Visit): Promise<void> => {
    const actor = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    await verbs
      .get(CancelAppointment)
      .run({ actor, id, version: 1, reason: 'clinic-closed', request: aRequest(actor) });
    await theTenSecondsPass(database);
  };
  interface NoticeRow {
    id: string;
    kind: string;
    state: string;
    failure: string | null;
    answer: string | null;
    delivered_at: Date | null;
    bounced_at: Date | null;
    attempts: number;
  }
  const textsOf = ({ id }: Visit) =>
    database.sql<NoticeRow>(
      `select n.* from notice n left join reminder_visit v on v.reminder_id = n.reminder_id
        where n.channel = 'sms' and (n.appointment_id = $1 or v.appointment_id = $1) order by n.created_at, n.id`,
      [id],
    );
  const until = async (what: string, test: () => boolean | Promise<boolean>): Promise<void> => {
    for (let waited = 0; waited < 40_000; waited += 40) {
      if (await test()) return;
      await sleep(40);
    }
    throw new Error(`did not happen: ${what}`);
  };
  const becomes = (visit: Visit, state: string): Promise<void> =>
    until(`the message is ${state}`, async () => (await textsOf(visit)).at(-1)?.state === state);
  const messageTo = ({ phone }: Visit): Promise<GatewayMessage> => gateway.waitFor(({ to }) => to === phone);
  /** The waiting between two tries passes. */
  const retriesComeDue = () => database.sql(`update jobs.job set start_after = now() where state = 'retry'`);
  const told = async (visit: Visit): Promise<boolean> => {
    await until('the letters are told', async () => {
      const [row] = await database.sql<{ n: number }>(
        `select count(*)::integer as n from jobs.job
          where name in ('appointment-changed', 'text-due') and state in ('created', 'active', 'retry')`,
      );
      return row?.n === 0;
    });
    return (await textsOf(visit)).some(({ state }) => state === 'sent');
  };

  it('says what the clinic did, where and when, in one segment, and nothing of why somebody comes', async () => {
    const visit = await book();
    await cancelByClinic(visit);
    const message = await messageTo(visit);
    expect(message.text).toMatch(/^Iestade atcela Jusu viziti: otrd\., 1\. dec\., \d\d:\d\d/);
    expect(message.text.length).toBeLessThanOrEqual(160);
    const [names] = await database.sql<{ service: string; family: string }>(
      `select s.name ->> 'lv' as service, d.family_name as family from appointment a join service s on s.id = a.service_id
         join resource r on r.id = a.resource_id join practitioner d on d.id = r.practitioner_id where a.id = $1`,
      [visit.id],
    );
    for (const told of ['Ilze', 'Ozola', names!.service, names!.family]) expect(message.text).not.toContain(told);
    expect(message.from).toBe(ourNumber);
    expect(Buffer.from(message.authorization.split(' ')[1] ?? '', 'base64').toString()).toMatch(/^user:/);
    const [link] = /http\S+$/.exec(message.text) ?? [];
    expect(link).toMatch(new RegExp(`^${booking.url}/a/[0-9A-Z]{16}$`));
    const opened = await fetch(link!, { redirect: 'manual' });
    expect([opened.status, opened.headers.get('location')]).toEqual([302, `/lv/appointments/${visit.id}`]);
    expect((await fetch(`${booking.url}/a/0123456789ABCDEF`)).status).toBe(404);
  });

  it('goes to those who wished it and are near, or who gave nothing but a number', async () => {
    const [unwished, far, onlyPhone, landline] = [
      await book({ sms: false }),
      await book({ on: '2026-12-11' }),
      await book({ on: '2026-12-11', email: null, sms: false }),
      await book({ phone: '+37167222222', email: null, sms: false }),
    ];
    for (const visit of [unwished, far, onlyPhone, landline]) await cancelByClinic(visit);
    expect(await Promise.all([unwished, far, onlyPhone, landline].map(told))).toEqual([false, false, true, false]);
    expect(await textsOf(landline)).toMatchObject([{ state: 'dropped', failure: 'no-mobile' }]);
  });

  it('believes only what the gateway signed, and each receipt once', async () => {
    const [visit, undelivered] = [await book(), await book()];
    for (const each of [visit, undelivered]) await cancelByClinic(each);
    const message = await messageTo(visit);
    for (const each of [visit, undelivered]) await becomes(each, 'sent');
    expect(await gateway.receipt(message, 'DELIVRD', 'somebody else')).toBe(401);
    expect(await gateway.receipt(message, 'DELIVRD', null)).toBe(401);
    const forged = { ...message, receiptUrl: message.receiptUrl.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) };
    expect(await gateway.receipt(forged, 'DELIVRD')).toBe(401);
    expect((await textsOf(visit))[0]).toMatchObject({ delivered_at: null });
    expect(await gateway.receipt(message, 'ACCEPTD')).toBe(200);
    for (const state of ['DELIVRD', 'DELIVRD', 'UNDELIV']) expect(await gateway.receipt(message, state)).toBe(200);
    expect((await textsOf(visit))[0]).toMatchObject({
      delivered_at: expect.any(Date),
      bounced_at: null,
      failure: null,
    });
    const attempts = await database.sql(
      `select outcome from notice_attempt where notice_id = $1 and outcome = 'delivered'`,
      [(await textsOf(visit))[0]!.id],
    );
    expect(attempts).toHaveLength(1);
    expect(await gateway.receipt(await messageTo(undelivered), 'undeliv')).toBe(200);
    expect((await textsOf(undelivered))[0]).toMatchObject({ bounced_at: expect.any(Date), failure: 'not-delivered' });
    // Of no message of ours: taken in silence, or the gateway would come again for days.
    const unknown = { ...message, id: randomUUID(), receiptUrl: `${booking.url}/hooks/sms/receipt` };
    expect(await gateway.receipt(unknown, 'DELIVRD')).toBe(200);
  });

  it('never sends again what may have arrived, and hears of it by its receipt', async () => {
    const visit = await book();
    gateway.mood = 'silent';
    await cancelByClinic(visit);
    await becomes(visit, 'failed');
    expect((await textsOf(visit))[0]).toMatchObject({ failure: 'answer-lost' });
    gateway.mood = 'takes';
    // A worker that died in the middle would be given its job again.
    await database.sql(`update notice set state = 'queued' where id = $1`, [(await textsOf(visit))[0]!.id]);
    await database.sql(
      `update jobs.job set state = 'retry', start_after = now(), completed_on = null
        where name = 'text-due' and data ->> 'noticeId' = $1`,
      [(await textsOf(visit))[0]!.id],
    );
    await becomes(visit, 'failed');
    expect(gateway.messages.filter(({ to }) => to === visit.phone)).toHaveLength(1);
    expect(await gateway.receipt(await messageTo(visit), 'DELIVRD')).toBe(200);
    expect((await textsOf(visit))[0]).toMatchObject({ state: 'sent', failure: null, delivered_at: expect.any(Date) });
  });

  it('says that it was sent if it was, although the month is used up when the worker that died is back', async () => {
    const visit = await book();
    await cancelByClinic(visit);
    await becomes(visit, 'sent');
    const [{ id }] = (await textsOf(visit)) as [NoticeRow];
    const { staffMemberId } = await aStaffMember(database, calendar.clinicId, 'admin');
    await database.sql(
      `insert into sms_setting (clinic_id, sender, monthly_cap, plain_letters, changed_at, changed_by)
       values ($1, null, 1, true, $2, $3)`,
      [calendar.clinicId, start, staffMemberId],
    );
    await database.sql(`update notice set state = 'queued', sent_at = null where id = $1`, [id]);
    await worker.get(DeliverText).run({ noticeId: id, isLastTry: false });
    expect((await textsOf(visit))[0]).toMatchObject({ state: 'sent', failure: null });
    expect(gateway.messages.filter(({ to }) => to === visit.phone)).toHaveLength(1);
    await database.sql(`delete from sms_setting`);
  });

  it('leaves anew when staff ask for it, and only then', async () => {
    const actor = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    const sendAgain = new SendAgain(worker.get(Database), worker.get(Jobs), clock);
    const [undelivered, unheard] = [await book({ email: null }), await book({ email: null })];
    await cancelByClinic(undelivered);
    await becomes(undelivered, 'sent');
    expect(await gateway.receipt(await messageTo(undelivered), 'UNDELIV')).toBe(200);
    gateway.mood = 'silent';
    await cancelByClinic(unheard);
    await becomes(unheard, 'failed');
    gateway.mood = 'takes';
    for (const visit of [undelivered, unheard]) {
      const [{ id }] = (await textsOf(visit)) as [NoticeRow];
      await sendAgain.run({ actor, noticeId: id });
      await becomes(visit, 'sent');
      expect(gateway.messages.filter(({ to }) => to === visit.phone)).toHaveLength(2);
      const cost = await database.sql(`select from sms_sent where notice_id = $1`, [id]);
      expect(cost).toHaveLength(2);
    }
  });

  it('tries again where the gateway is broken, and sends once', async () => {
    const visit = await book();
    gateway.mood = 'broken';
    await cancelByClinic(visit);
    await until('it was tried', async () => (await textsOf(visit))[0]?.failure === 'server-refused');
    expect((await textsOf(visit))[0]).toMatchObject({
      state: 'queued',
      answer: 'HTTP 500',
    });
    gateway.mood = 'takes';
    await until('it left', async () => {
      await retriesComeDue();
      return (await textsOf(visit))[0]?.state === 'sent';
    });
    expect(gateway.messages.filter(({ to }) => to === visit.phone)).toHaveLength(1);
  });

  it('does not forget that it never arrived where the receipt overtakes the answer', async () => {
    const visit = await book();
    gateway.mood = 'broken';
    await cancelByClinic(visit);
    await until('it was tried', async () => (await textsOf(visit))[0]?.failure === 'server-refused');
    const receipt = { noticeId: (await textsOf(visit))[0]!.id, state: 'failed' as const, answer: 'UNDELIV' };
    expect(await worker.get(NoteReceipt).run(receipt)).toBe(true);
    gateway.mood = 'takes';
    await until('it left', async () => {
      await retriesComeDue();
      return (await textsOf(visit))[0]?.state === 'sent';
    });
    expect((await textsOf(visit))[0]).toMatchObject({ failure: 'not-delivered', answer: 'UNDELIV' });
  });

  it('waits for the morning where the gateway comes back at night, if it can wait', async () => {
    const visit = await book({ on: '2026-12-02' });
    gateway.mood = 'broken';
    const actor = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
    const { calendarId, serviceId } = calendar;
    const to = { calendarId, serviceId, start: visit.start.add({ hours: 24 }) };
    await verbs.get(MoveAppointment).run({ actor, id: visit.id, version: 1, to, request: aRequest(actor) });
    await theTenSecondsPass(database);
    await until('it was tried', async () => (await textsOf(visit))[0]?.failure === 'server-refused');
    gateway.mood = 'takes';
    clock.set('2026-11-30T20:00:00Z');
    const morning = '2026-12-01T06:00:00Z';
    await until('it is put off', async () => {
      await retriesComeDue();
      const [row] = await database.sql(`select from notice where id = $1 and next_try_at = $2`, [
        (await textsOf(visit))[0]?.id,
        morning,
      ]);
      return row !== undefined;
    });
    expect(gateway.messages.filter(({ to: phone }) => phone === visit.phone)).toEqual([]);
    clock.set(morning);
    await database.sql(`update jobs.job set start_after = now() where name = 'text-due' and state = 'created'`);
    await becomes(visit, 'sent');
    expect((await messageTo(visit)).text).toContain('Jaunais laiks: ceturtd., 3. dec.');
  });

  it('sees a refusal that came as 200, and does not try it again', async () => {
    const visit = await book();
    gateway.mood = 'error-inside';
    await cancelByClinic(visit);
    await becomes(visit, 'failed');
    expect((await textsOf(visit))[0]).toMatchObject({ failure: 'letter-refused', answer: 'HTTP 200 102', attempts: 1 });
  });

  it('counts segments, and stops what can wait at the clinic’s cap', async () => {
    const [used] = await database.sql<{ n: number }>(
      `select sum(segments)::integer as n from sms_sent where clinic_id = $1 and state <> 'refused'`,
      [calendar.clinicId],
    );
    expect(used!.n).toBeGreaterThan(3);
    const { staffMemberId } = await aStaffMember(database, calendar.clinicId, 'admin');
    await database.sql(
      `insert into sms_setting (clinic_id, sender, monthly_cap, plain_letters, changed_at, changed_by)
       values ($1, null, 1, false, $2, $3)`,
      [calendar.clinicId, start, staffMemberId],
    );
    const visit = await book();
    await cancelByClinic(visit);
    await becomes(visit, 'dropped');
    expect((await textsOf(visit))[0]).toMatchObject({ failure: 'texts-cap' });
    await database.sql(`update sms_setting set monthly_cap = 500`);
    // With its marks a message travels in another alphabet, and takes the shorter wording.
    const marked = await book();
    await cancelByClinic(marked);
    expect((await messageTo(marked)).text).toMatch(/^Iestāde atcēla Jūsu vizīti/);
    await database.sql(`delete from sms_setting`);
  });

  describe('what people answer', () => {
    const remind = async (...visits: Visit[]): Promise<void> => {
      clock.set(visits[0]!.start.subtract({ hours: 47 }).toString());
      const makeReminders = worker.get(MakeReminders);
      for (const due of await makeReminders.due()) await makeReminders.make(due);
      for (const visit of visits) await messageTo(visit);
      await until('all are reminded', async () => {
        const states = await Promise.all(visits.map(async (visit) => (await textsOf(visit)).at(-1)?.state));
        return states.every((state) => state === 'sent');
      });
    };
    const answer = (from: string, text: string, id = randomUUID(), secret?: string | null) =>
      gateway.answer(`${booking.url}/hooks/sms/incoming`, { from, to: ourNumber, text, id }, secret);
    const outcomeOf = async (id: string): Promise<string> => {
      let outcome = '';
      await until('the answer is read', async () => {
        const [row] = await database.sql<{ outcome: string | null }>(
          `select outcome from incoming_text where provider_id = $1`,
          [id],
        );
        outcome = row?.outcome ?? '';
        return outcome !== '';
      });
      return outcome;
    };
    const said = async (from: string, text: string): Promise<string> => {
      const id = randomUUID();
      expect(await answer(from, text, id)).toBe(200);
      return outcomeOf(id);
    };
    const stateOf = async ({ id }: Visit) => {
      const [row] = await database.sql<{ status: string; promised: boolean }>(
        `select status, patient_confirmed_start = starts_at as promised from appointment where id = $1`,
        [id],
      );
      return row;
    };
    const onDay = (day: string, more: Wishes = {}): Promise<Visit> => book({ ...more, on: day });

    it('is a promise, or cancels the one visit that was reminded of', async () => {
      const [comes, cannot] = [await onDay('2026-12-03'), await onDay('2026-12-03')];
      await remind(comes, cannot);
      expect((await messageTo(comes)).text).toContain(booking.url);
      expect(await said(comes.phone, 'Jā!')).toBe('confirmed');
      expect(await stateOf(comes)).toEqual({ status: 'booked', promised: true });
      await gateway.waitFor(({ to, text }) => to === comes.phone && text.startsWith('Paldies! Gaidisim Jus'));

      const id = randomUUID();
      expect(await answer(cannot.phone, 'Atcelt', id, 'somebody else')).toBe(401);
      expect(await answer(cannot.phone, 'Atcelt', id, null)).toBe(401);
      expect(await stateOf(cannot)).toMatchObject({ status: 'booked' });
      // The gateway comes twice with the same answer.
      expect(await Promise.all([answer(cannot.phone, 'Atcelt', id), answer(cannot.phone, 'Atcelt', id)])).toEqual([
        200, 200,
      ]);
      expect(await outcomeOf(id)).toBe('cancelled');
      expect(await stateOf(cannot)).toMatchObject({ status: 'cancelled' });
      await gateway.waitFor(({ to, text }) => to === cannot.phone && text.startsWith('Jusu vizite ir atcelta'));
      expect(gateway.messages.filter(({ to, text }) => to === cannot.phone && /atcelta/.test(text))).toHaveLength(1);
      const [step] = await database.sql<{ kind: string; actor: string }>(
        `select kind, actor_kind as actor from appointment_event where appointment_id = $1 order by version desc limit 1`,
        [cannot.id],
      );
      expect(step).toMatchObject({ kind: 'cancelled' });
      expect(['guest', 'patient']).toContain(step!.actor);
    });

    it('changes nothing where something would have to be guessed', async () => {
      const phone = aPhone();
      const [first, second] = [await onDay('2026-12-07', { phone }), await onDay('2026-12-07', { phone })];
      await remind(first, second);
      expect(await said(phone, 'Nē')).toBe('several-visits');
      expect(await stateOf(first)).toMatchObject({ status: 'booked' });
      expect(await said(phone, 'Nē, bet varbūt')).toBe('not-understood');
      expect(await said(phone, 'Lūdzu, zvaniet')).toBe('call-asked');
      // One message reminded of both: a yes is about both.
      expect(await said(phone, 'jā')).toBe('confirmed');
      expect([await stateOf(first), await stateOf(second)]).toMatchObject([{ promised: true }, { promised: true }]);
      // From a number that nothing went to.
      const stranger = aPhone();
      expect(await said(stranger, 'Atcelt')).toBe('no-visit');
      await until('the worker is done with it', async () => {
        const waiting = await database.sql(
          `select from jobs.job where name = 'text-came' and state in ('created', 'active', 'retry')`,
        );
        return waiting.length === 0;
      });
      expect(gateway.messages.filter(({ to }) => to === stranger)).toEqual([]);
    });

    it('takes one of the times that are offered when the doctor is ill, by its number', async () => {
      const phone = aPhone();
      const onlyPhone = { email: null, language: 'en' } as const;
      const visits = [
        await onDay('2026-12-17', { ...onlyPhone, phone }),
        await onDay('2026-12-17', { ...onlyPhone, phone }),
        await onDay('2026-12-17', onlyPhone),
      ] as const;
      const staff = asStaff(calendar.clinicId, await aStaffMember(database, calendar.clinicId));
      const { id: absence } = await verbs.get(ReportAbsence).run({
        actor: staff,
        clinicId: calendar.clinicId,
        practitionerId: calendar.practitionerId,
        during: { start: at('2026-12-17T00:00:00Z'), end: at('2026-12-17T22:00:00Z') },
        answerBy: at(start).add({ hours: 20 }),
        request: aRequest(staff),
      });
      const offerTimes = verbs.get(OfferTimes);
      for (const id of await offerTimes.waiting(absence)) expect(await offerTimes.run({ id })).toEqual({ offered: 2 });
      for (const visit of visits) await becomes(visit, 'sent');
      const [first, , other] = visits;
      expect((await messageTo(other)).text).toMatch(
        /Reply with a number: 1\) \w+,? \d+ Dec \d\d:\d\d, 2\) .* Or: http/,
      );

      // Two visits have offers: which of them the number is about nobody knows.
      expect(await said(phone, '1')).toBe('several-visits');
      expect(await stateOf(first)).toMatchObject({ status: 'booked' });
      expect(await said(other.phone, 'yes')).toBe('not-understood');
      await gateway.waitFor(({ to, text }) => to === other.phone && text.includes('just the number'));
      expect(await said(other.phone, '3')).toBe('not-understood');
      expect(await said(other.phone, '2.')).toBe('confirmed');
      const [moved] = await database.sql<{ taken: boolean; nth: number }>(
        `select a.starts_at = o.starts_at as taken,
                (select count(*)::integer from offer b where b.affected_visit_id = o.affected_visit_id and b.starts_at <= o.starts_at) as nth
           from appointment a join offer o on o.appointment_id = a.id and o.state = 'accepted' where a.id = $1`,
        [other.id],
      );
      expect(moved).toEqual({ taken: true, nth: 2 });
      await gateway.waitFor(({ to, text }) => to === other.phone && text.startsWith('Thank you! See you then'));
      // It is done: another number changes nothing.
      expect(await said(other.phone, '1')).toBe('not-understood');
    });

    it('is taken also with letters that nobody can store, or the gateway would come again for days', async () => {
      // Half of an emoji is what remains of one where a long message was cut in two.
      for (const text of ['Nē\u0000', 'Nē \ud83d']) {
        const id = randomUUID();
        expect(await answer(aPhone(), text, `${id}\u0000`)).toBe(200);
        expect(await outcomeOf(id)).toBe('no-visit');
      }
    });

    it('is answered as what it led to, also when the worker died before it wrote that down', async () => {
      const visit = await onDay('2026-12-04');
      await remind(visit);
      const id = randomUUID();
      expect(await answer(visit.phone, 'Atcelt', id)).toBe(200);
      expect(await outcomeOf(id)).toBe('cancelled');
      await gateway.waitFor(({ to, text }) => to === visit.phone && text.startsWith('Jusu vizite ir atcelta'));
      const [row] = await database.sql<{ id: string }>(
        `update incoming_text set outcome = null where provider_id = $1 returning id`,
        [id],
      );
      await worker.get(ReadText).run({ incomingTextId: row!.id, isLastTry: false });
      expect(await outcomeOf(id)).toBe('cancelled');
      expect(gateway.messages.filter(({ to, text }) => to === visit.phone && /atcelta/.test(text))).toHaveLength(1);
    });

    it('stops what is sent, and begins it again', async () => {
      const visit = await onDay('2026-12-09', { language: 'en' });
      await remind(visit);
      expect(await said(visit.phone, 'STOP')).toBe('stopped');
      await gateway.waitFor(({ to, text }) => to === visit.phone && text.includes('START'));
      const next = await onDay('2026-12-09', { phone: visit.phone });
      await cancelByClinic(next);
      await becomes(next, 'dropped');
      expect((await textsOf(next))[0]).toMatchObject({ failure: 'address-suppressed' });
      expect(await said(visit.phone, 'start')).toBe('started');
      const later = await onDay('2026-12-09', { phone: visit.phone });
      await cancelByClinic(later);
      await becomes(later, 'sent');
    });
  });

  describe('each gateway is spoken to in its own way', () => {
    const settingsOf = (preset: string, url: string, timeoutSeconds = 10) =>
      readEnvironment({
        DATABASE_URL: database.appUrl,
        SECRET_KEYS: 'a key for tests that guards nothing at all',
        SMS_GATEWAY_URL: url,
        SMS_GATEWAY: JSON.stringify({ preset, sender: 'Klinika', timeoutSeconds }),
      }).smsGateway!;

    it.each(['messente', 'text2reach', 'twilio'] as const)('%s', async (protocol) => {
      const real = await fakeGateway(protocol);
      try {
        const speak = new HttpGateway(real.url, settingsOf(protocol, real.url));
        const id = randomUUID();
        const text = 'Jusu vizite {to} & {password} = 10:30 [Tallinn] €';
        const { providerId } = await speak.send({ to: '+37120000000', body: text, sender: null, id });
        expect(real.messages).toMatchObject([
          { id: providerId, to: protocol === 'text2reach' ? '37120000000' : '+37120000000', from: 'Klinika', text },
        ]);
        expect(real.messages[0]!.receiptUrl).toContain(`/hooks/sms/receipt/${id}/`);
        const again = (by = speak) => by.send({ to: '+37120000000', body: 'a', sender: '1188', id });
        real.mood = 'error-inside';
        await expect(again()).rejects.toMatchObject({ reason: 'letter-refused', isFinal: true });
        real.mood = 'broken';
        await expect(again()).rejects.toMatchObject({ reason: 'server-refused', isFinal: false, answer: 'HTTP 500' });
        real.mood = 'busy';
        await expect(again()).rejects.toMatchObject({ reason: 'server-refused', isFinal: false, answer: 'HTTP 429' });
        real.mood = 'silent';
        const hasty = new HttpGateway(real.url, settingsOf(protocol, real.url, 1));
        await expect(again(hasty)).rejects.toMatchObject({ reason: 'answer-lost', isFinal: true });
      } finally {
        await real.stop();
      }
      const nobody = new HttpGateway(real.url, settingsOf(protocol, real.url));
      await expect(nobody.send({ to: '+37120000000', body: 'a', sender: null, id: 'x' })).rejects.toMatchObject({
        reason: 'server-unreachable',
        isFinal: false,
      });
    });

    it('the local mailbox, as a phone would answer', async () => {
      const letters = await LetterStore.open({ limit: 3, now: () => clock.now() });
      const server = createServer(mailboxListener(letters));
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      try {
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/sms`;
        const speak = new HttpGateway(url, settingsOf('mailbox', url));
        const { providerId } = await speak.send({ to: '+37120000000', body: 'Jā?', sender: null, id: randomUUID() });
        const [message] = letters.list();
        expect(message).toMatchObject({ id: providerId, kind: 'sms', to: '+37120000000', from: 'Klinika' });
      } finally {
        server.close();
        server.closeAllConnections();
      }
    });
  });
});
