import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPractitioner,
  aStaffMember,
  type Calendar,
} from '../support/builders.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-02-26T08:42:00Z');
const day = '2027-03-01';

describe('two people with one appointment open', () => {
  let database: TestDatabase;
  let app: RunningApp;
  let calendar: Calendar;
  let manual: Calendar;
  let anna: StaffVisitor;
  let juris: StaffVisitor;
  let stranger: StaffVisitor;

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database });
    const clinic = await aClinic(database);
    const branch = await aBranch(database, { clinic });
    const open: [string, string][] = [[`${day}T09:00`, `${day}T17:00`]];
    const now = clock.now().toString();
    calendar = await aCalendar(database, { branch, open, now });
    manual = await aCalendar(database, {
      branch,
      practitioner: await aPractitioner(database, { clinic }),
      confirmation: 'manual',
      open,
      now,
    });
    app = await startApp('clinic', { clock });
    anna = await entered('Anna Ozola', clinic.id);
    juris = await entered('Juris Liepa', clinic.id);
    stranger = await entered('Cits', (await aClinic(database)).id);
  });

  afterAll(async () => {
    await app?.stop();
    await database?.drop();
  });

  async function entered(name: string, clinicId: string): Promise<StaffVisitor> {
    const staff = await aStaffMember(database, { clinic: { id: clinicId }, name });
    return staffVisitor(app, staff, await aCredential(database, staff), clock);
  }

  const booked = async (of: Calendar, time: string): Promise<string> =>
    (await aBooking(app, database, of, `${day}T${time}`, { familyName: `Bērziņa-${time.replace(':', '')}` })).id;

  const fieldsOf = (visitor: StaffVisitor, page: StaffPage): Record<string, string> => ({
    version: visitor.field(page, 'version'),
    idempotencyKey: randomUUID(),
  });
  const move = async (visitor: StaffVisitor, id: string, page: StaffPage, time: string, more = {}) =>
    visitor.post(`/en/appointments/${id}/move`, {
      ...fieldsOf(visitor, page),
      calendar: calendar.id,
      day,
      time,
      ...more,
    });
  const startOf = async (id: string): Promise<unknown> =>
    (
      await database.sql(
        `select to_char(starts_at at time zone zone, 'HH24:MI') as at from appointment where id = $1`,
        [id],
      )
    )[0]?.['at'];

  it('is told at once who moved it where and when', async () => {
    const id = await booked(calendar, '09:00');
    const source = `/api/calendar/appointments/${id}/last-step?version=1`;
    expect(await anna.api(source)).toEqual({ status: 200, json: { version: 1, text: '' } });
    const page = await juris.get(`/en/appointments/${id}/move`);
    expect((await move(anna, id, await anna.get(`/en/appointments/${id}/move`), '11:00')).status).toBe(303);
    expect((await juris.api(source)).json).toEqual({
      version: 2,
      text: 'Anna Ozola moved it at 10:42 to Mon 1 Mar, 11:00.',
    });
    expect((await juris.api(source, undefined, { 'accept-language': 'lv' })).json['text']).toBe(
      'Anna Ozola plkst. 10:42 pārcēla vizīti uz pirmd., 1. marts, 11:00.',
    );
    expect((await stranger.api(source)).status).toBe(404);
    expect(page.html).toContain(`data-source="/api/calendar/appointments/${id}/last-step" data-version="1"`);
  });

  it('does not overwrite: the second is shown what the first did, with everything that was typed', async () => {
    const id = await booked(calendar, '09:30');
    const mine = await juris.get(`/en/appointments/${id}/move`);
    await move(anna, id, await anna.get(`/en/appointments/${id}/move`), '12:00');
    const refused = await move(juris, id, mine, '13:30', { reason: 'patient-ill' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Not saved: it was changed while you had it open');
    expect(refused.text).toContain('Anna Ozola moved it at 10:42 to Mon 1 Mar, 12:00.');
    expect(refused.html).toMatch(/<input[^>]*name="time"[^>]*value="13:30"/);
    expect(refused.html).toMatch(/value="patient-ill" selected/);
    expect(refused.text).toContain('Now: Monday 1 March 2027 at 12:00'.slice(0, 11));
    expect(await startOf(id)).toBe('12:00');
    // Knowing that, it may be sent again.
    expect((await move(juris, id, refused, '13:30')).status).toBe(303);
    expect(await startOf(id)).toBe('13:30');
  });

  it('keeps the reason and note of a cancellation that came too late, and says when nothing is left to cancel', async () => {
    const id = await booked(calendar, '10:00');
    const [hers, his] = [
      await anna.get(`/en/appointments/${id}/cancel`),
      await juris.get(`/en/appointments/${id}/cancel`),
    ];
    await move(anna, id, await anna.get(`/en/appointments/${id}/move`), '14:00');
    const refused = await juris.post(`/en/appointments/${id}/cancel`, {
      ...fieldsOf(juris, his),
      reason: 'clinic-other',
      note: 'Called twice',
    });
    expect(refused.text).toContain('Anna Ozola moved it at 10:42 to Mon 1 Mar, 14:00.');
    expect(refused.html).toContain('Called twice');
    expect(await startOf(id)).toBe('14:00');
    const ending = { reason: 'clinic-other', note: '' };
    expect((await anna.post(`/en/appointments/${id}/cancel`, { ...fieldsOf(anna, hers), ...ending })).status).toBe(422);
    const newest = await anna.get(`/en/appointments/${id}/cancel`);
    expect((await anna.post(`/en/appointments/${id}/cancel`, { ...fieldsOf(anna, newest), ...ending })).status).toBe(
      303,
    );
    const late = await juris.post(`/en/appointments/${id}/cancel`, { ...fieldsOf(juris, refused), ...ending });
    expect([late.status, late.location]).toEqual([303, `/en/appointments/${id}`]);
  });

  it('says to whoever confirms a request that somebody else has just answered it', async () => {
    const id = await booked(manual, '09:00');
    const [hers, his] = [await anna.get(`/en/appointments/${id}`), await juris.get(`/en/appointments/${id}`)];
    const confirm = (visitor: StaffVisitor, page: StaffPage): Promise<StaffPage> =>
      visitor.post(`/en/appointments/${id}/confirm`, fieldsOf(visitor, page));
    expect((await confirm(anna, hers)).status).toBe(303);
    const late = await confirm(juris, his);
    expect([late.status, late.location]).toEqual([303, `/en/appointments/${id}`]);
    const text = 'Anna Ozola confirmed it at 10:42.';
    expect((await juris.api(`/api/calendar/appointments/${id}/last-step?version=1`)).json['text']).toBe(text);
    const other = await booked(manual, '10:00');
    const list = `/api/calendar/appointments/changed?seen=${id}:1,${other}:1,${randomUUID()}:1`;
    expect(await juris.api(list)).toEqual({ status: 200, json: { changed: [{ id, text }] } });
    expect((await stranger.api(list)).json).toEqual({ changed: [] });
    expect((await juris.api('/api/calendar/appointments/changed?seen=x')).status).toBe(400);
  });

  it('has words for each step in every language', async () => {
    const id = await booked(calendar, '15:00');
    const steps = ['arrive', 'admit', 'fulfil'];
    clock.set('2027-03-01T13:05:00Z');
    const today = await entered('Anna Ozola', calendar.clinicId);
    for (const step of steps) {
      const page = await today.get(`/en/appointments/${id}`);
      expect((await today.post(`/en/appointments/${id}/${step}`, fieldsOf(today, page))).status).toBeLessThan(400);
    }
    const told = await today.api(`/api/calendar/appointments/${id}/last-step?version=1`);
    expect(told.json['text']).toBe(
      'Anna Ozola noted at 15:05 that the patient has arrived. Anna Ozola noted at 15:05 that the patient is in the room. Anna Ozola noted at 15:05 that the visit has taken place.',
    );
    clock.set('2027-03-02T08:00:00Z');
    const later = await entered('Juris Liepa', calendar.clinicId);
    for (const [language, start] of [
      ['lv', 'Anna Ozola (pirmd., 1. marts, 15:05) atzīmēja'],
      ['et', 'Anna Ozola märkis (E, 1. märts, 15:05)'],
      ['ru', 'Anna Ozola, пн, 1 мар., 15:05: отмечено'],
    ] as const) {
      const { json } = await later.api(`/api/calendar/appointments/${id}/last-step?version=1`, undefined, {
        'accept-language': language,
      });
      expect(json['text']).toContain(start);
    }
  });
});
