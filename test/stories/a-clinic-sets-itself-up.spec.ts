import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPractitioner,
  aStaffMember,
  type Credential,
  type StaffMember,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

// A Monday.
const clock = testClock('2027-03-01T08:00:00Z');

/** What somebody may write into any field; nothing of it may become markup. */
const nasty = `O’Neil <img src=x onerror=alert(1)> "'</script><script>alert(2)</script> {{7*7}}`;

let database: TestDatabase;
let app: RunningApp;
let booking: RunningApp;
let clinicId: string;
let admin: StaffMember;
let credential: Credential;
let anna: StaffVisitor;
let registrar: StaffVisitor;
let stranger: StaffVisitor;
let elsewhere: { clinicId: string; practitionerId: string };

const enter = async (staff: StaffMember): Promise<StaffVisitor> =>
  staffVisitor(app, staff, await aCredential(database, staff), clock);

const publicPage = async (path: string): Promise<{ status: number; html: string }> => {
  const answer = await fetch(booking.url + path);
  return { status: answer.status, html: await answer.text() };
};

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  const clinic = await aClinic(database, { name: 'Jaunā klīnika', slug: 'jauna-klinika' });
  clinicId = clinic.id;
  await database.sql(
    `update clinic set published = false, complaint_contacts = '[]', registration_number = '', phone = '', email = '' where id = $1`,
    [clinicId],
  );
  const other = await aClinic(database, { name: 'Cita klīnika', slug: 'cita-klinika' });
  const practitioner = await aPractitioner(database, { clinic: other, givenName: 'Juris', familyName: 'Ošs' });
  await aCalendar(database, { branch: await aBranch(database, { clinic: other }), practitioner });
  elsewhere = { clinicId: other.id, practitionerId: practitioner.id };
  app = await startApp('clinic', { clock });
  booking = await startApp('booking', { clock });
  admin = await aStaffMember(database, { clinic, role: 'admin', name: 'Anna Vadītāja' });
  credential = await aCredential(database, admin);
  anna = await staffVisitor(app, admin, credential, clock);
  registrar = await enter(await aStaffMember(database, { clinic }));
  stranger = await enter(await aStaffMember(database, { clinic: other, role: 'admin' }));
});

afterAll(async () => {
  await app?.stop();
  await booking?.stop();
  await database?.drop();
});

const card = {
  name: 'Saules klīnika',
  registrationNumber: '4000 3052 786',
  address: 'Brīvības iela 1, Rīga, LV-1010',
  phone: '+371 67000000',
  email: 'info@saule.example',
  website: 'https://saule.example',
  'about.lv': 'Ģimenes ārsti un kardiologi pilsētas centrā.',
  'about.ru': 'Семейные врачи и кардиологи в центре города.',
  insurers: ['lv-bta', 'lv-if', 'ee-salva'],
};

const branch = {
  name: 'Centrs',
  city: 'Rīga',
  address: 'Brīvības iela 1',
  postalCode: 'LV-1010',
  room: '2. stāvs',
  zone: 'Europe/Riga',
  phone: '+371 67000001',
  latitude: '56,9496',
  longitude: '24.1052',
  'emergency.name': 'Rīgas Austrumu slimnīca',
  'emergency.address': 'Hipokrāta iela 2, Rīga',
  'emergency.phone': '113',
  'reception.0.specialty': 'internal-medicine',
  'reception.0.days': ['1', '2', '4'],
  'reception.0.from': '09:00',
  'reception.0.to': '17:00',
};

const complaints = { 'complaints.0.name': 'Veselības inspekcija', 'complaints.0.phone': '+371 67081600' };

const doctor = {
  givenName: 'Līga',
  familyName: 'Kalniņa',
  'title.lv': 'Dr. med.',
  'specialties.0': 'internal-medicine',
  'specialties.1': 'nephrology',
  languages: ['lv', 'en', 'de'],
  'about.lv': 'Ārstē sirdi.',
  activeFrom: '2027-03-01',
  'restrictions.lv': 'Ceturtdienās tikai bērni.',
};

/** Where the wizard's links of what is missing lead. */
const missingLinks = ({ html }: StaffPage): string[] => [
  ...new Set(
    [...html.matchAll(/href="(\/en\/setup\/[^"#]+#[^"]+|\/en\/setup\/branches\/new)"/g)].map(([, to = '']) => to),
  ),
];

describe('a new clinic', () => {
  it('begins with the wizard, which links what is missing to the very field', async () => {
    const answer = await fetch(`${app.url}/en/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html' },
      body: new URLSearchParams({
        email: admin.email,
        password: credential.password,
        code: await credential.code(clock.now().add({ seconds: 30 })),
        returnTo: '/en/calendar',
      }),
    });
    expect(answer.headers.get('location')).toBe('/en/setup');
    const page = await anna.get('/en/setup');
    expect(page.status).toBe(200);
    expect(missingLinks(page)).toEqual([
      '/en/setup/clinic#registrationNumber',
      '/en/setup/clinic#address',
      '/en/setup/clinic#phone',
      '/en/setup/clinic#email',
      '/en/setup/clinic#about.lv',
      '/en/setup/board#complaints.0.name',
      '/en/setup/branches/new',
    ]);
    const form = await anna.get('/en/setup/clinic');
    for (const field of ['registrationNumber', 'address', 'phone', 'email', 'about.lv'])
      expect(form.html).toContain(`id="${field}"`);
    expect((await anna.get('/en/setup/board')).html).toContain('id="complaints.0.name"');
  });

  it('has a calendar that says what to do next, and no way in its menu that leads nowhere', async () => {
    const bound = await enter(await aStaffMember(database, { clinic: { id: clinicId }, branches: [] }));
    for (const kind of ['', '/week', '/month']) {
      const calendar = await anna.get(`/en/calendar${kind}`);
      expect(calendar.status).toBe(200);
      expect(calendar.text).toContain('The clinic has no branch yet');
      expect(calendar.html).toMatch(/<a class="button" href="\/en\/setup">/);
      const read = await registrar.get(`/en/calendar${kind}`);
      expect(read.text).toContain('The clinic’s administrator adds branches and practitioners.');
      expect(read.html).not.toContain('/en/setup');
      expect((await bound.get(`/en/calendar${kind}`)).text).toContain('No branch is open to you');
    }
    const menu = [...(await anna.get('/en/calendar')).html.matchAll(/<li><a href="(\/en\/[^"]+)"/g)].map(
      ([, to = '']) => to,
    );
    expect(menu.length).toBeGreaterThan(15);
    const pages = await Promise.all(menu.map(async (to) => ({ to, status: (await anna.get(to)).status })));
    expect(pages.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('cannot be published before its card and board are whole, not even by a post of its own', async () => {
    expect((await anna.get('/en/setup')).html).not.toContain('action="/en/setup/publish"');
    const refused = await anna.post('/en/setup/publish', {});
    expect(refused.location).toBe('/en/setup');
    expect((await publicPage('/en/clinics/jauna-klinika')).status).toBe(404);
  });

  it('keeps what was typed and says what is wrong beside it', async () => {
    const wrong = await anna.post('/en/setup/clinic', {
      ...card,
      registrationNumber: '10060701',
      phone: 'abc',
      website: 'javascript:alert(1)',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('value="10060701"');
    expect(wrong.text).toContain('Enter a phone number');
    expect(wrong.text).toContain('Enter the address of a website');
    const number = await anna.post('/en/setup/clinic', { ...card, registrationNumber: '32345678901' });
    expect(number.status).toBe(422);
    expect(number.text).toContain('A Latvian registration number has 11 digits');
    expect(number.html).toContain('Ģimenes ārsti un kardiologi');
  });

  it('fills in its card, its board and a branch', async () => {
    expect((await anna.post('/en/setup/clinic', card)).location).toBe('/en/setup');
    const [kept] = await database.sql<{ number: string; insurers: string[] }>(
      `select registration_number as number, array(select insurer_id from clinic_insurer where clinic_id = k.id order by 1) as insurers
         from clinic k where id = $1`,
      [clinicId],
    );
    // Insurers of the other country are not to be chosen.
    expect(kept).toEqual({ number: '40003052786', insurers: ['lv-bta', 'lv-if'] });
    const board = await anna.get('/en/setup/board');
    expect(board.html).toContain('value="Veselības inspekcija"');
    expect((await anna.post('/en/setup/board', complaints)).status).toBe(303);
    expect((await anna.post('/en/setup/branches/new', branch)).location).toBe('/en/setup');
    const [row] = await database.sql<{ id: string; reception: object[] }>(
      'select id, reception from branch where clinic_id = $1',
      [clinicId],
    );
    expect(row?.reception).toEqual(
      [1, 2, 4].map((weekday) => ({ specialty: 'internal-medicine', weekday, from: '09:00', to: '17:00' })),
    );
    const page = await anna.get(`/en/setup/branches/${row?.id}`);
    expect(page.html).toContain('value="Rīgas Austrumu slimnīca"');
    expect(page.html.match(/name="reception.0.days" value="\d" checked/g)).toHaveLength(3);
    // What is left is the button that adds another branch.
    expect(missingLinks(await anna.get('/en/setup'))).toEqual(['/en/setup/branches/new']);
    for (const [reader, ways] of [
      [anna, ['/en/setup', '/en/calendars']],
      [registrar, ['/en/calendars']],
    ] as const)
      for (const kind of ['', '/week', '/month']) {
        const calendar = await reader.get(`/en/calendar${kind}`);
        expect(calendar.text).toContain('Nobody receives patients at Centrs yet');
        const empty = calendar.html.slice(calendar.html.indexOf('<div class="empty">'));
        expect([...empty.matchAll(/class="button[^"]*" href="([^"]+)"/g)].map(([, to]) => to)).toEqual(ways);
      }
  });

  it('is told what a line of reception times lacks', async () => {
    const wrong = await anna.post('/en/setup/branches/new', {
      ...branch,
      'reception.0.days': [],
      'reception.1.specialty': 'neurology',
      'reception.1.days': '1',
      'reception.1.from': '12:00',
      'reception.1.to': '11:00',
      longitude: '',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Choose at least one day.');
    expect(wrong.text).toContain('The end must be after the start.');
    expect(wrong.html).toMatch(/id="longitude"[^>]*aria-invalid="true"/);
  });

  it('adds a doctor, who cannot be published before the clinic', async () => {
    const added = await anna.post('/en/setup/doctors/new', doctor);
    const path = added.location ?? '';
    expect(path).toMatch(/^\/en\/setup\/doctors\/[0-9a-f-]{36}$/);
    const page = await anna.get(path);
    expect(page.html).toContain('value="Kalniņa"');
    expect(page.html).toMatch(/<option value="internal-medicine" selected/);
    await anna.post(`${path}/publish`, {});
    expect((await publicPage('/en/doctors/liga-kalnina')).status).toBe(404);
  });

  it('is published, then its doctor, and patients see card and board', async () => {
    expect((await anna.get('/en/setup')).html).toContain('action="/en/setup/publish"');
    expect((await anna.post('/en/setup/publish', {})).location).toBe('/en/setup');
    const [{ id } = { id: '' }] = await database.sql<{ id: string }>(
      `select id from practitioner where slug = 'liga-kalnina'`,
    );
    await anna.post(`/en/setup/doctors/${id}/publish`, {});
    const clinic = await publicPage('/lv/clinics/jauna-klinika');
    expect(clinic.status).toBe(200);
    for (const words of [
      'Saules klīnika',
      '40003052786',
      'Rīgas Austrumu slimnīca',
      'Hipokrāta iela 2',
      'Veselības inspekcija',
      'Internists',
      '09:00–17:00',
      'Līga Kalniņa',
      'https://saule.example',
    ])
      expect(clinic.html).toContain(words);
    const page = await publicPage('/lv/doctors/liga-kalnina');
    expect(page.status).toBe(200);
    expect(page.html).toContain('Ceturtdienās tikai bērni.');
    expect(page.html).toContain('Dr. med. Līga Kalniņa');
  });

  it('keeps what is public whole', async () => {
    const [row] = await database.sql<{ id: string }>('select id from branch where clinic_id = $1', [clinicId]);
    const bare = Object.fromEntries(Object.entries(branch).filter(([name]) => !name.startsWith('reception.')));
    const refused = await anna.post(`/en/setup/branches/${row?.id}`, bare);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('A published card needs this.');
    expect((await anna.post('/en/setup/board', {})).status).toBe(422);
    const [{ id } = { id: '' }] = await database.sql<{ id: string }>(
      `select id from practitioner where slug = 'liga-kalnina'`,
    );
    const without = await anna.post(`/en/setup/doctors/${id}`, { ...doctor, 'specialties.0': '', 'specialties.1': '' });
    expect(without.status).toBe(422);
    expect((await anna.post('/en/setup/withdraw', {})).status).toBe(303);
    expect((await publicPage('/en/clinics/jauna-klinika')).status).toBe(404);
    await anna.post('/en/setup/publish', {});
  });
});

describe('a branch', () => {
  const mistaken = { ...branch, name: 'Kļūda' };
  const idOf = async (name: string): Promise<string> => {
    const [row] = await database.sql<{ id: string }>('select id from branch where clinic_id = $1 and name = $2', [
      clinicId,
      name,
    ]);
    return row?.id ?? '';
  };

  it('that was added by mistake is taken away again; one with calendars, or the last, is not', async () => {
    await anna.post('/en/setup/branches/new', mistaken);
    expect((await stranger.post(`/en/setup/branches/${await idOf('Kļūda')}/remove`, {})).status).toBe(404);
    expect((await anna.post(`/en/setup/branches/${await idOf('Kļūda')}/remove`, {})).location).toBe('/en/setup');
    expect(await idOf('Kļūda')).toBe('');
    await anna.post(`/en/setup/branches/${await idOf('Centrs')}/remove`, {});
    expect(await idOf('Centrs')).not.toBe('');
  });

  it('that moves to another city is found there, and keeps its country', async () => {
    const id = await idOf('Centrs');
    const practitioner = await aPractitioner(database, { clinic: { id: clinicId }, familyName: 'Pārceltā' });
    const wish = {
      branch: { id, clinicId, city: 'Rīga', zone: 'Europe/Riga' },
      practitioner,
      now: clock.now().toString(),
    };
    await aCalendar(database, { ...wish, open: [['2027-03-02T09:00', '2027-03-02T10:00']] });
    expect((await anna.post(`/en/setup/branches/${id}`, { ...branch, city: 'Ogre' })).status).toBe(303);
    const marked = await database.sql('select from stale_days where resource_id = $1', [practitioner.id]);
    expect(marked).toHaveLength(1);
    const moved = await anna.post(`/en/setup/branches/${id}`, { ...branch, zone: 'Europe/Tallinn' });
    expect(moved.status).toBe(422);
    expect(moved.text).toContain('The country of a branch cannot be changed any more');
    await anna.post(`/en/setup/branches/${id}/remove`, {});
    expect(await idOf('Centrs')).toBe(id);
  });
});

describe('a clinic that is not published', () => {
  it('cannot be booked by an address that somebody kept', async () => {
    const [calendar] = await database.sql<{ id: string; service: string }>(
      'select c.id, cs.service_id as service from calendar c join calendar_service cs on cs.calendar_id = c.id where c.clinic_id = $1',
      [clinicId],
    );
    const hold = (): Promise<Response> =>
      fetch(`${booking.url}/lv/holds`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({
          calendarId: calendar!.id,
          serviceId: calendar!.service,
          start: '2027-03-02T07:00:00Z',
        }),
      });
    await anna.post('/en/setup/withdraw', {});
    expect((await hold()).headers.get('location')).toContain('why=not-published');
    await anna.post('/en/setup/publish', {});
    expect((await hold()).headers.get('location')).toContain('/lv/book/');
  });
});

describe('somebody who works at another clinic already', () => {
  it('is found by name and added, and stays one person', async () => {
    const same = await anna.post('/en/setup/doctors/new', { ...doctor, givenName: 'Juris', familyName: 'Oss' });
    expect(same.status).toBe(422);
    expect(same.text).toContain('A doctor of this name is in the portal already.');
    expect(same.text).toContain('Cita klīnika');
    const found = await anna.get('/en/setup/doctors/add?q=oss');
    expect(found.text).toContain('Juris Ošs');
    const added = await anna.post('/en/setup/doctors/add', {
      practitioner: elsewhere.practitionerId,
      activeFrom: '2027-03-01',
    });
    expect(added.location).toBe(`/en/setup/doctors/${elsewhere.practitionerId}`);
    const [{ n } = { n: 0 }] = await database.sql<{ n: number }>(
      `select count(*)::integer as n from practitioner where family_name = 'Ošs'`,
    );
    expect(n).toBe(1);
  });

  it('has a card that the first clinic keeps: the second says only what holds there', async () => {
    const path = `/en/setup/doctors/${elsewhere.practitionerId}`;
    const page = await anna.get(path);
    expect(page.text).toContain('Cita klīnika keeps this card.');
    expect(page.html).not.toContain('name="familyName"');
    const saved = await anna.post(path, { activeFrom: '2027-03-01', 'restrictions.lv': 'Tikai otrdienās.' });
    expect(saved.location).toBe('/en/setup');
    // Fields that the form does not have are refused, and the verbs ask again.
    expect((await anna.post(path, { ...doctor, familyName: 'Sagrozīts' })).status).toBe(422);
    expect((await anna.post(`${path}/withdraw`, {})).status).toBe(403);
    expect((await anna.get(`${path}/picture`)).status).toBe(403);
    const [kept] = await database.sql<{ name: string; published: boolean }>(
      'select family_name as name, published from practitioner where id = $1',
      [elsewhere.practitionerId],
    );
    expect(kept).toEqual({ name: 'Ošs', published: true });
    expect((await publicPage(`/lv/clinics/jauna-klinika`)).html).toContain('Juris Ošs');
  });

  it('ends the work here on a day, and stays there', async () => {
    const path = `/en/setup/doctors/${elsewhere.practitionerId}/end`;
    expect((await anna.post(path, { lastDay: '2026-01-01' })).status).toBe(422);
    expect((await anna.post(path, { lastDay: '2027-03-10' })).location).toBe('/en/setup');
    const roles = await database.sql<{ clinic: string; until: string | null }>(
      'select clinic_id as clinic, active_to::text as until from practitioner_role where practitioner_id = $1 order by id',
      [elsewhere.practitionerId],
    );
    expect(roles).toEqual([
      { clinic: elsewhere.clinicId, until: null },
      { clinic: clinicId, until: '2027-03-10' },
    ]);
  });
});

describe('whoever may not', () => {
  const pages = ['', '/clinic', '/board', '/branches/new', '/doctors/new', '/doctors/add', '/picture'];

  it('is refused: a registrar everything', async () => {
    for (const path of pages) expect((await registrar.get(`/en/setup${path}`)).status).toBe(403);
    for (const path of [
      '/publish',
      '/withdraw',
      '/clinic',
      '/board',
      '/branches/new',
      '/doctors/new',
      '/doctors/add',
      '/picture',
    ])
      expect((await registrar.post(`/en/setup${path}`, {})).status).toBe(403);
    expect((await registrar.get('/en/calendar')).html).not.toContain('href="/en/setup"');
  });

  it('finds nothing: the admin of another clinic', async () => {
    const [row] = await database.sql<{ id: string }>('select id from branch where clinic_id = $1', [clinicId]);
    const [own] = await database.sql<{ id: string }>(`select id from practitioner where slug = 'liga-kalnina'`);
    for (const path of [
      `branches/${row?.id}`,
      `doctors/${own?.id}`,
      `doctors/${own?.id}/picture`,
      `doctors/${own?.id}/end`,
    ]) {
      expect((await stranger.get(`/en/setup/${path}`)).status).toBe(404);
      expect((await stranger.post(`/en/setup/${path}`, { ...branch, ...doctor })).status).toBe(404);
    }
    expect((await stranger.post(`/en/setup/doctors/${own?.id}/withdraw`, {})).status).toBe(404);
    expect((await stranger.get('/en/setup/doctors/not-an-id')).status).toBe(404);
    expect((await stranger.get('/en/setup')).text).not.toContain('Saules');
  });
});

describe('words that look like markup', () => {
  it('stay words in every field, on both sides', async () => {
    await anna.post('/en/setup/clinic', { ...card, name: nasty, address: nasty, 'about.lv': nasty });
    const [row] = await database.sql<{ id: string }>('select id from branch where clinic_id = $1', [clinicId]);
    await anna.post(`/en/setup/branches/${row?.id}`, {
      ...branch,
      name: nasty,
      city: nasty.slice(0, 90),
      room: '<b>1</b>',
      address: nasty,
      'emergency.name': nasty,
      'emergency.address': nasty,
    });
    await anna.post('/en/setup/board', { ...complaints, 'complaints.0.name': nasty, 'complaints.0.address': nasty });
    const [own] = await database.sql<{ id: string }>(`select id from practitioner where slug = 'liga-kalnina'`);
    const posted = await anna.post(`/en/setup/doctors/${own?.id}`, {
      ...doctor,
      givenName: nasty,
      'title.lv': nasty,
      'about.lv': nasty,
      'restrictions.lv': nasty,
    });
    expect(posted.location).toBe('/en/setup');
    const staff = [
      '/setup',
      '/setup/clinic',
      '/setup/board',
      `/setup/branches/${row?.id}`,
      `/setup/doctors/${own?.id}`,
      '/setup/picture',
      `/setup/doctors/${own?.id}/picture`,
      `/setup/doctors/${own?.id}/end`,
    ];
    const shown = [
      ...(await Promise.all(staff.map(async (path) => (await anna.get(`/en${path}`)).html))),
      (await publicPage('/lv/clinics/jauna-klinika')).html,
      (await publicPage('/lv/doctors/liga-kalnina')).html,
    ];
    for (const html of shown) {
      expect(html).toContain('O’Neil');
      expect(html).not.toContain('<img src=x');
      expect(html).not.toContain('<b>1</b>');
      expect(html).not.toMatch(/<script>alert/);
      // With what stands before it: ids end in these digits, too.
      expect(html).not.toMatch(/script(?:>|&gt;) 49/);
      for (const [, json = ''] of html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g))
        expect(JSON.parse(json)).toMatchObject({ '@context': 'https://schema.org' });
    }
  });
});
