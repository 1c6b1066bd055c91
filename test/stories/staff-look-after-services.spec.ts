import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { aCalendar, aClinic, aCredential, aStaffMember, type Calendar, type Clinic } from '../support/builders.js';
import { aBooking } from '../support/a-booking.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-03-01T05:30:00Z');
const day = '2027-03-02';

let database: TestDatabase;
let app: RunningApp;
let clinic: Clinic;
let calendar: Calendar;
let admin: StaffVisitor;
let registrar: StaffVisitor;
let stranger: StaffVisitor;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await aClinic(database);
  calendar = await aCalendar(database, {
    clinic,
    open: [[`${day}T09:00`, `${day}T12:00`]],
    now: clock.now().toString(),
  });
  app = await startApp('clinic', { clock });
  const enter = async (of: Clinic, role: 'admin' | 'registrar'): Promise<StaffVisitor> => {
    const staff = await aStaffMember(database, { clinic: of, role });
    return staffVisitor(app, staff, await aCredential(database, staff), clock);
  };
  admin = await enter(clinic, 'admin');
  registrar = await enter(clinic, 'registrar');
  stranger = await enter(await aClinic(database), 'admin');
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

const inAll = (name: string, text: string): Record<string, string> =>
  Object.fromEntries(['lv', 'et', 'en', 'ru'].map((language) => [`${name}.${language}`, `${text} ${language}`]));
const service: Record<string, string> = {
  ...inAll('name', 'Ultrasound'),
  specialtyId: 'cardiology',
  mode: 'in-person',
  minutes: '20',
  bufferBefore: '0',
  bufferAfter: '5',
  ageFrom: '6',
  ageFromUnit: 'months',
  ageTo: '17',
  ageToUnit: 'years',
  sex: 'female',
  visitKind: 'first',
  referral: 'all',
  confirmation: 'manual',
  'preparation.lv': 'Tukšā dūšā',
};
const idOf = (page: StaffPage): string => /\/services\/([\w-]{36})/.exec(page.location ?? '')?.[1] ?? '';

describe('whoever looks after a clinic’s services', () => {
  let id: string;

  it('adds one with its conditions, and reads them in a line', async () => {
    const added = await admin.post('/en/services/new', { ...service, targetGroups: ['pregnant', 'student'] });
    expect(added.status).toBe(303);
    id = idOf(added);
    const [row] = await database.sql(`select * from service where id = $1`, [id]);
    expect(row).toMatchObject({
      name: { lv: 'Ultrasound lv' },
      preparation: { lv: 'Tukšā dūšā' },
      buffer_after: 5,
      age_from: 6,
      age_from_unit: 'months',
      age_to: 17,
      sex: 'female',
      visit_kind: 'first',
      target_groups: ['pregnant', 'student'],
      referral_required: true,
      referral_scope: 'all',
      confirmation: 'manual',
      active: true,
    });
    const page = await admin.get(`/en/services/${id}`);
    expect(page.text).toContain('In no calendar yet');
    expect((await admin.get('/en/services')).text).toContain(
      '20 minutes · In person · 6 months to 17 years (included) · Female · First visits only · Pregnant women · Pupils and students',
    );
  });

  it('is told beside each field what is wrong, with what was typed', async () => {
    const { 'name.et': _, ...lacking } = service;
    const wrong = await admin.post('/en/services/new', {
      ...lacking,
      minutes: '3',
      ageFrom: '18',
      ageFromUnit: 'years',
      ageTo: 'x',
    });
    expect(wrong.status).toBe(422);
    for (const name of ['name.et', 'minutes', 'ageTo']) expect(wrong.html).toContain(`id="${name}-error"`);
    expect(wrong.html).toContain('value="Ultrasound lv"');
    const ages = await admin.post('/en/services/new', { ...service, ageFrom: '18', ageFromUnit: 'years' });
    expect(ages.text).toContain('The upper age is below the lower one.');
    const nothing = await admin.post('/en/services/new', {});
    expect(nothing.status).toBe(422);
    expect(nothing.html).toContain('id="name.lv-error"');
    const unknown = { ...service, specialtyId: 'astrology' };
    expect((await admin.post('/en/services/new', unknown)).html).toContain('id="specialtyId-error"');
  });

  it('changes it, a year of age for a year', async () => {
    const changed = {
      ...service,
      ageFrom: '17',
      ageFromUnit: 'years',
      referral: 'none',
      sex: '',
      visitKind: '',
      confirmation: '',
    };
    expect((await admin.post(`/en/services/${id}`, changed)).status).toBe(303);
    const [row] = await database.sql(
      `select age_from, sex, visit_kind, referral_required, target_groups from service where id = $1`,
      [id],
    );
    expect(row).toEqual({ age_from: 17, sex: null, visit_kind: null, referral_required: false, target_groups: [] });
  });

  it('writes its questions, one a page, of each kind', async () => {
    const path = `/en/services/${id}/questions/new`;
    expect((await admin.get(`${path}?kind=choice`)).html).toContain('name="options.5.ru"');
    const stop = { kind: 'yes-no', ...inAll('words', 'Chest pain?'), required: 'on', stopOn: 'yes' };
    const noAdvice = await admin.post(path, stop);
    expect(noAdvice.html).toContain('id="advice.lv-error"');
    expect((await admin.post(path, { ...stop, ...inAll('advice', 'Call 113') })).status).toBe(303);
    const choice = { kind: 'choice', ...inAll('words', 'Which eye?'), required: 'on', ...inAll('options.0', 'Left') };
    expect((await admin.post(path, choice)).html).toContain('id="options.0.lv-error"');
    expect((await admin.post(path, { ...choice, ...inAll('options.2', 'Right') })).status).toBe(303);
    const number = {
      kind: 'number',
      ...inAll('words', 'Fever?'),
      stopAbove: '38,5',
      ...inAll('advice', 'Stay at home'),
    };
    expect((await admin.post(path, { ...number, stopBelow: 'cold' })).html).toContain('id="stopBelow-error"');
    expect((await admin.post(path, number)).status).toBe(303);
    const rows = await database.sql<{ id: string }>(
      `select id, kind, options, stop_values, stop_above::float as above, required from service_question where service_id = $1 order by position`,
      [id],
    );
    expect(rows).toMatchObject([
      { kind: 'yes-no', stop_values: ['yes'], required: true },
      { kind: 'choice', options: [{ id: 'a', words: { lv: 'Left lv' } }, { id: 'b' }], stop_values: [] },
      { kind: 'number', above: 38.5, required: false },
    ]);
    const edit = await admin.get(`/en/services/${id}/questions/${rows[1]?.id}`);
    expect(edit.html).toContain('value="Right en"');
    const kept = {
      ...choice,
      'options.0.id': 'b',
      ...inAll('options.0', 'Right'),
      ...inAll('options.1', 'Both'),
      'options.1.stops': 'on',
      ...inAll('advice', 'Come at once'),
    };
    expect((await admin.post(`/en/services/${id}/questions/${rows[1]?.id}`, kept)).status).toBe(303);
    const [changed] = await database.sql(`select options, stop_values from service_question where id = $1`, [
      rows[1]?.id,
    ]);
    expect(changed).toMatchObject({
      options: [
        { id: 'b', words: { en: 'Right en' } },
        { id: 'a', words: { en: 'Both en' } },
      ],
      stop_values: ['a'],
    });
    await admin.post(`/en/services/${id}/questions/${rows[2]?.id}/arrange`, { how: 'up' });
    await admin.post(`/en/services/${id}/questions/${rows[0]?.id}/arrange`, { how: 'remove' });
    expect(
      await database.sql(`select kind from service_question where service_id = $1 order by position`, [id]),
    ).toEqual([{ kind: 'number' }, { kind: 'choice' }]);
  });

  it('limits how many coming visits a patient may have', async () => {
    const page = await admin.get('/en/services');
    const field = admin.field(page, 'limits.0.specialtyId');
    const sent = { 'limits.0.specialtyId': field, 'limits.0.most': '3' };
    expect((await admin.post('/en/services/limits', sent)).status).toBe(303);
    expect(admin.field(await admin.get('/en/services'), 'limits.0.most')).toBe('3');
    expect((await admin.post('/en/services/limits', { ...sent, 'limits.0.most': '0' })).status).toBe(422);
    await admin.post('/en/services/limits', { 'limits.0.specialtyId': field });
    expect(await database.sql(`select from specialty_limit`)).toEqual([]);
  });

  it('ends it: at once where nobody is inside, else after each of them was decided about', async () => {
    const ask = await admin.get(`/en/services/${id}/end`);
    expect(ask.text).toContain('End this service?');
    for (const press of [1, 2]) {
      const ended = await admin.post(`/en/services/${id}/end`, {});
      expect({ press, ...ended }).toMatchObject({ press, status: 303, location: '/en/services' });
    }
    const active = (of: string) =>
      database.sql(`select active, ended_at is not null as ended from service where id = $1`, [of]);
    expect(await active(id)).toEqual([{ active: false, ended: true }]);
    expect((await admin.post(`/en/services/${id}`, service)).status).toBe(422);
    await aBooking(app, database, calendar, `${day}T10:00`);
    const asked = await admin.post(`/en/services/${calendar.serviceId}/end`, {});
    expect(asked.location).toMatch(/^\/en\/changes\/[\w-]{36}$/);
    expect(await active(calendar.serviceId)).toEqual([{ active: true, ended: false }]);
  });

  it('is an admin, of this clinic', async () => {
    for (const path of [
      '/en/services',
      `/en/services/${id}`,
      `/en/services/${id}/end`,
      `/en/services/${id}/questions/new`,
    ])
      expect([path, (await registrar.get(path)).status]).toEqual([path, 403]);
    expect((await registrar.post('/en/services/new', service)).status).toBe(403);
    for (const path of [`/en/services/${id}`, `/en/services/${id}/end`, `/en/services/${id}/questions/new`])
      expect([path, (await stranger.get(path)).status]).toEqual([path, 404]);
    expect((await stranger.post(`/en/services/${id}`, service)).status).toBe(404);
    expect((await stranger.post(`/en/services/${id}/end`, {})).status).toBe(404);
    expect((await admin.get('/en/services/x')).status).toBe(404);
  });
});
