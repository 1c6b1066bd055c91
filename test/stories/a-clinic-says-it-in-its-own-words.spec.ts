import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookAppointment } from '#libs/appointments';
import { noticeKindNames } from '#libs/notifications';
import { languages } from '#libs/platform';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { type CaughtLetter, type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asGuest } from '../support/verbs.js';

const clock = testClock('2027-03-01T05:00:00Z');
const day = '2027-03-10';

describe('a clinic says it in its own words', () => {
  let database: TestDatabase;
  let mail: SmtpCatcher;
  let app: RunningApp;
  let worker: RunningApp;
  let clinic: build.Clinic;
  let branch: build.Branch;
  let annex: build.Branch;
  let calendar: build.Calendar;
  let member: build.StaffMember;
  let admin: StaffVisitor;
  let registrar: StaffVisitor;
  let stranger: StaffVisitor;
  let visits = 0;

  beforeAll(async () => {
    database = await testDatabase();
    mail = await smtpCatcher();
    await prepareEnvironment({ database, smtpUrl: mail.url });
    clinic = await build.aClinic(database, { name: 'Ozolkalna klīnika' });
    branch = await build.aBranch(database, { clinic });
    annex = await build.aBranch(database, { clinic, city: 'Ogre' });
    await database.sql(`update branch set address = 'Liepu iela 3', room = '12' where id = $1`, [branch.id]);
    const practitioner = await build.aPractitioner(database, { clinic, familyName: 'Liepa', specialty: 'oncology' });
    const wish = { branch, open: [[`${day}T09:00`, `${day}T18:00`]], now: clock.now().toString() } as const;
    calendar = await build.aCalendar(database, { ...wish, practitioner });
    await database.sql(`update service set name = $2 where id = $1`, [
      calendar.serviceId,
      JSON.stringify({
        lv: 'Onkologa konsultācija',
        et: 'Onkoloogi vastuvõtt',
        en: 'Oncology visit',
        ru: 'Прием онколога',
      }),
    ]);
    app = await startApp('clinic', { clock });
    const enter = async (staff: build.StaffMember): Promise<StaffVisitor> =>
      staffVisitor(app, staff, await build.aCredential(database, staff), clock);
    member = await build.aStaffMember(database, { clinic, role: 'admin' });
    admin = await enter(member);
    registrar = await enter(await build.aStaffMember(database, { clinic }));
    const elsewhere = await build.aClinic(database, { name: 'Cita klīnika' });
    stranger = await enter(await build.aStaffMember(database, { clinic: elsewhere, role: 'admin' }));
    worker = await startApp('worker', { clock });
  });

  afterAll(async () => {
    await worker?.stop();
    await app?.stop();
    await mail?.stop();
    await database?.drop();
  });

  const book = async (wishes: { strict?: boolean } = {}): Promise<{ id: string; email: string }> => {
    const email = `${randomUUID()}@patient.example`;
    const account = await build.anAccount(database, { email });
    const actor = asGuest(account.id);
    const start = Temporal.PlainDateTime.from(`${day}T09:00`).add({ minutes: 30 * visits++ });
    const { id } = await app.get(BookAppointment).run({
      actor,
      slot: {
        calendarId: calendar.id,
        serviceId: calendar.serviceId,
        start: Temporal.Instant.from(build.at(calendar, start.toString())),
      },
      patient: {
        givenName: 'Jānis',
        familyName: `Zvirgzdiņš ${visits}`,
        birthDate: Temporal.PlainDate.from('1971-02-03'),
        language: 'lv',
      },
      contact: { email, phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
      ...(wishes.strict && { wishes: { strict: true } }),
    });
    return { id, email };
  };
  const told = async (wishes: { strict?: boolean } = {}): Promise<CaughtLetter> =>
    mail.waitFor((await book(wishes)).email);
  const words = (fields: Record<string, string>) => admin.post('/lv/letters/words', { in: 'lv', ...fields });

  it('shows who gets what, and how each letter looks in each language before anybody has had one', async () => {
    const list = await admin.get('/lv/letters');
    const listed = noticeKindNames.filter((kind) => list.html.includes(`href="/lv/letters/kinds/${kind}"`));
    // What nothing leads to yet is not said to be sent.
    const unused = ['cancelled-by-system', 'data-request'];
    expect(listed).toEqual(noticeKindNames.filter((kind) => !unused.includes(kind)));
    expect((await stranger.get('/lv/letters/kinds/booked')).text).toContain('rādīts izdomāts paraugs');
    for (const kind of noticeKindNames) {
      const page = await admin.get(`/lv/letters/kinds/${kind}?in=et&level=usual`);
      expect([kind, page.status]).toEqual([kind, 200]);
      const look = await admin.get(`/lv/letters/kinds/${kind}/look?in=et&level=strict`);
      expect([kind, look.status, look.html.slice(0, 40)]).toEqual([kind, 200, expect.stringContaining('lang="et"')]);
    }
    expect((await admin.get('/lv/letters/kinds/no-such-kind')).status).toBe(404);
    expect((await registrar.get('/lv/letters')).status).toBe(403);
    expect((await registrar.get('/lv/letters/kinds/booked/look')).status).toBe(403);
  });

  it('previews with the data of a real visit, names nobody, and writes the look down', async () => {
    const { id } = await book();
    const page = await admin.get('/lv/letters/kinds/booked?in=lv');
    const [row] = await database.sql<{ reference: string }>('select reference from appointment where id = $1', [id]);
    expect(page.text).toContain(row!.reference.replace(/(.{4})(?!$)/g, '$1 '));
    expect(page.text).not.toMatch(/Zvirgzdi|patient\.example/);
    const looks = await database.sql(
      `select 1 from access_log where appointment_id = $1 and action = 'letter-preview' and staff_member_id = $2`,
      [id, member.id],
    );
    expect(looks).toHaveLength(1);
    // Another clinic sees none of it.
    expect((await stranger.get('/lv/letters/kinds/booked')).text).not.toContain('Liepu iela 3');
  });

  it('frames the letter where no script runs and nothing leaves, and nowhere else', async () => {
    const ask = (path: string) => fetch(app.url + path, { headers: { cookie: admin.cookie } });
    const look = await ask('/lv/letters/kinds/booked/look');
    const policy = look.headers.get('content-security-policy') ?? '';
    for (const part of ['sandbox', "default-src 'none'", "frame-ancestors 'self'", "form-action 'none'"])
      expect(policy).toContain(part);
    expect(policy).not.toContain('script-src');
    expect([look.headers.get('x-frame-options'), look.headers.get('cache-control')]).toEqual([
      'SAMEORIGIN',
      expect.stringContaining('no-store'),
    ]);
    const page = await ask('/lv/letters/kinds/booked');
    expect(page.headers.get('content-security-policy')).toContain("frame-src 'self'");
    const other = await ask('/lv/letters');
    expect(other.headers.get('content-security-policy')).not.toContain('frame-src');
  });

  it('adds greeting, directions and signature, of all branches or of one, and preparation of the service', async () => {
    const shared = { greeting: 'Labdien!', directions: 'Ieeja no Liepu ielas.', signature: 'Ozolkalna klīnika' };
    expect((await words(shared)).status).toBe(303);
    expect((await words({ branch: branch.id, directions: 'Otrais stāvs.\nLifts pa labi.' })).status).toBe(303);
    expect((await words({ branch: annex.id, greeting: 'Sveiki Ogrē!' })).status).toBe(303);
    const prepare = (fields: Record<string, string>) =>
      admin.post(`/lv/letters/preparation/${calendar.serviceId}`, fields);
    expect((await prepare({ 'preparation.et': 'Võtke kaasa vanad väljavõtted.' })).status).toBe(303);
    // The button is pressed several times at once.
    const said = { 'preparation.lv': 'Paņemiet līdzi iepriekšējos izrakstus.' };
    const pressed = await Promise.all([said, said, said].map(prepare));
    expect(pressed.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect((await admin.get('/lv/letters/preparation')).text).toMatch(/Uzrakstīts: Latviski$/);
    const { text = '', html = '' } = (await told()).parsed;
    for (const said of ['Labdien!', 'Otrais stāvs.\nLifts pa labi.', 'Ozolkalna klīnika', 'Paņemiet līdzi'])
      expect(text).toContain(said);
    expect(text.split('\n')[0]).toBe('Jūsu pieraksts ir veikts');
    expect(text).not.toMatch(/Liepu ielas\.|Ogrē/);
    for (const said of ['Labdien!', 'Lifts pa labi.', 'Paņemiet līdzi']) expect(html).toContain(said);
    expect((await admin.get('/lv/letters/kinds/booked/look?in=lv')).html).toContain('Lifts pa labi.');
    // Nothing is said in a language in which nothing was written.
    expect((await admin.get('/lv/letters/kinds/booked/look?in=en')).html).not.toContain('Labdien!');
  });

  it('leaves the clinic’s words out where the patient wants as little said as can be', async () => {
    const { text = '', html = '' } = (await told({ strict: true })).parsed;
    for (const said of ['Labdien', 'stāvs', 'Ozolkalna', 'Paņemiet', 'Liepu iela', '+371', 'kabinets'])
      expect([said, text.includes(said), html.includes(said)]).toEqual([said, false, false]);
    expect(text).toContain('Kur un pie kā ir vizīte un kā tai sagatavoties, izlasiet portālā.');
  });

  it('writes what looks like a template as it was typed', async () => {
    const typed = `{{constructor.constructor('return process')()}} {{{x}}} \${7*7} <%= y %> <script>alert(1)</script>`;
    expect(
      (await words({ branch: branch.id, greeting: typed, signature: '{{#with letter}}{{first}}{{/with}}' })).status,
    ).toBe(303);
    const letter = await told();
    const { text = '', html = '' } = letter.parsed;
    expect(text).toContain(typed);
    expect(text).toContain('{{#with letter}}{{first}}{{/with}}');
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('${7*7}');
    expect(letter.raw).not.toContain('[object');
    const form = await admin.get(`/lv/letters/words?in=lv&branch=${branch.id}`);
    expect(form.html).not.toContain('<script>alert');
    expect((await words({ branch: branch.id })).status).toBe(303);
  });

  it.each([
    ['the service', 'greeting', 'Gaidīsim Jūs Onkoloģijas nodaļā', 'Onkoloģijas'],
    ['the service in another language', 'signature', 'Ваш онкологический центр', 'онкологический'],
    ['the practitioner', 'signature', 'Ārste Anna Liepa', 'Liepa'],
    ['a person code', 'directions', 'Jautājiet 120371-12345', '120371-12345'],
  ])('refuses a word that names %s, beside its field and with the word', async (_, field, text, word) => {
    const page = await words({ [field]: text });
    expect(page.status).toBe(422);
    expect(page.text).toContain(`Vārds „${word}” atklāj`);
    expect(page.html).toContain(`id="${field}-error"`);
    expect(page.html).toContain(text);
    const kept = await database.sql(`select 1 from letter_words where greeting || signature || directions like $1`, [
      `%${word}%`,
    ]);
    expect(kept).toEqual([]);
  });

  it('refuses them in a preparation, too, and what is too long, and another clinic’s service or branch', async () => {
    const prepared = (fields: Record<string, string>, who = admin) =>
      who.post(`/lv/letters/preparation/${calendar.serviceId}`, fields);
    const page = await prepared({ 'preparation.en': 'Before the oncological visit, fast.' });
    expect([page.status, page.text]).toEqual([422, expect.stringContaining('„oncological”')]);
    expect((await prepared({ 'preparation.lv': 'a'.repeat(1001) })).status).toBe(422);
    expect((await words({ greeting: 'a'.repeat(201) })).status).toBe(422);
    expect((await prepared({ 'preparation.lv': 'x' }, stranger)).status).toBe(404);
    expect((await prepared({ 'preparation.lv': 'x' }, registrar)).status).toBe(403);
    expect((await stranger.post('/lv/letters/words', { in: 'lv', branch: branch.id, greeting: 'x' })).status).toBe(404);
    expect((await registrar.post('/lv/letters/words', { in: 'lv', greeting: 'x' })).status).toBe(403);
  });

  it('does not say what was harmless when it was written and tells now', async () => {
    expect((await words({ greeting: 'Sveicina Dzintara komanda!' })).status).toBe(303);
    expect((await told()).parsed.text).toContain('Dzintara');
    await database.sql(`update practitioner set family_name = 'Dzintara' where id = $1`, [calendar.resourceId]);
    expect((await told()).parsed.text).not.toContain('Dzintara');
  });

  it('does not name a clinic whose name has a word of the service in it', async () => {
    await database.sql(`update clinic set name = 'Onkoloģijas klīnika' where id = $1`, [clinic.id]);
    const letter = await told();
    expect(`${letter.parsed.text} ${letter.parsed.html}`).not.toMatch(/onkolo/i);
    expect((await admin.get('/lv/letters/kinds/booked')).text).toContain('nosaukums šajā vēstulē nav minēts');
  });

  it('tells the owner of an account that rights changed, by mail and in the portal, and says no more', async () => {
    const theirs = await build.aStaffMember(database, { clinic });
    const page = await admin.get(`/en/staff/${theirs.id}`);
    const version = admin.field(page, 'version');
    const changed = await admin.post(`/en/staff/${theirs.id}`, { role: 'admin', reach: 'all', version });
    expect(changed.status).toBe(303);
    const { parsed } = await mail.waitFor(theirs.email);
    expect(parsed.text).toContain('/calendar');
    expect(parsed.text?.split('\n')[0]).toMatch(
      /tiesības iestādes darba vidē ir mainītas|access to the clinic workspace/,
    );
    expect(`${parsed.subject} ${parsed.text}`).not.toMatch(/klīnik|Onkolo/i);
    const rows = await database.sql(
      `select n.channel from notice n join account_notice a on a.id = n.account_notice_id
        where a.account_id = $1 order by n.channel`,
      [theirs.accountId],
    );
    expect(rows).toEqual([{ channel: 'mail' }, { channel: 'portal' }]);
  });

  it('has words for every kind in every language', async () => {
    for (const language of languages)
      for (const { status } of await Promise.all([
        admin.get(`/${language}/letters`),
        admin.get(`/${language}/letters/words`),
        admin.get(`/${language}/letters/preparation`),
      ]))
        expect(status).toBe(200);
  });
});
