import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verificationCode } from '#libs/access';
import { aCalendar, at, type Calendar } from '../support/build-clinic.js';
import { anOrder, type Body, type Guest, key, openPortal, type Portal } from './portal.js';

const now = '2027-03-01T06:00:00Z';

describe('a request that is sent again', () => {
  let portal: Portal;
  let calendar: Calendar;
  let guest: Guest;
  const start = (wall: string) => at(calendar, wall);
  const codes = (answers: readonly { status: number; body: unknown }[]) =>
    answers.map(({ status, body }) => (status < 300 ? String(status) : `${status} ${String((body as Body)['code'])}`));
  const rows = async (table: string) =>
    Number((await portal.database.sql<{ n: string }>(`select count(*) as n from ${table}`))[0]!.n);

  beforeAll(async () => {
    portal = await openPortal(now);
    calendar = await aCalendar(portal.database, {
      open: [['2027-03-02T09:00', '2027-03-02T18:00']],
      gridMinutes: 30,
      now,
    });
    guest = await portal.guest();
  });

  afterAll(() => portal?.stop());

  it('holds once, and shows the same hold with the same token', async () => {
    const once = key();
    const order = { calendarId: calendar.id, serviceId: calendar.serviceId, start: start('2027-03-02T09:00') };
    const first = await portal.post('/holds', order).set('Idempotency-Key', once).expect(201);
    const again = await portal
      .post('/holds', { start: order.start, serviceId: order.serviceId, calendarId: order.calendarId })
      .set('Idempotency-Key', once.slice(1, -1))
      .expect(201);
    expect(again.body).toEqual(first.body);
    const other = await portal
      .post('/holds', { ...order, start: start('2027-03-02T09:30') })
      .set('Idempotency-Key', once);
    expect(codes([other])).toEqual(['422 idempotency-key-reused']);
  });

  it('books once although it is sent twenty times at once', async () => {
    const held = await portal.hold(calendar, start('2027-03-02T10:00'));
    const once = key();
    const send = () =>
      portal
        .post('/appointments', anOrder(held.id, guest), guest)
        .set('X-Hold-Token', held.holdToken)
        .set('Idempotency-Key', once);
    const answers = await Promise.all(Array.from({ length: 20 }, async () => send()));
    const told = new Set(codes(answers));
    expect([...told].every((each) => each === '201' || each === '409 in-progress')).toBe(true);
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => (body as Body)['id']));
    expect(ids.size).toBe(1);
    const after = await send();
    expect([after.status, (after.body as Body)['id']]).toEqual([201, [...ids][0]]);
    expect(await rows('appointment')).toBe(1);
    expect(await rows(`jobs.job where name = 'appointment-changed'`)).toBe(1);
  });

  it('finds its hold used when it comes with another key, and nothing is booked twice', async () => {
    const held = await portal.hold(calendar, start('2027-03-02T11:00'));
    const send = () => portal.post('/appointments', anOrder(held.id, guest), guest).set('X-Hold-Token', held.holdToken);
    await send().expect(201);
    expect(codes([await send()])).toEqual(['410 hold-expired']);
  });

  it('cancels and moves once', async () => {
    const booked = (await portal.book(calendar, start('2027-03-02T12:00'), guest)).body as { id: string };
    const once = key();
    const move = {
      version: 1,
      calendarId: calendar.id,
      serviceId: calendar.serviceId,
      start: start('2027-03-02T13:00'),
    };
    const sendMove = () => portal.post(`/appointments/${booked.id}/move`, move, guest).set('Idempotency-Key', once);
    const moved = [await sendMove(), await sendMove()];
    expect(moved.map(({ status, body }) => [status, (body as Body)['version']])).toEqual([
      [200, 2],
      [200, 2],
    ]);
    const cancelKey = key();
    const sendCancel = () =>
      portal.post(`/appointments/${booked.id}/cancel`, { version: 2 }, guest).set('Idempotency-Key', cancelKey);
    const cancelled = await Promise.all([sendCancel(), sendCancel(), sendCancel()]);
    expect(codes(cancelled).filter((each) => each !== '409 in-progress')).toContain('200');
    expect((await sendCancel()).body).toMatchObject({ status: 'cancelled', version: 3 });
    expect(await rows(`appointment_event where appointment_id = '${booked.id}'`)).toBe(3);
  });

  it('does not meet the key of somebody else', async () => {
    const other = await portal.guest();
    const once = key();
    const holds = [
      await portal.hold(calendar, start('2027-03-02T14:00')),
      await portal.hold(calendar, start('2027-03-02T15:00')),
    ];
    const mine = await portal
      .post('/appointments', anOrder(holds[0]!.id, guest), guest)
      .set('X-Hold-Token', holds[0]!.holdToken)
      .set('Idempotency-Key', once);
    const theirs = await portal
      .post('/appointments', anOrder(holds[1]!.id, other), other)
      .set('X-Hold-Token', holds[1]!.holdToken)
      .set('Idempotency-Key', once);
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect((mine.body as Body)['id']).not.toBe((theirs.body as Body)['id']);
  });

  it('was refused and is judged anew: a refusal is not remembered', async () => {
    const held = await portal.hold(calendar, start('2027-03-02T16:00'));
    const once = key();
    const order = { calendarId: calendar.id, serviceId: calendar.serviceId, start: start('2027-03-02T16:00') };
    const refused = await portal.post('/holds', order).set('Idempotency-Key', once);
    expect(codes([refused])).toEqual(['409 slot-taken']);
    await portal.delete(`/holds/${held.id}`).set('X-Hold-Token', held.holdToken).expect(204);
    await portal.post('/holds', order).set('Idempotency-Key', once).expect(201);
  });

  it('asks for one letter, and takes its code again when the answer was lost', async () => {
    const once = key();
    const send = () =>
      portal.post('/verifications', { email: 'ilze@patient.example', language: 'lv' }).set('Idempotency-Key', once);
    const asked = [await send().expect(202), await send().expect(202)].map(({ body }) => (body as { id: string }).id);
    expect(asked[0]).toBe(asked[1]);
    expect(await rows(`verification where email = 'ilze@patient.example'`)).toBe(1);
    const [id = ''] = asked;
    const codeKey = key();
    const prove = (withKey: string) =>
      portal.post(`/verifications/${id}`, { code: verificationCode(id, 0) }).set('Idempotency-Key', withKey);
    await prove(codeKey).expect(200);
    const { body } = await prove(codeKey).expect(200);
    await portal.get('/appointments', { email: '', token: (body as { guestToken: string }).guestToken }).expect(200);
    expect(codes([await prove(key())])).toEqual(['410 link-expired']);
  });

  it('gets no more than three letters to one address, however it is asked', async () => {
    const send = () => portal.post('/verifications', { email: 'zane@patient.example', language: 'lv' });
    const answers = await Promise.all(Array.from({ length: 12 }, async () => send()));
    expect(codes(answers).filter((each) => each === '202')).toHaveLength(3);
    expect(
      codes(answers).filter((each) => each !== '202' && each !== '429 too-many' && each !== '409 in-progress'),
    ).toEqual([]);
    const refused = await send();
    expect([refused.status, Number(refused.headers['retry-after'])]).toEqual([429, 900]);
  });

  it('is not tried more than five times with a wrong code', async () => {
    const { id } = (await portal.post('/verifications', { email: 'a@patient.example', language: 'lv' })).body as {
      id: string;
    };
    const right = verificationCode(id, 0);
    const wrong = right === '000000' ? '000001' : '000000';
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => portal.post(`/verifications/${id}`, { code: wrong })),
    );
    expect(codes(answers).filter((each) => each === '422 wrong-code').length).toBeLessThanOrEqual(5);
    for (let tries = 0; tries < 5; tries++) await portal.post(`/verifications/${id}`, { code: wrong });
    expect(codes([await portal.post(`/verifications/${id}`, { code: right })])).toEqual(['410 link-expired']);
  });

  it('is too late with its code after a quarter of an hour', async () => {
    const { id } = (await portal.post('/verifications', { email: 'b@patient.example', language: 'lv' })).body as {
      id: string;
    };
    portal.clock.advance({ minutes: 15 });
    expect(codes([await portal.post(`/verifications/${id}`, { code: verificationCode(id, 0) })])).toEqual([
      '410 link-expired',
    ]);
    portal.clock.set(now);
  });
});
