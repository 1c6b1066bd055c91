import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { aCalendar, at, type Calendar } from '../support/build-clinic.js';
import { anOrder, type Body, type Guest, openPortal, type Portal } from './portal.js';

const now = '2027-03-01T06:00:00Z';

describe('what the API refuses', () => {
  let portal: Portal;
  let calendar: Calendar;
  let guest: Guest;
  const start = (wall: string) => at(calendar, wall);
  const holdAt = (when: string, more: object = {}) =>
    portal.post('/holds', { calendarId: calendar.id, serviceId: calendar.serviceId, start: when, ...more });

  beforeAll(async () => {
    portal = await openPortal(now);
    calendar = await aCalendar(portal.database, {
      open: [
        ['2027-03-02T09:00', '2027-03-02T12:00'],
        ['2027-03-01T08:30', '2027-03-01T12:00'],
      ],
      gridMinutes: 30,
      now,
    });
    guest = await portal.guest();
  });

  afterAll(() => portal?.stop());

  it.each([
    ['in the past', '2026-03-02T09:00', 422, 'not-bookable', 'in-the-past'],
    ['too soon', '2027-03-01T08:30', 422, 'not-bookable', 'too-soon'],
    ['outside the openings', '2027-03-02T14:00', 422, 'not-bookable', 'outside-hours'],
    ['so late that the visit would not end in time', '2027-03-02T11:45', 422, 'not-bookable', undefined],
    ['off the grid', '2027-03-02T09:10', 422, 'not-bookable', 'off-grid'],
    ['beyond the horizon', '2028-03-02T09:00', 422, 'not-bookable', undefined],
  ])('a time %s', async (_, wall, status, code, why) => {
    const answer = await holdAt(start(wall));
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      code,
      ...(why && { why }),
      title: expect.any(String),
      detail: expect.any(String),
    });
  });

  it('a calendar or service that is not there', async () => {
    await portal
      .post('/holds', { calendarId: randomUUID(), serviceId: calendar.serviceId, start: start('2027-03-02T09:00') })
      .expect(404);
    await portal
      .post('/holds', { calendarId: calendar.id, serviceId: randomUUID(), start: start('2027-03-02T09:00') })
      .expect(404);
    await portal.get(`/calendars/${calendar.id}/slots?service=${randomUUID()}`).expect(404);
  });

  it('a time that somebody else has', async () => {
    const held = await portal.hold(calendar, start('2027-03-02T09:00'));
    const answer = await holdAt(start('2027-03-02T09:00'));
    expect([answer.status, (answer.body as Body)['code']]).toEqual([409, 'slot-taken']);
    const other = await portal.guest();
    // Knowing the id is not having the hold.
    await portal.post('/appointments', anOrder(held.id, other), other).expect(404);
    await portal.post('/appointments', anOrder(held.id, other), other).set('X-Hold-Token', 'x').expect(404);
  });

  it('a hold that has ended', async () => {
    const held = await portal.hold(calendar, start('2027-03-02T09:30'));
    portal.clock.advance({ minutes: 10 });
    const late = await portal.post('/appointments', anOrder(held.id, guest), guest).set('X-Hold-Token', held.holdToken);
    expect([late.status, (late.body as Body)['code']]).toEqual([410, 'hold-expired']);
    await portal.post(`/holds/${held.id}/extend`).set('X-Hold-Token', held.holdToken).expect(410);
    portal.clock.set(now);
  });

  it('a booking by nobody, under old terms, or to an address that was not proven', async () => {
    const held = await portal.hold(calendar, start('2027-03-02T10:00'));
    const send = (changed: object, as?: Guest) =>
      portal.post('/appointments', anOrder(held.id, guest, changed), as).set('X-Hold-Token', held.holdToken);
    await send({}).expect(401);
    const old = await send({ terms: { version: '2020-01-01' } }, guest);
    expect([old.status, (old.body as Body)['code']]).toEqual([422, 'terms-outdated']);
    const elsewhere = await send({ contact: { email: 'else@patient.example' } }, guest);
    expect(elsewhere.status).toBe(400);
    expect(elsewhere.body).toMatchObject({ errors: [{ path: 'contact.email', code: 'email-not-proven' }] });
    const contact = { email: guest.email, sms: true };
    const landline = await send({ contact: { ...contact, phone: '+37167222222' } }, guest);
    expect(landline.body).toMatchObject({ errors: [{ path: 'contact.sms', code: 'not-mobile' }] });
    const numberless = await send({ contact }, guest);
    expect(numberless.body).toMatchObject({ errors: [{ path: 'contact.phone', code: 'required' }] });
    const nobody = await send({ patient: { givenName: 'Ilze', familyName: 'Ozola' } }, guest);
    expect(nobody.body).toMatchObject({ errors: [{ path: 'patient.birthDate', code: 'code-or-birth-date' }] });
    await send({ patient: undefined, patientId: randomUUID() }, guest).expect(404);
    expect(await portal.database.sql('select from patient')).toEqual([]);
  });

  it('what is somebody else’s, as if it were not there', async () => {
    const { id } = (await portal.book(calendar, start('2027-03-02T10:30'), guest)).body as { id: string };
    const other = await portal.guest();
    const unknown = await portal.get(`/appointments/${randomUUID()}`, other).expect(404);
    const foreign = await portal.get(`/appointments/${id}`, other).expect(404);
    const plain = ({ instance: _, ...rest }: Body): Body => rest;
    expect(plain(foreign.body as Body)).toEqual(plain(unknown.body as Body));
    await portal.get(`/appointments/${id}/ics`, other).expect(404);
    await portal.post(`/appointments/${id}/cancel`, { version: 1 }, other).expect(404);
    await portal
      .post(
        `/appointments/${id}/move`,
        { version: 1, calendarId: calendar.id, serviceId: calendar.serviceId, start: start('2027-03-02T11:00') },
        other,
      )
      .expect(404);
    await portal.get(`/calendars/${calendar.id}/slots?service=${calendar.serviceId}&moving=${id}`, other).expect(404);
    const [mine] = ((await portal.get('/me/patients', guest)).body as { items: { id: string }[] }).items;
    const held = await portal.hold(calendar, start('2027-03-02T11:30'));
    await portal
      .post('/appointments', anOrder(held.id, other, { patient: undefined, patientId: mine!.id }), other)
      .set('X-Hold-Token', held.holdToken)
      .expect(404);
    for (const path of ['', `/${id}`, `/${id}/ics`]) await portal.get(`/appointments${path}`).expect(401);
    await portal.post(`/appointments/${id}/cancel`, { version: 1 }).expect(401);
    await portal.get('/me/patients').expect(401);
    expect((await portal.get(`/appointments/${id}`, guest).expect(200)).body).toMatchObject({
      status: 'booked',
      version: 1,
    });
  });

  it('a stale version, a second cancellation and another payer', async () => {
    const [{ id }] = ((await portal.get('/appointments', guest)).body as { items: [{ id: string }] }).items;
    const stale = await portal.post(`/appointments/${id}/cancel`, { version: 7 }, guest);
    expect([stale.status, (stale.body as Body)['code']]).toEqual([409, 'state-changed']);
    const state = await aCalendar(portal.database, {
      payer: 'state',
      branch: { id: calendar.branchId, clinicId: calendar.clinicId, city: 'Rīga', zone: calendar.zone },
      open: [['2027-03-02T13:00', '2027-03-02T15:00']],
      now,
    });
    const other = await portal.post(
      `/appointments/${id}/move`,
      { version: 1, calendarId: state.id, serviceId: state.serviceId, start: at(state, '2027-03-02T13:00') },
      guest,
    );
    expect([other.status, (other.body as Body)['code']]).toEqual([422, 'other-payer']);
    await portal.post(`/appointments/${id}/cancel`, { version: 1 }, guest).expect(200);
    const again = await portal.post(`/appointments/${id}/cancel`, { version: 2 }, guest);
    expect([again.status, (again.body as Body)['code']]).toEqual([422, 'not-cancellable']);
  });
});
