import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookAppointment, requestOf } from '#libs/appointments';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aClinic,
  aCredential,
  aPractitioner,
  aService,
  aStaffMember,
  anAccount,
  anOpening,
  type Branch,
  type Practitioner,
  refreshFreeDays,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-02-26T08:00:00Z');

let database: TestDatabase;
let app: RunningApp;
let center: Branch;
let suburb: Branch;
let anna: Practitioner;
let visit: string;
let control: string;
let registrar: StaffVisitor;
let owner: StaffVisitor;
let stranger: StaffVisitor;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database);
  center = await aBranch(database, { clinic });
  suburb = await aBranch(database, { clinic, city: 'Ogre' });
  anna = await aPractitioner(database, { clinic, familyName: 'Agra' });
  visit = await aService(database, { clinic, name: 'Konsultācija', minutes: 30 });
  control = await aService(database, { clinic, name: 'Kontrole', minutes: 20 });
  app = await startApp('clinic', { clock });
  const enter = async (staff: Awaited<ReturnType<typeof aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await aCredential(database, staff), clock);
  registrar = await enter(await aStaffMember(database, { clinic }));
  owner = await enter(await aStaffMember(database, { clinic, role: 'practitioner', practitioner: anna }));
  stranger = await enter(await aStaffMember(database, { clinic: await aClinic(database) }));
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

/** Every field of the page's form as a browser would send it, with what is changed; null unticks a box. */
const filled = (
  page: StaffPage,
  changes: Record<string, string | string[] | null> = {},
): Record<string, string | string[]> => {
  const fields: Record<string, string | string[]> = {};
  for (const [tag] of page.html.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    const isBox = /type="(?:checkbox|radio)"/.test(tag);
    if (name === undefined || name === 'places' || (isBox && !/ checked/.test(tag))) continue;
    fields[name] = /value="([^"]*)"/.exec(tag)?.[1] ?? 'on';
  }
  for (const [, name, options] of page.html.matchAll(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
    const chosen =
      /<option value="([^"]*)" selected>/.exec(options ?? '') ?? /<option value="([^"]*)"/.exec(options ?? '');
    fields[name ?? ''] = chosen?.[1] ?? '';
  }
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete fields[name];
    else fields[name] = value;
  }
  return fields;
};

const calendars = (): Promise<Record<string, unknown>[]> =>
  database.sql(
    `select c.id, b.city, c.payer, c.grid_minutes as grid, c.published,
            (select array_agg(cs.minutes || '/' || cs.price_cents order by cs.minutes) from calendar_service cs
              where cs.calendar_id = c.id and cs.active) as services
       from calendar c join branch b on b.id = c.branch_id where c.resource_id = $1 order by b.city, c.payer`,
    [anna.id],
  );

const idOf = async (city: string, payer: string): Promise<string> =>
  String((await calendars()).find((each) => each['city'] === city && each['payer'] === payer)?.['id']);

describe('calendars of one practitioner', () => {
  it('are opened for several branches and payers at one go, state and paid side by side', async () => {
    const page = await registrar.get(`/en/calendars/new?resource=${anna.id}`);
    expect(page.status).toBe(200);
    const rows = [0, 1].map((n) => registrar.field(page, `services.${n}.serviceId`));
    const price = (id: string, cents: string): Record<string, string> => ({
      [`services.${rows.indexOf(id)}.paidPrice`]: cents,
    });
    const places = [`${center.id}|state`, `${center.id}|paid`, `${suburb.id}|paid`];
    const sent = await registrar.post(
      '/en/calendars/new',
      filled(page, { places, ...price(visit, '45'), ...price(control, '25,50') }),
    );
    expect(sent.status).toBe(303);
    expect(sent.location).toMatch(/^\/en\/hours\//);
    expect(await calendars()).toMatchObject([
      { city: 'Ogre', payer: 'paid', grid: 10, published: false, services: ['20/2550', '30/4500'] },
      { city: 'Rīga', payer: 'paid', grid: 10, published: false, services: ['20/2550', '30/4500'] },
      { city: 'Rīga', payer: 'state', grid: 10, published: false, services: ['20/0', '30/0'] },
    ]);
  });

  it('are opened once: the page offers what is left, and a second one is refused beside the boxes', async () => {
    const page = await registrar.get(`/en/calendars/new?resource=${anna.id}`);
    expect(page.text).toContain('already open');
    const again = await registrar.post('/en/calendars/new', filled(page, { places: `${center.id}|paid` }));
    expect(again.status).toBe(422);
    expect(again.html).toContain('places-error');
    expect(await calendars()).toHaveLength(3);
  });

  it('need a place, a service and the price of a payer who is ticked', async () => {
    const page = await registrar.get(`/en/calendars/new?resource=${anna.id}`);
    const nowhere = await registrar.post('/en/calendars/new', filled(page));
    expect(nowhere.text).toContain('Tick at least one branch and payer.');
    const places = `${suburb.id}|state`;
    const nothing = await registrar.post(
      '/en/calendars/new',
      filled(page, { places, 'services.0.isOffered': null, 'services.1.isOffered': null }),
    );
    expect(nothing.text).toContain('Tick at least one service.');
    const free = await registrar.post('/en/calendars/new', filled(page, { places, 'services.0.statePrice': '' }));
    expect(free.html).toContain('id="services.0.statePrice-error"');
    const wrong = await registrar.post('/en/calendars/new', filled(page, { places, 'services.0.statePrice': 'ten' }));
    expect(wrong.text).toContain('Enter a price in euros');
    expect(registrar.field(wrong, 'services.0.statePrice')).toBe('ten');
  });

  it('stand in the list with what they offer and what comes next', async () => {
    const list = await registrar.get('/en/calendars');
    expect(list.text).toContain('Anna Agra');
    expect(list.text).toContain('Konsultācija, 30 minutes, €45');
    expect(list.text).toContain('Not published yet');
  });
});

describe('the terms of a calendar', () => {
  it('change the free days at once, and never what is booked or who pays', async () => {
    const id = await idOf('Rīga', 'paid');
    const calendar = {
      id,
      clinicId: center.clinicId,
      branchId: center.id,
      resourceId: anna.id,
      serviceId: visit,
      payer: 'paid' as const,
      zone: center.zone,
    };
    await database.sql('update calendar set published = true, published_until = $2 where id = $1', [id, '2027-05-01']);
    await anOpening(database, calendar, '2027-03-01T09:00', '2027-03-01T11:00');
    await refreshFreeDays(database, calendar, clock.now().toString());
    const days = (): Promise<{ free_count: number }[]> =>
      database.sql('select free_count from free_day where calendar_id = $1 and service_id = $2', [id, visit]);
    expect(await days()).toEqual([{ free_count: 10 }]);
    const [before] = await database.sql<{ version: string }>('select version from resource where id = $1', [anna.id]);

    const page = await owner.get(`/en/calendars/${id}`);
    const rows = [0, 1].map((n) => owner.field(page, `services.${n}.serviceId`));
    const changed = await owner.post(
      `/en/calendars/${id}`,
      filled(page, {
        [`services.${rows.indexOf(visit)}.minutes`]: '60',
        [`services.${rows.indexOf(control)}.isOffered`]: null,
        'rules.gridMinutes': '30',
        'rules.mostPerDay': '6',
      }),
    );
    expect(changed).toMatchObject({ status: 303, location: `/en/calendars/${id}` });
    expect(await days()).toEqual([{ free_count: 3 }]);
    const [after] = await database.sql<{ version: string }>('select version from resource where id = $1', [anna.id]);
    expect(Number(after?.version)).toBeGreaterThan(Number(before?.version));
    expect(await calendars()).toContainEqual(expect.objectContaining({ id, payer: 'paid', services: ['60/4500'] }));
  });

  it('are asked about people who have booked a service before it ends', async () => {
    const id = await idOf('Rīga', 'paid');
    const account = await anAccount(database);
    const actor = { kind: 'guest' as const, accountId: account.id, sessionId: randomUUID() };
    await app.get(BookAppointment).run({
      actor,
      slot: { calendarId: id, serviceId: visit, start: Temporal.Instant.from('2027-03-01T07:00:00Z') },
      patient: {
        givenName: 'Ilze',
        familyName: 'Agra',
        birthDate: Temporal.PlainDate.from('1980-01-01'),
        language: 'lv',
      },
      contact: { email: account.email, phone: null },
      language: 'lv',
      termsVersion: null,
      origin: 'portal',
      request: requestOf(actor, 'story', randomUUID(), 'x'),
    });
    const page = await owner.get(`/en/calendars/${id}`);
    const rows = [0, 1].map((n) => owner.field(page, `services.${n}.serviceId`));
    const only = {
      [`services.${rows.indexOf(control)}.isOffered`]: 'on',
      [`services.${rows.indexOf(visit)}.isOffered`]: null,
    };
    const asked = await owner.post(`/en/calendars/${id}`, filled(page, only));
    expect(asked.location).toMatch(/^\/en\/changes\//);
    expect(await calendars()).toContainEqual(expect.objectContaining({ id, services: ['20/2550', '60/4500'] }));
    const without = { [`services.${rows.indexOf(control)}.isOffered`]: null };
    expect((await owner.post(`/en/calendars/${id}`, filled(page, without))).location).toBe(`/en/calendars/${id}`);
  });

  it('may be stricter for one service, and tell what cannot be', async () => {
    const id = await idOf('Rīga', 'paid');
    const page = await registrar.get(`/en/calendars/${id}`);
    const kept = await registrar.post(
      `/en/calendars/${id}`,
      filled(page, { 'services.0.minimumNoticeMinutes': '2880', 'services.0.confirmation': 'manual' }),
    );
    expect(kept.status).toBe(303);
    const own = await database.sql(
      'select confirmation, minimum_notice_minutes as notice from calendar_service where calendar_id = $1 and active',
      [id],
    );
    expect(own).toEqual([{ confirmation: 'manual', notice: 2880 }]);
    const wrong = await registrar.post(`/en/calendars/${id}`, filled(page, { 'rules.horizonDays': '731' }));
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('rules.horizonDays-error');
    const payer = await registrar.post(`/en/calendars/${id}`, filled(page, { payer: 'state' }));
    expect(payer.status).toBe(422);
  });

  it('are nobody else’s: not another clinic’s, and not a colleague’s', async () => {
    const id = await idOf('Rīga', 'paid');
    expect((await stranger.get(`/en/calendars/${id}`)).status).toBe(404);
    expect((await stranger.get(`/en/calendars/new?resource=${anna.id}`)).status).toBe(404);
    const page = await registrar.get(`/en/calendars/${id}`);
    expect((await stranger.post(`/en/calendars/${id}`, filled(page))).status).toBe(404);
    expect((await stranger.get('/en/calendars')).text).not.toContain('Agra');
  });
});
