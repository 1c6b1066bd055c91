import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { aBranch, aCalendar, aClinic, aPractitioner, type Practitioner } from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { formsOf, linksOf, PageVisitor } from '../support/page-visitor.js';

const morning = '2027-03-01T06:00:00Z';
const mostPages = 120;
let database: TestDatabase;
let booking: RunningApp;
let both: Practitioner;
let paidOnly: Practitioner;
/** Payer of every calendar. */
const payers = new Map<string, string>();

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database, { name: 'Liepas klīnika' });
  const branch = await aBranch(database, { clinic });
  const elsewhere = await aBranch(database, { clinic, city: 'Liepāja' });
  both = await aPractitioner(database, { clinic, givenName: 'Anna', familyName: 'Ozola' });
  paidOnly = await aPractitioner(database, { clinic, givenName: 'Juris', familyName: 'Kalns' });
  const open = [1, 2, 3].map((day) => [`2027-03-0${day}T12:00`, `2027-03-0${day}T14:00`] as const);
  for (const wish of [
    { branch, practitioner: both, payer: 'state' },
    { branch, practitioner: both, payer: 'paid' },
    { branch, practitioner: paidOnly, payer: 'paid' },
    { branch: elsewhere, practitioner: paidOnly, payer: 'paid' },
  ] as const) {
    const { id } = await aCalendar(database, { ...wish, open, now: morning });
    payers.set(id, wish.payer);
  }
  booking = await startApp('booking', { clock: testClock(morning) });
});

afterAll(async () => {
  await booking.stop();
  await database.drop();
});

/** Payers of the times that a page offers, by the calendars its forms would book. */
const offered = (html: string): string[] => [
  ...new Set(formsOf({ html }).flatMap(({ fields }) => payers.get(fields['calendarId'] ?? '') ?? [])),
];

describe.each(['state', 'paid'] as const)('whoever asked for %s times', (payer) => {
  it('is offered no others along any sequence of links that keeps the choice', async () => {
    const visitor = new PageVisitor(booking);
    const seen = new Set<string>();
    const left = [
      `/en/find?payer=${payer}`,
      `/en/find?payer=${payer}&q=ozola`,
      `/en/find?payer=${payer}&city=Liep%C4%81ja`,
      `/en/find?payer=${payer}&from=2028-01-01`,
      `/en/find?payer=${payer}&q=nobody-is-called-so`,
      `/en/doctors/${both.slug}?payer=${payer}`,
      `/en/doctors/${paidOnly.slug}?payer=${payer}`,
    ];
    for (let path = left.shift(); path !== undefined && seen.size < mostPages; path = left.shift()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const page = await visitor.get(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect([path, offered(page.html).filter((each) => each !== payer)]).toEqual([path, []]);
      // The switch of the payer is the visitor's own step; every other link of the page keeps the choice.
      const main = {
        html:
          /<main[\s\S]*<\/main>/.exec(page.html)?.[0].replace(/<nav class="payer-choices"[\s\S]*?<\/nav>/g, '') ?? '',
      };
      const lost = linksOf(main).filter(
        (link) => /^\/en\/(?:find|doctors|clinics)\b/.test(link) && !link.includes(`payer=${payer}`),
      );
      expect([path, lost]).toEqual([path, []]);
      left.push(...linksOf(page).filter((link) => link.startsWith('/en/') && link.includes(`payer=${payer}`)));
    }
    expect(seen.size).toBeGreaterThan(10);
  });
});

describe('a search for state-paid times', () => {
  it('never links on to paid ones, and says why a doctor has none', async () => {
    const visitor = new PageVisitor(booking);
    const results = await visitor.get('/en/find?payer=state');
    expect(linksOf(results).filter((link) => link.includes('payer=paid'))).toEqual([]);
    expect(results.text).toContain('State-paid times only.');
    const doctor = await visitor.get(`/en/doctors/${paidOnly.slug}?payer=state`);
    expect(doctor.text).toContain(
      'This doctor offers no state-paid times online. We do not show self-paid ones instead.',
    );
    expect(doctor.text).toContain('Slimnīca');
    expect(
      formsOf(doctor)
        .flatMap(({ fields }) => fields['calendarId'] ?? [])
        .map((id) => payers.get(id)),
    ).not.toContain('paid');
  });

  it('has no dead end where nothing is free', async () => {
    const visitor = new PageVisitor(booking);
    const none = await visitor.get('/en/find?payer=state&city=Liep%C4%81ja');
    expect(none.text).toContain('Nothing is free for this search');
    expect(none.text).toContain('Nothing is free in Liepāja.');
    expect(none.text).toContain('First free time: ');
    expect(none.text).toContain('+37160000000');
    expect(none.text).toMatch(/Slimnīca ?, Hipokrāta iela 2, 113/);
    const later = await visitor.get('/en/find?payer=state&from=2028-01-01');
    expect(later.text).toContain('Earlier times, without the date');
    const unknown = await visitor.get('/en/find?q=nobody-is-called-so');
    expect(unknown.text).toContain('We found nothing that matches “nobody-is-called-so”');
    expect(unknown.text).toContain('If it cannot wait');
  });
});

describe('an address', () => {
  it.each([
    '/en/find?from=2027-02-31',
    '/en/find?payer=everybody',
    '/en/find?specialty=%3Cscript%3E',
    '/en/find?language=xx',
    `/en/find?q=${'x'.repeat(500)}`,
  ])('that cannot be meant, %s, is shown again with what is wrong', async (path) => {
    const page = await new PageVisitor(booking).get(path);
    expect(page.status).toBe(422);
    expect(page.html.includes('class="error-summary"')).toBe(true);
  });

  it.each([
    '/en/doctors/nobody',
    '/en/clinics/nowhere',
    '/en/book/00000000-0000-4000-8000-000000000000/x',
    '/en/book/not-an-id',
    '/xx/find',
    '/en/taken',
  ])('that leads nowhere, %s, says so', async (path) => {
    expect((await new PageVisitor(booking).get(path)).status).toBe(404);
  });

  it.each(['cursor=zzz', 'cursor=', 'page=7', 'q=%25%25%25', 'q=%27%3B--', 'city=Atlantis', 'branch=1'])(
    'of a search with %s never breaks',
    async (query) => {
      const page = await new PageVisitor(booking).get(`/en/find?${query}`);
      expect(page.status).toBeLessThan(500);
    },
  );
});
