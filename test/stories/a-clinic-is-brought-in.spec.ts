import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/access';
import { CheckImport, WorkImport } from '#libs/imports';
import { aClinic } from '../support/builders.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { appointments, clinicTables, importer, lines } from '../support/import-files.js';
import { asStaff, type Verbs, verbsOn } from '../support/verbs.js';
import { aStaffMember } from '../support/world.js';

describe('a clinic is brought in from tables', () => {
  let database: TestDatabase;
  let verbs: Verbs;

  beforeAll(async () => {
    database = await testDatabase();
    verbs = await verbsOn(database, '2026-03-02T08:00:00Z');
  });
  afterAll(async () => {
    await verbs?.close();
    await database?.drop();
  });

  /** A new clinic with somebody who may bring it in. */
  async function newClinic(): Promise<{ clinicId: string; actor: Actor } & ReturnType<typeof importer>> {
    const { id: clinicId } = await aClinic(database);
    await database.sql(`update clinic set published = false where id = $1`, [clinicId]);
    const actor: Actor = {
      ...asStaff(clinicId, await aStaffMember(database, clinicId, 'admin')),
      role: 'admin',
    } as Actor;
    return { clinicId, actor, ...importer(verbs, actor, clinicId) };
  }

  const count = async (table: string, clinicId: string): Promise<number> =>
    (
      await database.sql<{ n: number }>(`select count(*)::integer as n from ${table} where clinic_id = $1`, [clinicId])
    )[0]?.n ?? -1;

  it('with everything that it needs to be booked, and its visits in their places', async () => {
    const clinic = await newClinic();
    const visits = appointments(
      { start: '2026-03-16 09:00' },
      {
        start: '16.03.2026 9:35',
        given_name: 'Ivo',
        birth_date: '',
        person_code: '32345678901',
        email: '',
        phone: '21234567',
      },
      { start: '2026-03-16T17:00', payer: 'paid', given_name: 'Zoja', language: 'ru' },
      { start: '2026-03-15 10:00', practitioner: 'Jānis Kalns', payer: 'paid', minutes: '45' },
    );
    const checked = await clinic.check({ ...clinicTables, 'appointments.csv': visits });
    expect(await clinic.found(checked.id)).toEqual([]);
    expect(checked).toMatchObject({
      state: 'checked',
      mistakes: 0,
      counts: {
        branch: { added: 1 },
        practitioner: { added: 2 },
        service: { added: 1 },
        calendar: { added: 3 },
        offer: { added: 3 },
        hours: { added: 15 },
        appointment: { added: 4 },
      },
    });
    expect(await count('branch', clinic.clinicId)).toBe(0);
    const done = await clinic.bringIn(checked.id);
    expect(done).toMatchObject({ state: 'done', counts: { appointment: { added: 4, outside: 1 } } });
    const stored = await database.sql(
      `select a.starts_at, extract(epoch from a.ends_at - a.starts_at)::integer / 60 as minutes, a.payer, a.status, a.origin, a.price_cents,
              a.contact_phone, a.language, o.during::text, o.lane, o.tariff_cents, e.kind, e.tells, e.actor_kind,
              p.given_name, p.clinic_id is not null as of_clinic, a.orphaned_at is not null as outside
         from appointment a
         join occupation o on o.owner_id = a.id and o.calendar_id = a.calendar_id and o.visit = tstzrange(a.starts_at, a.ends_at)
         join appointment_event e on e.appointment_id = a.id
         join patient p on p.id = a.patient_id
        where a.clinic_id = $1 order by a.starts_at`,
      [clinic.clinicId],
    );
    expect(stored).toMatchObject([
      { minutes: 45, payer: 'paid', outside: true },
      {
        minutes: 30,
        payer: 'state',
        status: 'booked',
        origin: 'import',
        price_cents: 400,
        lane: 0,
        kind: 'booked',
        tells: false,
        actor_kind: 'staff',
        of_clinic: true,
        during: '["2026-03-16 07:00:00+00","2026-03-16 07:35:00+00")',
        outside: false,
      },
      { given_name: 'Ivo', contact_phone: '+37121234567' },
      { given_name: 'Zoja', payer: 'paid', price_cents: 4500, language: 'ru' },
    ]);
    const jobs = await database.sql(`select from jobs.job where name = 'appointment-changed'`);
    expect(jobs).toHaveLength(0);
    const chunks = await database.sql(
      `select from import_chunk c join import_file f on f.id = c.file_id where f.import_id = $1`,
      [checked.id],
    );
    expect(chunks).toHaveLength(0);
  });

  it('is not brought in for somebody who has left, or has another role, meanwhile', async () => {
    const clinic = await newClinic();
    const { staffMemberId } = clinic.actor as Extract<Actor, { kind: 'staff' }>;
    const checked = await clinic.check(clinicTables);
    await database.sql(`update staff_member set active_to = '2026-03-01' where id = $1`, [staffMemberId]);
    expect((await clinic.bringIn(checked.id)).state).toBe('failed');
    await database.sql(`update staff_member set active_to = null, role = 'registrar' where id = $1`, [staffMemberId]);
    const again = await clinic.check(clinicTables);
    expect(again.state).toBe('failed');
    expect(await count('branch', clinic.clinicId)).toBe(0);

    // Somebody else may go on with it, and is who did it.
    const heir = await aStaffMember(database, clinic.clinicId, 'admin');
    const actor = { ...asStaff(clinic.clinicId, heir), role: 'admin' } as Actor;
    await verbs.get(CheckImport).run({ actor, importId: checked.id });
    await verbs.get(WorkImport).run({ importId: checked.id });
    expect((await importer(verbs, actor, clinic.clinicId).bringIn(checked.id)).state).toBe('done');
    expect(await count('branch', clinic.clinicId)).toBe(1);
  });

  it('changes nothing when the same files come again, and only contacts when those differ', async () => {
    const clinic = await newClinic();
    const files = { ...clinicTables, 'appointments.csv': appointments({}, { start: '2026-03-17 09:00' }) };
    await clinic.all(files);
    const before = await database.sql(`select * from appointment where clinic_id = $1 order by id`, [clinic.clinicId]);
    const again = await clinic.all(files);
    expect(again.counts).toMatchObject({
      branch: { same: 1, added: 0 },
      practitioner: { same: 2 },
      service: { same: 1 },
      calendar: { same: 3 },
      offer: { same: 3 },
      hours: { same: 15 },
      appointment: { same: 2, added: 0 },
    });
    expect(await database.sql(`select * from appointment where clinic_id = $1 order by id`, [clinic.clinicId])).toEqual(
      before,
    );

    const changed = await clinic.check({
      'branches.csv': (clinicTables['branches.csv'] ?? '')
        .replace('Centra filiāle', 'Galvenā filiāle')
        .replace('Rīga,', 'Jelgava,'),
      'practitioners.csv': (clinicTables['practitioners.csv'] ?? '').replace('Kardioloģe', 'Dr. med.'),
      'offers.csv': (clinicTables['offers.csv'] ?? '').replace('4.00', '5.00'),
      'hours.csv': (clinicTables['hours.csv'] ?? '').replace('09:00', '10:00'),
      'appointments.csv': appointments({ email: 'new@epasts.example' }, { start: '2026-03-18 09:00' }),
    });
    expect((await clinic.found(changed.id)).map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
      'branches.csv:2 keeps-its-value',
      'offers.csv:2 keeps-its-value',
      'hours.csv:2 hours-kept',
      'appointments.csv:3 appointment-kept',
    ]);
    const done = await clinic.bringIn(changed.id);
    expect(done.counts).toMatchObject({
      appointment: { changed: 1, kept: 1 },
      branch: { changed: 1 },
      practitioner: { changed: 1 },
    });
    const [branch] = await database.sql(`select name, city from branch where clinic_id = $1`, [clinic.clinicId]);
    expect(branch).toEqual({ name: 'Galvenā filiāle', city: 'Rīga' });
    const emails = await database.sql(
      `select contact_email, starts_at from appointment where clinic_id = $1 order by starts_at`,
      [clinic.clinicId],
    );
    expect(emails).toMatchObject([
      { contact_email: 'new@epasts.example' },
      { starts_at: new Date('2026-03-17T07:00:00Z') },
    ]);
  });

  it('not at all when the last line is wrong', async () => {
    const clinic = await newClinic();
    const rows = Array.from({ length: 40 }, (_, n) => ({
      start: `2026-03-${16 + (n % 5)} ${9 + Math.floor(n / 5)}:00`,
      birth_date: `19${50 + n}-01-01`,
    }));
    const checked = await clinic.check({
      ...clinicTables,
      'appointments.csv': appointments(...rows, { start: 'tomorrow' }),
    });
    expect(checked.mistakes).toBe(1);
    expect(await clinic.found(checked.id)).toMatchObject([
      { file: 'appointments.csv', line: 42, place: 'start', code: 'moment' },
    ]);
    await expect(clinic.bringIn(checked.id)).rejects.toMatchObject({ code: 'wrong-state' });
    expect(await count('branch', clinic.clinicId)).toBe(0);
    expect(await count('appointment', clinic.clinicId)).toBe(0);
  });

  it('nor when somebody took a time between the look and the deed', async () => {
    const clinic = await newClinic();
    await clinic.all(clinicTables);
    const first = await clinic.check({ 'appointments.csv': appointments({ key: 'a' }) });
    const second = await clinic.check({
      'appointments.csv': appointments({ key: 'b', given_name: 'Ivo' }, { key: 'c', start: '2026-03-19 09:00' }),
    });
    expect((await clinic.bringIn(first.id)).state).toBe('done');
    const refused = await clinic.bringIn(second.id);
    expect(refused).toMatchObject({ state: 'checked', mistakes: 1 });
    expect(await clinic.found(second.id)).toMatchObject([{ line: 2, code: 'time-taken' }]);
    expect(await count('appointment', clinic.clinicId)).toBe(1);
  });

  describe('says by line', () => {
    let clinic: Awaited<ReturnType<typeof newClinic>>;
    beforeAll(async () => {
      clinic = await newClinic();
      await clinic.all({
        ...clinicTables,
        'appointments.csv': appointments({ key: 'there', person_code: '010180-10000', birth_date: '' }),
      });
    });

    const codes = async (...rows: Parameters<typeof appointments>): Promise<string[]> =>
      (await clinic.against({ 'a.csv': appointments(...rows) })).map((each) => each.replace('a.csv:', ''));

    it.each([
      [{ practitioner: 'nobody' }, 'practitioner unknown-reference'],
      [{ branch: 'nowhere' }, 'branch unknown-reference'],
      [{ service: 'nothing' }, 'service unknown-reference'],
      [{ practitioner: 'kalns', payer: 'state' }, 'payer other-payer'],
      [{ payer: '' }, 'payer payer-needed'],
      [{ payer: 'insurance' }, 'payer choice'],
      [{ start: '2026-03-29 03:30' }, 'start time-skipped'],
      [{ start: '2026-10-25 03:30' }, 'start time-ambiguous'],
      [{ start: '2026-03-16T09:00+05:00' }, 'start offset-of-other-zone'],
      [{ start: '2026-02-31 09:00' }, 'start moment'],
      [{ start: '2026-03-01 09:00' }, 'start in-the-past'],
      [{ start: '2062-03-16 09:00' }, 'start too-far'],
      [{ start: '2026-03-16 09:20' }, 'start time-taken'],
      [{ minutes: '0' }, 'minutes number'],
      [{ person_code: '010180-10001', birth_date: '' }, 'person_code person-code'],
      [{ country: 'EE', person_code: '010180-10000' }, 'person_code person-code'],
      [
        { person_code: '010180-10000', birth_date: '', given_name: 'Ivo', family_name: 'Cits' },
        'person_code person-code-of-other',
      ],
      [{ birth_date: '' }, 'birth_date code-or-birth-date'],
      [{ birth_date: '2030-01-01' }, 'birth_date birth-date'],
      [{ birth_date: '17.5.80' }, 'birth_date date'],
      [{ email: '' }, 'email contact-needed'],
      [{ email: 'not an address' }, 'email email'],
      [{ phone: '112' }, 'phone phone'],
      [{ given_name: '' }, 'given_name required'],
      [{ given_name: '12345' }, 'given_name name'],
      [{ language: 'de' }, 'language choice'],
      [{ key: '' }, 'key required'],
    ])('%j: %s', async (cells, expected) => {
      expect(await codes({ start: '2026-03-20 09:00', ...cells })).toEqual([`2 ${expected}`]);
    });

    it('that an ambiguous time is plain with its offset', async () => {
      expect(
        await codes({ start: '2026-10-25 03:30+02:00' }, { start: '2026-10-25T03:30+03:00', given_name: 'Ivo' }),
      ).toEqual([]);
    });

    it('what two of its rows have in common', async () => {
      expect(
        await codes(
          { start: '2026-03-20 09:00' },
          { start: '2026-03-20 09:20', given_name: 'Ivo' },
          { start: '2026-03-20 10:00', given_name: 'Ona', person_code: '32345678901' },
          {
            start: '2026-03-20 10:15',
            given_name: 'Ona',
            person_code: '32345678901',
            practitioner: 'kalns',
            payer: 'paid',
          },
          { start: '2026-03-20 11:00', given_name: 'Uga', family_name: 'Cits', person_code: '32345678901' },
          { key: '1', start: '2026-03-20 12:00' },
        ),
      ).toEqual([
        '3 start time-twice',
        '5 start patient-twice',
        '6 person_code person-code-of-other',
        '7 key key-twice',
      ]);
    });

    it('what it meets of the clinic’s own visits', async () => {
      const busy = {
        practitioner: 'kalns',
        payer: 'paid',
        start: '2026-03-16 09:10',
        birth_date: '',
        person_code: '010180-10000',
      };
      expect(await codes(busy)).toEqual(['2 start patient-busy']);
    });

    it('what is wrong with the other tables', async () => {
      const found = await clinic.against({
        'branches.csv': lines(
          'key,name,city,address,phone,zone,emergency_name',
          'x,Jauna,Rīga,Iela 1,67000000,Europe/Paris,',
          'y,Otra,Rīga,Iela 1,67000000,,Slimnīca',
          ',Trešā,,Iela 1,12,,',
        ),
        'practitioners.csv': lines(
          'key,given_name,family_name,specialties',
          'p,Ivo,Ivars,magic',
          'p,Ivo,Ivars,cardiology',
        ),
        'services.csv': lines(
          'key,name_lv,specialty,minutes,mode',
          's,Sirds,cardiology,4,in-person',
          't,,cardiology,30,fax',
        ),
        'calendars.csv': lines(
          'key,practitioner,branch,payer,confirmation',
          'k,ozola,centrs,,automatic',
          'ozola-v,ozola,centrs,paid,',
        ),
        'offers.csv': lines('calendar,service,price', 'nope,kons,5', 'kalns-m,kons,five', 'kalns-m,kons,'),
        'hours.csv': lines('calendar,weekday,starts,ends', 'kalns-m,8,09:00,10:00', 'kalns-m,1,9,10:00'),
      });
      expect(found).toEqual([
        'branches.csv:2 zone zone',
        'branches.csv:3 emergency_address required',
        'branches.csv:3 emergency_phone required',
        'branches.csv:4 key required',
        'branches.csv:4 city required',
        'branches.csv:4 phone phone',
        'practitioners.csv:2 specialties unknown-specialty',
        'practitioners.csv:3 key key-twice',
        'services.csv:2 minutes number',
        'services.csv:3 name_lv required',
        'services.csv:3 mode choice',
        'calendars.csv:2 payer payer-needed',
        'calendars.csv:3 payer other-payer',
        'offers.csv:2 calendar unknown-reference',
        'offers.csv:3 price money',
        'offers.csv:4 price price-needed',
        'hours.csv:2 weekday number',
        'hours.csv:3 starts wall-time',
      ]);
    });
  });

  describe('meets odd files', () => {
    let clinic: Awaited<ReturnType<typeof newClinic>>;
    beforeAll(async () => {
      clinic = await newClinic();
    });
    const table = clinicTables['services.csv'] ?? '';

    it.each<[string, string | Buffer, string[]]>([
      ['an empty one', '', ['f:1  file-empty']],
      ['only spaces', '\n \n', ['f:1  file-empty']],
      ['a header only', table.split('\n')[0] ?? '', ['f:1  file-no-rows']],
      ['a spreadsheet', Buffer.from('504b0304140006000800', 'hex'), ['f:1  file-spreadsheet']],
      ['a web page', '<!DOCTYPE html><html><body>', ['f:1  file-html']],
      ['NUL bytes', Buffer.from('key,name\0,specialty'), ['f:1  file-binary']],
      ['UTF-16', Buffer.from(`\ufeff${table}`, 'utf16le'), ['f:1  file-encoding']],
      [
        'Cyrillic of another age',
        Buffer.from([
          ...Buffer.from('key,name_lv,specialty,minutes\ns,'),
          0xcf,
          0xf0,
          0xe8,
          0xb8,
          0xec,
          0xf7,
          ...Buffer.from(',cardiology,30\n'),
        ]),
        ['f:1  file-encoding'],
      ],
      ['another table', 'a,b\n1,2\n', ['f:1  file-unknown']],
      ['an unknown column', table.replace('buffer_after', 'colour'), ['f:1 colour column-unknown']],
      ['a line of ten million letters', `${table}x,${'a'.repeat(10_000_000)}\n`, ['f:3  line-too-long']],
      ['a quote that is not closed', `${table}x,"y,z,cardiology,30,\n`, ['f:3  line-quotes']],
      ['a cell too many', `${table}x,y,z,cardiology,30,5,6\n`, ['f:3  line-cells']],
      ['a control character', `${table}x,y\u0007,z,cardiology,30,5\n`, ['f:3 name_lv text']],
      ['broken JSON', '{"resourceType":"Bundle","entry":[{', ['f:0 Bundle.entry file-json']],
      ['another resource', '{"resourceType":"Patient"}', ['f:0 resourceType file-not-bundle']],
      [
        'a search result',
        '{"resourceType":"Bundle","type":"searchset","entry":[{}]}',
        ['f:1 Bundle.type file-bundle-type'],
      ],
    ])('%s', async (_, content, expected) => {
      expect(await clinic.against({ f: content })).toEqual(expected);
    });

    it('with a byte order mark, semicolons, tabs, returns and empty lines', async () => {
      const cells = table.split('\n').map((line) => line.split(','));
      const bom = `\ufeff${cells.map((row) => row.join(';')).join('\r\n')}\r\n;;;;;\r\n`;
      expect(await clinic.against({ f: bom })).toEqual([]);
      expect(await clinic.against({ f: cells.map((row) => row.join('\t')).join('\r') })).toEqual([]);
    });

    it('in windows-1257, which it reads and says so', async () => {
      const latin = table.replace('Konsultācija', 'Konsult\u{e2}cija');
      const bytes = Buffer.from(latin, 'latin1');
      const view = await clinic.check({ f: bytes });
      expect((await clinic.found(view.id)).map(({ code }) => code)).toEqual(['encoding-1257']);
      expect(view.mistakes).toBe(0);
      await clinic.bringIn(view.id);
      const [service] = await database.sql<{ name: { lv: string } }>(`select name from service where clinic_id = $1`, [
        clinic.clinicId,
      ]);
      expect(service?.name.lv).toBe('Konsultācija');
    });
  });
});
