import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { aCalendar, at, type Calendar } from '../support/build-clinic.js';
import { anOrder, type Guest, openPortal, type Portal } from './portal.js';

const now = '2027-03-01T06:00:00Z';
const say = (text: string): string => JSON.stringify({ lv: text, et: text, en: text, ru: text });

describe('what a service asks, over the API', () => {
  let portal: Portal;
  let calendar: Calendar;
  let guest: Guest;
  const pain = randomUUID();
  const eye = randomUUID();
  const fever = randomUUID();
  let hour = 8;

  beforeAll(async () => {
    portal = await openPortal(now);
    calendar = await aCalendar(portal.database, {
      open: [
        ['2027-03-02T09:00', '2027-03-02T20:00'],
        ['2027-03-03T09:00', '2027-03-03T20:00'],
        ['2027-03-04T09:00', '2027-03-04T20:00'],
      ],
      gridMinutes: 30,
      now,
    });
    guest = await portal.guest();
    const { clinicId, serviceId } = calendar;
    await portal.database.sql(
      `insert into service_question (id, clinic_id, service_id, position, kind, words, required, options, stop_values, stop_above, advice)
       values ($1, $4, $5, 1, 'yes-no', $6, true, '[]', '{yes}', null, $8),
              ($2, $4, $5, 2, 'choice', $6, true, $7, '{}', null, '{}'),
              ($3, $4, $5, 3, 'number', $6, false, '[]', '{}', 38.5, $8)`,
      [
        pain,
        eye,
        fever,
        clinicId,
        serviceId,
        say('Question?'),
        JSON.stringify([
          { id: 'left', words: { en: 'Left', lv: 'Kreisā' } },
          { id: 'right', words: { en: 'Right', lv: 'Labā' } },
        ]),
        say('Call 113 now.'),
      ],
    );
  });

  afterAll(async () => {
    await portal?.stop();
  });

  /** The next free half hour: every hold takes one of its own. */
  const start = (): string => {
    hour += 0.5;
    const day = 2 + Math.floor((hour - 8.5) / 11);
    const clock = 9 + ((hour - 8.5) % 11);
    const text = `${String(Math.floor(clock)).padStart(2, '0')}:${clock % 1 ? '30' : '00'}`;
    return at(calendar, `2027-03-0${day}T${text}`);
  };
  const book = (changed: object): Promise<Response> => portal.book(calendar, start(), guest, changed);
  const answer = (questionId: string, value: unknown) => ({ questionId, value });
  const good = [answer(pain, 'no'), answer(eye, 'left')];

  it('is told by GET /services/{id}, in the reader’s language', async () => {
    await portal.database.sql(
      `update service set age_from = 18, sex = 'female', target_groups = '{pregnant}' where id = $1`,
      [calendar.serviceId],
    );
    const { body } = await portal.get(`/services/${calendar.serviceId}`).set('Accept-Language', 'en').expect(200);
    expect(body).toMatchObject({
      ageFrom: { age: 18, unit: 'years' },
      ageTo: null,
      sex: 'female',
      groups: ['pregnant'],
      referral: { state: 'none', paid: 'none' },
      questions: [
        { id: 'sex', kind: 'choice', required: false },
        { id: 'group', kind: 'choice', required: true, options: [{ value: 'pregnant' }, { value: 'none' }] },
        { id: pain, kind: 'yes-no', required: true, options: [{ value: 'yes', label: 'Yes' }, { value: 'no' }] },
        { id: eye, kind: 'choice', options: [{ value: 'left', label: 'Left' }, { value: 'right' }] },
        { id: fever, kind: 'number', required: false, options: [] },
      ],
    });
    await portal.database.sql(`update service set age_from = null, sex = null, target_groups = '{}' where id = $1`, [
      calendar.serviceId,
    ]);
    await portal.get(`/services/${randomUUID()}`).expect(404);
  });

  it.each([
    ['nothing', undefined, [`answers.${pain}`, `answers.${eye}`]],
    ['an unknown question', [...good, answer(randomUUID(), 'x')], ['answers.2.questionId']],
    ['a word for a question', [...good, answer('__proto__', 'x')], ['answers.2.questionId']],
    ['another kind', [answer(pain, 'maybe'), answer(eye, 'middle')], ['answers.0.value', 'answers.1.value']],
    ['no number', [...good, answer(fever, 'hot')], ['answers.2.value']],
    ['too much', [...good, answer(fever, '1'.repeat(2001))], ['answers.2.value']],
    ['an empty answer', [answer(pain, 'no'), answer(eye, ' ')], ['answers.1.value']],
    ['one twice', [...good, answer(eye, 'right')], ['answers.2.questionId']],
    ['a list', [answer(pain, ['no']), answer(eye, 'left')], ['answers.0.value']],
    ['an object', [answer(pain, { yes: 1 }), answer(eye, 'left')], ['answers.0.value']],
    ['what was not asked', [...good, answer('sex', 'female')], ['answers.2.questionId']],
    ['a member of its own', [{ ...answer(pain, 'no'), score: 1 }, answer(eye, 'left')], ['answers.0.score']],
    ['too many', Array.from({ length: 51 }, () => answer(pain, 'no')), ['answers']],
  ])('is refused with %s, at its path', async (_, answers, paths) => {
    const refused = await book({ answers });
    expect(refused.status).toBe(400);
    const { code, errors } = refused.body as { code: string; errors: { path: string; detail: string }[] };
    expect(code).toBe('invalid');
    expect(errors.map(({ path }) => path)).toEqual(paths);
    expect(JSON.stringify(refused.body)).not.toContain('middle');
  });

  it('is taken as JSON means it, too', async () => {
    const booked = await book({ answers: [answer(pain, false), answer(eye, 'right'), answer(fever, 36.6)] });
    expect(booked.status).toBe(201);
  });

  it('ends with the clinic’s advice after an answer that stops, and gives the hold back', async () => {
    const held = await portal.hold(calendar, start());
    const order = anOrder(held.id, guest, { answers: [answer(pain, true)] });
    const stopped = await portal.post('/appointments', order, guest).set('X-Hold-Token', held.holdToken);
    expect(stopped.status).toBe(422);
    expect(stopped.body).toMatchObject({
      code: 'booking-stopped',
      detail: 'Call 113 now.',
      errors: [{ path: 'answers.0.value', code: 'stops' }],
    });
    const again = await portal.post('/appointments', order, guest).set('X-Hold-Token', held.holdToken);
    expect(again.body).toMatchObject({ code: 'hold-expired' });
    const fevered = await book({ answers: [...good, answer(fever, 38.6)] });
    expect(fevered.body).toMatchObject({ code: 'booking-stopped' });
  });

  it('is a referral of which one visit lives', async () => {
    const referrer = { name: 'Dr. Liepa', institution: 'Liepas prakse', phone: '+37167000000' };
    const referral = { number: 'lv 1-23', date: '2027-02-20', priority: 'urgent', referrer };
    const booked = await book({ answers: good, referral });
    expect(booked.status).toBe(201);
    const used = await book({ answers: good, referral: { ...referral, number: 'LV123' } });
    expect([used.status, (used.body as { code: string }).code]).toEqual([409, 'referral-used']);
    const { id } = booked.body as { id: string };
    await portal.post(`/appointments/${id}/cancel`, { version: 1 }, guest).expect(200);
    expect((await book({ answers: good, referral })).status).toBe(201);
    const old = await book({ answers: good, referral: { ...referral, number: 'X', date: '2026-11-01' } });
    expect((old.body as { code: string }).code).toBe('referral-expired');
    const ahead = await book({ answers: good, referral: { ...referral, number: 'X', date: '2027-03-02' } });
    expect(ahead.body).toMatchObject({ code: 'invalid', errors: [{ path: 'referral.date' }] });
    const wrong = { ...referral, number: '--', referrer: { ...referrer, phone: '1', email: 'x' } };
    const told = await book({ answers: good, referral: wrong });
    expect(told.body).toMatchObject({
      errors: [{ path: 'referral.referrer.phone' }, { path: 'referral.referrer.email' }],
    });
    await portal.database.sql(`update service set referral_required = true, referral_scope = 'all'`);
    expect((await book({ answers: good })).body).toMatchObject({ code: 'referral-needed' });
  });

  it('is asked again by nobody who moves: another service with questions is a new booking', async () => {
    await portal.database.sql(`update service set referral_required = false`);
    const other = await aCalendar(portal.database, {
      branch: { id: calendar.branchId, clinicId: calendar.clinicId, city: 'Rīga', zone: calendar.zone },
      open: [['2027-03-05T09:00', '2027-03-05T12:00']],
      gridMinutes: 30,
      now,
    });
    const booked = (await portal.book(other, at(other, '2027-03-05T09:00'), guest)).body as { id: string };
    const to = { version: 1, calendarId: calendar.id, serviceId: calendar.serviceId, start: start() };
    const moved = await portal.post(`/appointments/${booked.id}/move`, to, guest);
    expect(moved.body).toMatchObject({ code: 'not-bookable', why: 'ask-first' });
    await portal.database.sql(`update service set age_to = 17 where id = $1`, [other.serviceId]);
    const later = {
      version: 1,
      calendarId: other.id,
      serviceId: other.serviceId,
      start: at(other, '2027-03-05T10:00'),
    };
    const old = await portal.post(`/appointments/${booked.id}/move`, later, guest);
    expect(old.body).toMatchObject({ code: 'conditions-not-met', why: 'too-old' });
  });
});
