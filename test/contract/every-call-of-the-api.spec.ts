import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCalendar, aClinic, at, type Calendar, refreshFreeDays } from '../support/build-clinic.js';
import { anOrder, type Guest, openPortal, type Portal } from './portal.js';

const now = '2027-03-01T06:00:00Z';

describe('the JSON API', () => {
  let portal: Portal;
  let calendar: Calendar;
  let guest: Guest;
  const start = (wall: string) => at(calendar, wall);
  const slots = async (day = '2027-03-02') => {
    const answer = await portal
      .get(`/calendars/${calendar.id}/slots?service=${calendar.serviceId}&from=${day}&to=${day}`)
      .expect(200);
    return (answer.body as { slots: { start: string }[] }).slots.map((slot) => slot.start);
  };

  beforeAll(async () => {
    portal = await openPortal(now);
    const { database } = portal;
    const clinic = await aClinic(database, { name: 'Saules klīnika', slug: 'saules-klinika' });
    calendar = await aCalendar(database, {
      clinic,
      open: [
        ['2027-03-02T09:00', '2027-03-02T12:00'],
        ['2027-03-03T09:00', '2027-03-03T12:00'],
        ['2027-03-08T09:00', '2027-03-08T12:00'],
      ],
      gridMinutes: 30,
      now,
    });
    guest = await portal.guest();
  });

  afterAll(() => portal?.stop());

  it('finds practitioners by their first free time', async () => {
    const { body } = await portal.get('/practitioners?specialty=cardiology&payer=paid&city=R%C4%ABga').expect(200);
    expect(body).toEqual({
      items: [
        expect.objectContaining({
          id: calendar.resourceId,
          name: 'Anna Kalniņa',
          specialties: [{ id: 'cardiology', name: 'cardiology' }],
          clinic: expect.objectContaining({ name: 'Saules klīnika', slug: 'saules-klinika' }),
          branch: expect.objectContaining({ city: 'Rīga', timeZone: 'Europe/Riga' }),
          calendarId: calendar.id,
          payer: 'paid',
          services: [{ id: calendar.serviceId, name: 'Konsultācija', minutes: 30, price: 45 }],
          firstFree: '2027-03-02T07:00:00Z',
          nextTimes: expect.arrayContaining([{ serviceId: calendar.serviceId, start: '2027-03-02T07:00:00Z' }]),
        }),
      ],
      next: null,
    });
    expect((await portal.get('/practitioners?payer=state').expect(200)).body).toEqual({ items: [], next: null });
  });

  it('shows a practitioner, a clinic, the catalogue, suggestions and the terms', async () => {
    const one = await portal.get(`/practitioners/${calendar.resourceId}`).expect(200);
    expect(one.body).toMatchObject({
      id: calendar.resourceId,
      calendars: [{ calendarId: calendar.id, payer: 'paid' }],
    });
    const clinics = await portal.get('/clinics').expect(200);
    expect(clinics.body).toMatchObject({ items: [{ name: 'Saules klīnika', cities: ['Rīga'] }] });
    const clinic = await portal.get('/clinics/saules-klinika').expect(200);
    expect(clinic.body).toMatchObject({ branches: [{ timeZone: 'Europe/Riga', emergency: { phone: '113' } }] });
    expect((await portal.get('/specialties').expect(200)).body).toMatchObject({ items: [{ id: 'cardiology' }] });
    expect((await portal.get('/services').expect(200)).body).toMatchObject({ items: [{ id: calendar.serviceId }] });
    const suggested = await portal.get('/suggest?q=kalnin').expect(200);
    expect(suggested.body).toMatchObject({ items: [{ kind: 'practitioner', label: 'Anna Kalniņa' }] });
    const terms = await portal.get('/terms').set('Accept-Language', 'et').expect(200);
    expect(terms.body).toMatchObject({ version: '2026-11-22', text: expect.arrayContaining([expect.any(String)]) });
    expect(terms.headers['content-language']).toBe('et');
  });

  it('lists the free times of a calendar', async () => {
    const { body, headers } = await portal
      .get(`/calendars/${calendar.id}/slots?service=${calendar.serviceId}&from=2027-03-02&to=2027-03-08`)
      .expect(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(body).toMatchObject({
      calendarId: calendar.id,
      payer: 'paid',
      timeZone: 'Europe/Riga',
      computedAt: '2027-03-01T06:00:00Z',
      firstFree: '2027-03-02T07:00:00Z',
    });
    expect((body as { slots: unknown[] }).slots).toHaveLength(18);
  });

  it('proves an address with a code, and tells nobody whether it is known', async () => {
    const known = await portal.post('/verifications', { email: guest.email.toUpperCase(), language: 'ru' }).expect(202);
    const unknown = await portal
      .post('/verifications', { email: 'nobody@patient.example', language: 'ru' })
      .expect(202);
    expect(Object.keys(known.body as object)).toEqual(Object.keys(unknown.body as object));
    const jobs = await portal.database.sql(`select data from jobs.job where name = 'verification-asked'`);
    expect(JSON.stringify(jobs)).not.toContain('@');
    const { id } = known.body as { id: string };
    const wrong = await portal.post(`/verifications/${id}`, { code: '000000x' }).expect(422);
    expect(wrong.body).toMatchObject({ code: 'wrong-code' });
  });

  it('keeps a time, extends it and gives it back', async () => {
    const held = await portal.hold(calendar, start('2027-03-02T09:00'));
    expect(held).toMatchObject({
      start: '2027-03-02T07:00:00Z',
      end: '2027-03-02T07:30:00Z',
      expiresAt: '2027-03-01T06:10:00Z',
      payer: 'paid',
      price: 45,
    });
    expect(await slots()).not.toContain('2027-03-02T07:00:00Z');
    portal.clock.advance({ minutes: 5 });
    const extended = await portal.post(`/holds/${held.id}/extend`).set('X-Hold-Token', held.holdToken).expect(200);
    expect(extended.body).toMatchObject({ id: held.id, expiresAt: '2027-03-01T06:15:00Z' });
    await portal.post(`/holds/${held.id}/extend`).expect(404);
    await portal.delete(`/holds/${held.id}`).expect(404);
    await portal.delete(`/holds/${held.id}`).set('X-Hold-Token', held.holdToken).expect(204);
    expect(await slots()).toContain('2027-03-02T07:00:00Z');
    portal.clock.set(now);
  });

  it('books, shows, moves and cancels', async () => {
    const booked = await portal.book(calendar, start('2027-03-02T09:30'), guest, { reason: 'Sāp mugura' });
    expect(booked.status).toBe(201);
    expect(booked.body).toMatchObject({
      reference: expect.stringMatching(/^[0-9A-Z]{16}$/),
      status: 'booked',
      start: '2027-03-02T07:30:00Z',
      end: '2027-03-02T08:00:00Z',
      timeZone: 'Europe/Riga',
      clinic: { name: 'Saules klīnika' },
      branch: { city: 'Rīga' },
      practitioner: { name: 'Anna Kalniņa' },
      service: { id: calendar.serviceId },
      payer: 'paid',
      price: 45,
      version: 1,
      links: {
        self: expect.stringContaining('/api/v1/appointments/'),
        manage: expect.stringContaining('/lv/appointments/'),
        google: expect.stringContaining('calendar.google.com'),
        outlook: expect.stringContaining('outlook.'),
      },
    });
    const { id } = booked.body as { id: string };

    const list = await portal.get('/appointments', guest).expect(200);
    expect(list.body).toMatchObject({ items: [{ id }], next: null });
    expect((await portal.get('/appointments?from=2027-03-03T00:00:00Z', guest)).body).toMatchObject({ items: [] });
    expect((await portal.get(`/appointments/${id}`, guest).expect(200)).body).toMatchObject({ id, version: 1 });

    const ics = await portal.get(`/appointments/${id}/ics`, guest).expect(200);
    expect(ics.headers['content-type']).toContain('text/calendar');
    expect(ics.text).toContain('BEGIN:VEVENT');
    expect(ics.text).not.toMatch(/mugura|Konsult|cardiology/);

    const people = await portal.get('/me/patients', guest).expect(200);
    expect(people.body).toMatchObject({ items: [{ givenName: 'Ilze', birthDate: '1958-03-12', personCode: null }] });

    expect(await slots()).not.toContain('2027-03-02T07:30:00Z');
    await portal.get(`/calendars/${calendar.id}/slots?service=${calendar.serviceId}&moving=${id}`).expect(401);
    const own = await portal
      .get(
        `/calendars/${calendar.id}/slots?service=${calendar.serviceId}&from=2027-03-02&to=2027-03-02&moving=${id}`,
        guest,
      )
      .expect(200);
    expect(own.text).toContain('2027-03-02T07:30:00Z');

    const moved = await portal
      .post(
        `/appointments/${id}/move`,
        { version: 1, calendarId: calendar.id, serviceId: calendar.serviceId, start: start('2027-03-03T10:00') },
        guest,
      )
      .expect(200);
    expect(moved.body).toMatchObject({ id, version: 2, start: '2027-03-03T08:00:00Z' });
    expect(await slots()).toContain('2027-03-02T07:30:00Z');

    const held = await portal.hold(calendar, start('2027-03-08T09:00'));
    const again = await portal
      .post(`/appointments/${id}/move`, { version: 2, holdId: held.id }, guest)
      .set('X-Hold-Token', held.holdToken)
      .expect(200);
    expect(again.body).toMatchObject({ version: 3, start: '2027-03-08T07:00:00Z' });

    const cancelled = await portal
      .post(`/appointments/${id}/cancel`, { version: 3, reason: 'patient-ill' }, guest)
      .expect(200);
    expect(cancelled.body).toMatchObject({ status: 'cancelled', version: 4, late: false });
    expect(await slots('2027-03-08')).toContain('2027-03-08T07:00:00Z');
  });

  it('says when a cancellation is late', async () => {
    const booked = await portal.book(calendar, start('2027-03-02T10:00'), guest);
    portal.clock.set('2027-03-01T09:00:00Z');
    const { id } = booked.body as { id: string };
    const cancelled = await portal.post(`/appointments/${id}/cancel`, { version: 1 }, guest).expect(200);
    expect(cancelled.body).toMatchObject({ status: 'cancelled', late: true });
    portal.clock.set(now);
  });

  it('asks the clinic where the clinic confirms by hand', async () => {
    const manual = await aCalendar(portal.database, {
      confirmation: 'manual',
      open: [['2027-03-05T09:00', '2027-03-05T12:00']],
      now,
    });
    const asked = await portal.book(manual, at(manual, '2027-03-05T09:00'), guest);
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({ status: 'pending', answerDueAt: expect.any(String) });
  });

  it('books for someone of one’s own by their id', async () => {
    await refreshFreeDays(portal.database, calendar, now);
    const people = await portal.get('/me/patients', guest).expect(200);
    const [{ id: patientId }] = (people.body as { items: [{ id: string }] }).items;
    const held = await portal.hold(calendar, start('2027-03-03T11:00'));
    const { patient: _, ...order } = anOrder(held.id, guest, { patientId });
    const booked = await portal.post('/appointments', order, guest).set('X-Hold-Token', held.holdToken).expect(201);
    expect(booked.body).toMatchObject({ patientId });
  });

  it('is described for programs and for people', async () => {
    const { body } = await portal.get('/openapi.json').expect(200);
    const { openapi, paths } = body as {
      openapi: string;
      paths: Record<string, Record<string, { responses: object }>>;
    };
    expect(openapi).toBe('3.1.0');
    expect(
      Object.entries(paths)
        .flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path}`))
        .sort(),
    ).toEqual(
      [
        'get /api/v1/practitioners',
        'get /api/v1/practitioners/{id}',
        'get /api/v1/clinics',
        'get /api/v1/clinics/{id}',
        'get /api/v1/specialties',
        'get /api/v1/insurers',
        'get /api/v1/services',
        'get /api/v1/services/{id}',
        'get /api/v1/suggest',
        'get /api/v1/terms',
        'get /api/v1/calendars/{id}/slots',
        'post /api/v1/verifications',
        'post /api/v1/verifications/{id}',
        'post /api/v1/holds',
        'post /api/v1/holds/{id}/extend',
        'delete /api/v1/holds/{id}',
        'post /api/v1/appointments',
        'get /api/v1/appointments',
        'get /api/v1/appointments/{id}',
        'get /api/v1/appointments/{id}/ics',
        'post /api/v1/appointments/{id}/cancel',
        'post /api/v1/appointments/{id}/move',
        'get /api/v1/me/patients',
        'get /api/v1/me/notices',
        'post /api/v1/me/notices/{id}/read',
      ].sort(),
    );
    const page = await fetch(`${portal.url}/api`, { headers: { accept: 'text/html', 'accept-language': 'en' } });
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html.includes('POST /api/v1/appointments')).toBe(true);
    expect(html.includes('patient.personCode.country')).toBe(true);
    expect(/<script[^>]*>[^<]|style=|https?:\/\/(?!127)[^"]*\.js/.test(html)).toBe(false);
  });
});
