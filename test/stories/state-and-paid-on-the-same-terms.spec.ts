import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aPractitioner,
  type Branch,
  type Calendar,
  type Clinic,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { formsOf, linksOf, PageVisitor } from '../support/page-visitor.js';
import { fc } from '../support/properties.js';

const now = '2027-03-01T06:00:00Z';
let database: TestDatabase;
let booking: RunningApp;
let clinic: Clinic;
let branch: Branch;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await aClinic(database, { name: 'Liepas klīnika' });
  branch = await aBranch(database, { clinic });
  await database.sql(`insert into insurer (id, country, name) values ('bta', 'LV', 'BTA'), ('ergo', 'LV', 'ERGO')`);
  await database.sql(`insert into clinic_insurer (clinic_id, insurer_id) values ($1, 'bta')`, [clinic.id]);
  booking = await startApp('booking', { clock: testClock(now) });
});

afterAll(async () => {
  await booking.stop();
  await database.drop();
});

interface SlotsAnswer {
  code?: string;
  slots: { start: string; end: string }[];
  firstFree: string | null;
}

async function api<T = SlotsAnswer>(path: string): Promise<T> {
  const answer = await fetch(`${booking.url}/api/v1${path}`, { headers: { accept: 'application/json' } });
  return (await answer.json()) as T;
}

const slotsOf = ({ id, serviceId }: Calendar, more = ''): Promise<SlotsAnswer> =>
  api(`/calendars/${id}/slots?service=${serviceId}&from=2027-03-01&to=2027-04-30${more}`);

const person = (familyName: string) => aPractitioner(database, { clinic, givenName: 'Anna', familyName });
const open = [['2027-03-02T12:00', '2027-03-02T14:00']] as const;

describe('a service that the state pays for', () => {
  // R4-15: the same horizon, notice, times and forms as for those who pay themselves.
  it('can be booked as far ahead, as late and at the same times as a paid one with equal hours and rules', async () => {
    const hours = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 7, max: 12 }), fc.integer({ min: 1, max: 6 })),
      { minLength: 1, maxLength: 6 },
    );
    const rules = fc.record({
      minutes: fc.constantFrom(20, 30, 45),
      bufferAfter: fc.constantFrom(0, 10),
      gridMinutes: fc.constantFrom(10, 15, 30),
      noticeMinutes: fc.constantFrom(0, 120, 2880),
      horizonDays: fc.constantFrom(7, 30, 90),
      confirmation: fc.constantFrom('automatic' as const, 'manual' as const),
    });
    await fc.assert(
      fc.asyncProperty(hours, rules, async (days, terms) => {
        const times = [...new Map(days.map(([day, from, length]) => [day, { from, length }]))].map(
          ([day, { from, length }]) => {
            const date = Temporal.PlainDate.from('2027-03-01').add({ days: day });
            const at = (hour: number): string => `${date.toString()}T${String(hour).padStart(2, '0')}:00`;
            return [at(from), at(from + length)] as const;
          },
        );
        const answers: unknown[] = [];
        for (const payer of ['state', 'paid'] as const) {
          const practitioner = await person('Bērziņa');
          const calendar = await aCalendar(database, { branch, practitioner, payer, ...terms, open: times, now });
          const { slots, firstFree } = await slotsOf(calendar);
          const first = firstFree ? await bookingPage(calendar, firstFree) : null;
          answers.push({ slots, firstFree, first });
        }
        expect(answers[0]).toEqual(answers[1]);
      }),
      { numRuns: 15 },
    );
  });

  /** What is asked of whoever books, without what differs by nature: ids, price and payer. */
  async function bookingPage({ id, serviceId }: Calendar, start: string): Promise<unknown> {
    const page = await new PageVisitor(booking).post('/en/holds', { calendarId: id, serviceId, start });
    return { status: page.status, forms: formsOf(page).map(({ fields }) => Object.keys(fields).sort()) };
  }
});

describe('one instant that a practitioner offers to both', () => {
  it('is taken once: whoever holds it as paid takes it from those whom the state pays for, at once', async () => {
    const practitioner = await person('Ozola');
    const state = await aCalendar(database, { branch, practitioner, payer: 'state', open, now });
    const paid = await aCalendar(database, { branch, practitioner, payer: 'paid', open, now });
    const start = '2027-03-02T10:00:00Z';
    for (const calendar of [state, paid]) expect((await slotsOf(calendar)).slots[0]?.start).toBe(start);
    const one = new PageVisitor(booking);
    expect((await one.post('/en/holds', { calendarId: paid.id, serviceId: paid.serviceId, start })).path).toContain(
      '/en/book/',
    );
    for (const calendar of [state, paid]) {
      expect((await slotsOf(calendar)).slots.map((slot) => slot.start)).not.toContain(start);
    }
    const other = new PageVisitor(booking);
    const late = await other.post('/en/holds', {
      calendarId: state.id,
      serviceId: state.serviceId,
      start,
      payer: 'state',
    });
    expect(late.path).toContain('/en/taken');
    expect(late.path).toContain('payer=state');
    expect(formsOf(late).flatMap(({ fields }) => fields['calendarId'] ?? [])).toEqual([state.id]);
  });
});

describe('before anybody chooses who pays', () => {
  it('both ways stand side by side with price and rule, and nothing is chosen by looking', async () => {
    const practitioner = await person('Liepa');
    await aCalendar(database, { branch, practitioner, payer: 'state', priceCents: 400, open, now });
    const paid = await aCalendar(database, { branch, practitioner, payer: 'paid', priceCents: 3500, open, now });
    await database.sql(
      `update service set referral_required = true where id = (
      select service_id from calendar_service cs join calendar c on c.id = cs.calendar_id where c.resource_id = $1 and c.payer = 'state')`,
      [practitioner.id],
    );
    const page = await new PageVisitor(booking).get(`/en/doctors/${practitioner.slug}`);
    const choices = /<nav class="payer-choices"[\s\S]*?<\/nav>/.exec(page.html)?.[0] ?? '';
    const text = choices.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('State-paid You pay a fee of €4 A referral is needed.');
    expect(text).toContain('Self-paid You pay €35 No referral needed. Insurers: BTA.');
    const chosen = linksOf({ html: choices }).find((link) => link.includes('payer=paid')) ?? '';
    const other = await new PageVisitor(booking).get(chosen);
    expect(formsOf(other).flatMap(({ fields }) => fields['calendarId'] ?? [])).toEqual([paid.id]);
  });

  it('an address that says two things about it shows neither', async () => {
    const practitioner = await person('Krūmiņa');
    await aCalendar(database, { branch, practitioner, payer: 'state', open, now });
    for (const query of ['payer=state&payer=paid', 'payer=everybody']) {
      const page = await new PageVisitor(booking).get(`/en/doctors/${practitioner.slug}?${query}`);
      expect(page.text).toContain('It is not clear who pays.');
      expect(formsOf(page).filter(({ action }) => action.endsWith('/holds'))).toEqual([]);
    }
  });
});

describe('a choice that was made', () => {
  it('is kept where the address is wrong in something else', async () => {
    const practitioner = await person('Sproģe');
    await aCalendar(database, { branch, practitioner, payer: 'state', open, now });
    const paid = await aCalendar(database, { branch, practitioner, payer: 'paid', open, now });
    const page = await new PageVisitor(booking).get(`/en/doctors/${practitioner.slug}?payer=paid&day=tomorrow`);
    expect(formsOf(page).flatMap(({ fields }) => fields['calendarId'] ?? [])).toEqual([paid.id]);
  });

  it('refuses a time of the other payer, on pages and in the API', async () => {
    const paid = await aCalendar(database, { branch, practitioner: await person('Vītola'), payer: 'paid', open, now });
    const start = '2027-03-02T10:00:00Z';
    const wish = { calendarId: paid.id, serviceId: paid.serviceId, start, payer: 'state' };
    expect((await new PageVisitor(booking).post('/en/holds', wish)).status).toBe(422);
    expect((await slotsOf(paid, '&payer=state')).code).toBe('other-payer');
    const answer = await fetch(`${booking.url}/api/v1/holds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'one' },
      body: JSON.stringify(wish),
    });
    expect(((await answer.json()) as { code: string }).code).toBe('other-payer');
    expect((await slotsOf(paid, '&payer=paid')).slots.length).toBeGreaterThan(0);
  });
});

describe('an insurer', () => {
  it('narrows clinics and times to those that work with it, and is suggested by name', async () => {
    await aCalendar(database, { branch, practitioner: await person('Zariņa'), payer: 'paid', open, now });
    const elsewhere = await aBranch(database, { clinic: await aClinic(database, { name: 'Ozolu klīnika' }) });
    await aCalendar(database, { branch: elsewhere, payer: 'paid', open, now });
    const { items } = await api<{ items: { clinic: { name: string }; payer: string }[] }>(
      '/practitioners?insurer=bta&payer=paid&limit=100',
    );
    expect(new Set(items.map((item) => `${item.clinic.name} ${item.payer}`))).toEqual(new Set(['Liepas klīnika paid']));
    expect((await api<{ items: { name: string }[] }>('/insurers')).items.map(({ name }) => name)).toEqual(['BTA']);
    expect((await api<{ items: { name: string }[] }>('/clinics?insurer=bta')).items.map(({ name }) => name)).toEqual([
      'Liepas klīnika',
    ]);
    const suggested = (payer: string) =>
      api<{ items: { kind: string; label: string; path: string }[] }>(`/suggest?q=bt${payer}`);
    expect((await suggested('')).items).toContainEqual({
      kind: 'insurer',
      label: 'BTA',
      detail: '',
      path: '/find?payer=insurer%3Abta',
    });
    expect((await suggested('&payer=state')).items).toEqual([]);
    const results = await new PageVisitor(booking).get('/en/find?payer=insurer:bta');
    expect(results.text).toContain('Insurers: BTA');
    const clinics = await new PageVisitor(booking).get('/en/clinics?insurer=bta');
    expect(clinics.text).toContain('Liepas klīnika');
    expect(clinics.text).not.toContain('Ozolu klīnika');
    expect((await new PageVisitor(booking).get('/en/clinics?insurer=ergo')).text).toContain(
      'No clinic works with this insurer.',
    );
  });

  it('says its country where another one is called alike', async () => {
    const estonian = await aClinic(database, { country: 'EE', name: 'Kadaka kliinik' });
    await database.sql(`insert into clinic_insurer (clinic_id, insurer_id) values ($1, 'lv-ergo'), ($2, 'ee-ergo')`, [
      clinic.id,
      estonian.id,
    ]);
    const page = (await new PageVisitor(booking, 'et').get('/et/clinics')).text;
    for (const words of ['BTA', 'ERGO (Eesti)', 'ERGO (Läti)']) expect(page).toContain(words);
    expect(page).not.toContain('BTA (');
    const answer = await fetch(`${booking.url}/et/suggest?q=erg`);
    const { items } = (await answer.json()) as { items: { label: string; href?: string }[] };
    expect(items.map(({ label }) => label).sort()).toEqual(['ERGO (Eesti)', 'ERGO (Läti)']);
    expect(items.map(({ href = '' }) => href).sort()).toEqual([
      '/et/find?payer=insurer%3Aee-ergo',
      '/et/find?payer=insurer%3Alv-ergo',
    ]);
  });
});
