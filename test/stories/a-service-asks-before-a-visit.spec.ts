import { deflateSync } from 'node:zlib';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { verificationCode } from '#libs/access';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import {
  aBranch,
  aCalendar,
  aClinic,
  aCredential,
  aPatient,
  aPractitioner,
  aStaffMember,
  type Branch,
  type Calendar,
  type Clinic,
} from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { formsOf, PageVisitor, type VisitedPage } from '../support/page-visitor.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const morning = '2027-03-01T06:00:00Z';
const clock = testClock(morning);
const open = [1, 2, 3, 4, 5].map((day) => [`2027-03-0${day}T09:00`, `2027-03-0${day}T17:00`] as const);
const say = (text: string): string => JSON.stringify({ lv: text, et: text, en: text, ru: text });

let database: TestDatabase;
let booking: RunningApp;
let clinicApp: RunningApp;
let clinic: Clinic;
let branch: Branch;
let registrar: StaffVisitor;
let admin: StaffVisitor;
let people = 0;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await aClinic(database, { name: 'Liepas klīnika' });
  branch = await aBranch(database, { clinic });
  booking = await startApp('booking', { clock });
  clinicApp = await startApp('clinic', { clock });
  const enter = async (role: 'registrar' | 'admin'): Promise<StaffVisitor> => {
    const staff = await aStaffMember(database, { clinic, role });
    return staffVisitor(clinicApp, staff, await aCredential(database, staff), clock);
  };
  registrar = await enter('registrar');
  admin = await enter('admin');
});

afterAll(async () => {
  await booking?.stop();
  await clinicApp?.stop();
  await database?.drop();
});

/** A calendar of somebody new with a service of these columns. */
async function offer(service: Record<string, unknown> = {}, payer: 'state' | 'paid' = 'paid'): Promise<Calendar> {
  const practitioner = await aPractitioner(database, { clinic });
  const calendar = await aCalendar(database, { branch, practitioner, payer, open, now: morning });
  for (const [column, value] of Object.entries(service))
    await database.sql(`update service set ${column} = $2 where id = $1`, [calendar.serviceId, value]);
  return calendar;
}

async function ask({ clinicId, serviceId }: Calendar, question: Record<string, unknown>): Promise<string> {
  const id = randomUUID();
  const row: Record<string, unknown> = {
    id,
    clinic_id: clinicId,
    service_id: serviceId,
    position: 1,
    required: true,
    ...question,
  };
  const columns = Object.keys(row);
  await database.sql(
    `insert into service_question (${columns.join(', ')}) values (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
    Object.values(row),
  );
  return id;
}

async function codeFor(email: string): Promise<string> {
  const [row] = await database.sql<{ id: string; generation: number }>(
    'select id, generation from verification where email = $1 order by created_at desc limit 1',
    [email],
  );
  return verificationCode(row?.id ?? '', row?.generation ?? 0);
}

/** From the choice of a time to the step after the proof of the address. */
async function begin(
  { id, serviceId }: Calendar,
  start: string,
  visitor = new PageVisitor(booking, 'en'),
): Promise<{ visitor: PageVisitor; page: VisitedPage }> {
  const who = await visitor.post('/en/holds', { calendarId: id, serviceId, start });
  if (!who.text.includes('Who are you?')) return { visitor, page: who };
  const email = `asked${++people}@patient.example`;
  const code = await visitor.send(who, '/email', { email });
  return { visitor, page: await visitor.send(code, '/code', { code: await codeFor(email) }) };
}

const lastStep = /\/book\/[\w-]+$/;
const details = {
  givenName: 'Ilze',
  familyName: 'Bērziņa',
  birthDate: '1958-03-12',
  phone: '+371 21234567',
  terms: 'on',
};
const appointmentsOf = ({ serviceId }: Calendar) =>
  database.sql<{ id: string; answers: Buffer | null }>(
    'select id, answers_sealed as answers from appointment where service_id = $1',
    [serviceId],
  );
const holds = async (): Promise<number> => (await database.sql('select id from hold')).length;

describe('the questions of a service', () => {
  let calendar: Calendar;
  let pain: string;
  let side: string;
  let note: string;

  beforeAll(async () => {
    calendar = await offer({ preparation: say('Come fasting.') });
    pain = await ask(calendar, {
      kind: 'yes-no',
      words: say('Chest pain now?'),
      stop_values: ['yes'],
      advice: say('Call 113 now.'),
    });
    side = await ask(calendar, {
      kind: 'choice',
      position: 2,
      words: say('Which eye?'),
      options: JSON.stringify([
        { id: 'left', words: JSON.parse(say('Left eye')) as object },
        { id: 'right', words: JSON.parse(say('Right eye')) as object },
      ]),
    });
    note = await ask(calendar, { kind: 'short-text', position: 3, required: false, words: say('Medicines?') });
  });

  it('are asked beside the other fields, mistakes are told beside each, and answers are kept', async () => {
    const { visitor, page } = await begin(calendar, '2027-03-01T08:00:00Z');
    expect(page.text).toContain('Chest pain now?');
    expect(page.text).toContain('How to prepare: Come fasting.');
    const wrong = await visitor.send(page, lastStep, {
      ...details,
      phone: '',
      [`answers.${pain}`]: 'no',
      [`answers.${note}`]: 'x'.repeat(301),
    });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain(`id="answers.${side}-error"`);
    expect(wrong.html).toContain(`id="answers.${note}-error"`);
    expect(wrong.html).toContain('id="phone-error"');
    expect(formsOf(wrong).find(({ fields }) => 'givenName' in fields)?.fields[`answers.${pain}`]).toBe('no');
    const done = await visitor.send(wrong, lastStep, {
      ...details,
      [`answers.${side}`]: 'left',
      [`answers.${note}`]: 'Ibuprofēns',
    });
    expect(done.text).toContain('Your visit is booked');
    expect(done.text).toContain('Come fasting.');
    const visit = await visitor.get(done.path.replace('/done', ''));
    for (const words of ['Which eye?', 'Left eye', 'Ibuprofēns']) expect(visit.text).toContain(words);
    const [kept] = await appointmentsOf(calendar);
    expect(kept?.answers?.toString('latin1')).not.toContain('left');
    // A change of the question changes nothing of what was answered.
    await database.sql(`update service_question set words = $2 where id = $1`, [side, say('Which ear?')]);
    expect((await visitor.get(visit.path)).text).toContain('Which eye?');
    await database.sql(`update service_question set words = $2 where id = $1`, [side, say('Which eye?')]);
    const read = await registrar.get(`/en/appointments/${kept?.id}`);
    expect(read.text).toContain('Left eye');
    // The clinic's admin looks after the profile, not after complaints (faults.md F5).
    expect((await admin.get(`/en/appointments/${kept?.id}`)).text).not.toContain('Left eye');
    expect(await database.sql(`select from access_log where action = 'told-before-visit'`)).toHaveLength(1);
  });

  it('stop the booking with the clinic’s advice, also when the rest is missing; the time is free again', async () => {
    const { visitor, page } = await begin(calendar, '2027-03-01T09:00:00Z');
    const before = await holds();
    const stopped = await visitor.send(page, lastStep, { givenName: 'Ilze', [`answers.${pain}`]: 'yes' });
    expect(stopped.path).toBe(page.path);
    for (const words of ['Call 113 now.', 'No visit was booked', 'Hipokrāta iela 2', 'Other times'])
      expect(stopped.text).toContain(words);
    expect(await holds()).toBe(before - 1);
    expect(await appointmentsOf(calendar)).toHaveLength(1);
    // Going back leads to the advice, not to the form.
    expect((await visitor.get(page.path)).text).toContain('Call 113 now.');
    expect(
      (await visitor.send(page, lastStep, { ...details, [`answers.${pain}`]: 'no', [`answers.${side}`]: 'left' })).text,
    ).toContain('Call 113 now.');
    const other = await begin(calendar, '2027-03-01T09:00:00Z');
    expect(other.page.text).toContain('Chest pain now?');
  });
});

describe('a service that is not for everybody', () => {
  it('is refused with the reason and the way on, and booked by those it is for', async () => {
    const calendar = await offer({ age_from: 18, age_to: 64, sex: 'female', target_groups: ['pregnant'] });
    const { visitor, page } = await begin(calendar, '2027-03-02T08:00:00Z');
    expect(page.text).toContain(
      'The service is for patients who on the day of the visit are 18 years to 64 years (included).',
    );
    const silent = await visitor.send(page, lastStep, details);
    expect(silent.html).toContain('id="answers.group-error"');
    const told = { ...details, 'answers.group': 'pregnant' };
    const noSex = await visitor.send(page, lastStep, told);
    expect(noSex.html).toContain('id="answers.sex-error"');
    const old = await visitor.send(page, lastStep, { ...told, 'answers.sex': 'female' });
    expect(old.status).toBe(422);
    expect(old.text).toContain('too old for this service');
    const others = { ...told, birthDate: '1990-03-12', 'answers.sex': 'female', 'answers.group': 'none' };
    expect((await visitor.send(page, lastStep, others)).text).toContain('only for the groups of patients it names');
    const done = await visitor.send(page, lastStep, { ...others, 'answers.group': 'pregnant' });
    expect(done.text).toContain('Your visit is booked');
  });

  it('counts the age on the day of the visit', async () => {
    const calendar = await offer({ age_from: 18 });
    const { visitor, page } = await begin(calendar, '2027-03-03T08:00:00Z');
    const dayTooYoung = await visitor.send(page, lastStep, { ...details, birthDate: '2009-03-04' });
    expect(dayTooYoung.text).toContain('too young');
    expect((await visitor.send(page, lastStep, { ...details, birthDate: '2009-03-03' })).text).toContain('is booked');
  });

  it('lets a patient have as many coming visits of a specialty as the clinic says', async () => {
    const [first, second] = [await offer(), await offer()];
    await database.sql(
      `insert into specialty_limit (clinic_id, specialty_id, most_future) values ($1, 'cardiology', 1)`,
      [clinic.id],
    );
    const { visitor, page } = await begin(first, '2027-03-04T08:00:00Z');
    expect((await visitor.send(page, lastStep, details)).text).toContain('is booked');
    const again = await begin(second, '2027-03-04T10:00:00Z', visitor);
    const refused = await visitor.send(again.page, lastStep, { ...details, who: 'new' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('The clinic limits how many coming visits');
    const relative = await visitor.send(again.page, lastStep, { ...details, who: 'new', givenName: 'Anna' });
    expect(relative.text).toContain('is booked');
    await database.sql(`delete from specialty_limit`);
  });
});

describe('a referral', () => {
  const paper = { date: '2027-02-20', name: 'Dr. Anna Liepa', institution: 'Liepas prakse', priority: 'urgent' };
  const step = /\/referral$/;
  let imaging: Calendar;

  beforeAll(async () => {
    imaging = await offer({ referral_required: true, referral_scope: 'all' });
  });

  it('is told in a step of its own, mistakes beside the fields', async () => {
    const { visitor, page } = await begin(imaging, '2027-03-01T08:00:00Z');
    expect(page.path).toMatch(step);
    expect((await visitor.send(page, step, {})).html).toContain('id="institution-error"');
    expect((await visitor.send(page, step, paper)).text).toContain('Give the number of the referral or add the form.');
    expect((await visitor.send(page, step, { ...paper, number: 'A1', date: '2026-11-30' })).text).toContain(
      'The time for booking with this referral has passed',
    );
    const told = await visitor.send(page, step, { ...paper, number: 'lv-2027 001' });
    expect(told.text).toContain('lv-2027 001, issued 20 February 2027, Dr. Anna Liepa, Liepas prakse');
    const done = await visitor.send(told, lastStep, details);
    expect(done.text).toContain('Your visit is booked');
    const visit = await visitor.get(done.path.replace('/done', ''));
    expect(visit.text).toContain('lv-2027 001');
    const other = await begin(imaging, '2027-03-01T09:00:00Z');
    const used = await other.visitor.send(other.page, step, { ...paper, number: 'LV2027001' });
    expect(used.text).toContain('One referral is good for one visit at a time');
    expect(await database.sql(`select from referral_draft`)).toEqual([]);
  });

  const file = (name: string, type: string, bytes: Buffer) => ({
    field: 'form',
    name,
    type,
    bytes: new Uint8Array(bytes),
  });
  const picture = (size = 60): Promise<Buffer> =>
    sharp({ create: { width: size, height: size, channels: 3, background: '#888' } })
      .withExif({ IFD0: { Copyright: 'Secret place' } })
      .jpeg()
      .toBuffer();
  const pdf = (more = ''): Buffer =>
    Buffer.from(`%PDF-1.4\n1 0 obj\n<< /Type /Catalog ${more} >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`);
  /** Objects as most programs write them now: packed into a stream. */
  const packed = (objects: string | Buffer): Buffer =>
    Buffer.concat([
      Buffer.from('%PDF-1.7\n2 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n'),
      deflateSync(objects),
      Buffer.from('\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'),
    ]);
  /** A PNG that says it is enormous and is a few bytes. */
  const bomb = (): Buffer => {
    const chunk = (type: string, data: Buffer): Buffer => {
      const body = Buffer.concat([Buffer.from(type), data]);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(data.length);
      const crc = Buffer.alloc(4);
      crc.writeUInt32BE(crcOf(body));
      return Buffer.concat([length, body, crc]);
    };
    const head = Buffer.alloc(13);
    head.writeUInt32BE(50_000, 0);
    head.writeUInt32BE(50_000, 4);
    head.set([1, 0, 0, 0, 0], 8);
    const pixels = deflateSync(Buffer.alloc(1_000_000));
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', head),
      chunk('IDAT', pixels),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  };
  const crcOf = (bytes: Buffer): number => {
    let crc = 0xffffffff;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    return (crc ^ 0xffffffff) >>> 0;
  };

  it('may be a form: a picture is made anew, and is read by those who treat, as a download', async () => {
    const { visitor, page } = await begin(imaging, '2027-03-01T10:00:00Z');
    const photo = Buffer.concat([await picture(), Buffer.from('PK\u0003\u0004 glued on')]);
    const told = await visitor.upload(page.path, paper, file('../../x.php', 'text/html', photo));
    expect(told.text).toContain('by form, issued 20 February 2027');
    // A mistake in the next step does not lose it.
    await visitor.send(told, lastStep, {});
    const done = await visitor.send(told, lastStep, details);
    expect(done.text).toContain('Your visit is booked');
    const id = /appointments\/([\w-]+)\/done/.exec(done.path)?.[1] ?? '';
    const shown = await registrar.get(`/en/appointments/${id}`);
    expect(shown.html).toContain(`/en/appointments/${id}/referral`);
    const answer = await fetch(`${clinicApp.url}/en/appointments/${id}/referral`, {
      headers: { cookie: registrar.cookie },
    });
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="referral-\w+\.jpg"$/);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(bytes.toString('latin1')).not.toMatch(/glued on|Secret place/);
    expect(await database.sql(`select from access_log where action = 'referral-form'`)).toHaveLength(1);
    const stored = await database.sql<{ form: Buffer }>(
      `select form_sealed as form from referral where appointment_id = $1`,
      [id],
    );
    expect(stored[0]?.form.subarray(32, 35)).not.toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect((await admin.get(`/en/appointments/${id}/referral`)).status).toBe(403);
    const strangers = await staffOfAnotherClinic();
    expect((await strangers.get(`/en/appointments/${id}/referral`)).status).toBe(404);
  });

  const staffOfAnotherClinic = async (): Promise<StaffVisitor> => {
    const staff = await aStaffMember(database, { clinic: await aClinic(database) });
    return staffVisitor(clinicApp, staff, await aCredential(database, staff), clock);
  };

  it('is refused as a file that is none of the three kinds, too large, broken, or a program', async () => {
    const { visitor, page } = await begin(imaging, '2027-03-01T11:00:00Z');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const eicar = Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*');
    const wrongs: [string, Buffer, string][] = [
      ['image/svg+xml', svg, 'Add a PDF, JPEG or PNG file.'],
      ['application/pdf', eicar, 'Add a PDF, JPEG or PNG file.'],
      ['application/pdf', Buffer.from('PK\u0003\u0004'), 'Add a PDF, JPEG or PNG file.'],
      ['image/gif', Buffer.from('GIF89a'), 'Add a PDF, JPEG or PNG file.'],
      ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), 'could not be read'],
      ['image/png', bomb(), 'could not be read'],
      ['application/pdf', Buffer.from('%PDF-1.7 without an end'), 'could not be read'],
      ['application/pdf', Buffer.concat([pdf(), Buffer.from('PK\u0003\u0004 a zip behind it')]), 'could not be read'],
      ['application/pdf', pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 'programs or attachments'],
      ['application/pdf', pdf('/Open << /S /J#61vaScript >>'), 'programs or attachments'],
      ['application/pdf', packed('<< /S /JavaScript /JS (app.alert(1)) >>'), 'programs or attachments'],
      ['application/pdf', packed(Buffer.alloc(17 * 1024 * 1024)), 'could not be read'],
      ['application/pdf', pdf('/Encrypt 9 0 R'), 'could not be read'],
      ['application/pdf', Buffer.concat([pdf(), Buffer.alloc(5 * 1024 * 1024)]), 'too large'],
    ];
    for (const [type, bytes, words] of wrongs) {
      const refused = await visitor.upload(page.path, paper, file('form.pdf', type, bytes));
      expect([refused.status, refused.text.includes(words), words]).toEqual([422, true, words]);
      expect(formsOf(refused).find(({ fields }) => 'institution' in fields)?.fields['institution']).toBe(
        'Liepas prakse',
      );
    }
    const empty = await visitor.upload(page.path, paper, file('form.pdf', 'application/pdf', Buffer.alloc(0)));
    expect(empty.text).toContain('Give the number of the referral or add the form.');
    // Three letters that a scan has by chance make no program of it.
    const scan = packed(Buffer.concat([Buffer.from('0 0 << /Type /Page >> '), pdf('/JS ')]));
    expect((await visitor.upload(page.path, paper, file('x', '', scan))).text).toContain('by form');
    expect((await visitor.upload(page.path, paper, file('x', '', pdf()))).text).toContain('by form');
  });

  it('is somebody else’s to nobody', async () => {
    const { page } = await begin(imaging, '2027-03-01T13:00:00Z');
    const { visitor: other } = await begin(imaging, '2027-03-01T14:00:00Z');
    expect((await other.get(page.path)).status).toBe(404);
    expect((await other.upload(page.path, paper, file('x', '', pdf()))).status).toBe(404);
    const nobody = new PageVisitor(booking, 'en');
    expect((await nobody.upload(page.path, paper, file('x', '', pdf()))).status).toBe(404);
  });

  it('goes when the time is given up', async () => {
    const { visitor, page } = await begin(imaging, '2027-03-02T09:00:00Z');
    const told = await visitor.upload(page.path, paper, file('x', '', pdf()));
    expect(await database.sql(`select from referral_draft where form_sealed is not null`)).not.toEqual([]);
    await visitor.send(told, '/release');
    const [hold] = await database.sql(
      `select from referral_draft d where not exists (select from hold h where h.id = d.hold_id)`,
    );
    expect(hold).toBeUndefined();
  });
});

describe('a registrar', () => {
  it('reads what speaks against a booking, books it all the same, but never without a referral that is needed', async () => {
    const calendar = await offer({ referral_required: true, age_to: 17 }, 'state');
    const patientId = await aPatient(database, { clinic, familyName: 'Kalns', email: 'kalns@patient.example' });
    const wish = {
      patientId,
      phone: '20000001',
      slot: `${calendar.id}|${calendar.serviceId}|2027-03-01T08:00:00Z`,
      idempotencyKey: randomUUID(),
    };
    const warned = await registrar.post('/en/book', wish);
    expect(warned.status).toBe(422);
    expect(warned.text).toContain('too old for this service');
    expect(registrar.field(warned, 'slot')).toBe(wish.slot);
    const needed = await registrar.post('/en/book', { ...wish, acknowledged: 'on' });
    expect(needed.text).toContain('Write down the patient’s referral.');
    expect(needed.html).toContain('<input type="hidden" name="acknowledged" value="on">');
    const lacking = await registrar.post('/en/book', { ...wish, acknowledged: 'on', 'referral.name': 'Dr. Liepa' });
    for (const name of ['date', 'institution']) expect(lacking.html).toContain(`id="referral.${name}-error"`);
    const referral = {
      'referral.name': 'Dr. Liepa',
      'referral.date': '2027-02-20',
      'referral.institution': 'Liepas prakse',
    };
    const used = { ...wish, ...referral, acknowledged: 'on', 'referral.number': 'LV2027001' };
    expect((await registrar.post('/en/book', used)).html).toContain('id="referral.number-error"');
    const booked = await registrar.post('/en/book', { ...wish, ...referral, acknowledged: 'on' });
    expect(booked.location).toMatch(/^\/en\/book\/done\//);
    const panel = (booked.location ?? '').replace('book/done', 'appointments');
    expect((await registrar.get(panel)).text).toContain('Dr. Liepa, Liepas prakse');
  });
});
