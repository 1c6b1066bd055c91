import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsQR from 'jsqr';
import { BookAppointment, type DeskStep, StepAppointment, UndoStep } from '#libs/appointments';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { readPdf } from '../support/pdf.js';
import { type StaffPage, type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asGuest, asStaff } from '../support/verbs.js';
import { fc } from '../support/properties.js';

const clock = testClock('2027-03-01T05:00:00Z');
const day = '2027-03-01';
const letters = 'ĀČĒĢĪĶĻŅŠŪŽāčēģīķļņšūž ÕÄÖÜõäöü ЁЖЦЩЪЫЬЭЮЯёжцщъыьэюя';

let database: TestDatabase;
let app: RunningApp;
let clinic: build.Clinic;
let branch: build.Branch;
let state: build.Calendar;
let paid: build.Calendar;
let desk: build.StaffMember;
let registrar: StaffVisitor;
let doctor: StaffVisitor;
let admin: StaffVisitor;
let stranger: StaffVisitor;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  clinic = await build.aClinic(database, { name: 'Liepu klīnika' });
  branch = await build.aBranch(database, { clinic });
  await database.sql(`update branch set room = 'Kabinets 12' where id = $1`, [branch.id]);
  const anna = await build.aPractitioner(database, { clinic, givenName: 'Anna', familyName: 'Ķirse' });
  const boris = await build.aPractitioner(database, { clinic, givenName: 'Boriss', familyName: 'Ābols' });
  const wish = { branch, open: [[`${day}T09:00`, `${day}T20:00`]], now: clock.now().toString() } as const;
  const short = { minutes: 10, gridMinutes: 10 } as const;
  state = await build.aCalendar(database, { ...wish, ...short, practitioner: anna, payer: 'state' });
  paid = await build.aCalendar(database, { ...wish, ...short, practitioner: boris, lateCancelHours: 1 });
  await database.sql(`update service set preparation = $2 where id = $1`, [
    paid.serviceId,
    JSON.stringify({
      lv: 'Neēdiet 8 stundas.',
      et: 'Ärge sööge 8 tundi.',
      en: 'Do not eat for 8 hours.',
      ru: 'Не ешьте.',
    }),
  ]);
  app = await startApp('clinic', { clock });
  const enter = async (staff: build.StaffMember): Promise<StaffVisitor> =>
    staffVisitor(app, staff, await build.aCredential(database, staff), clock);
  desk = await build.aStaffMember(database, { clinic, name: 'Ieva Žagare' });
  registrar = await enter(desk);
  doctor = await enter(await build.aStaffMember(database, { clinic, role: 'practitioner', practitioner: boris }));
  admin = await enter(await build.aStaffMember(database, { clinic, role: 'admin' }));
  const elsewhere = await build.aClinic(database, { name: 'Cita klīnika' });
  stranger = await enter(await build.aStaffMember(database, { clinic: elsewhere, role: 'admin' }));
});

afterAll(async () => {
  await app?.stop();
  await database?.drop();
});

let taken = 0;

interface Visitor {
  givenName?: string;
  familyName?: string;
  language?: 'lv' | 'et' | 'en' | 'ru';
}

/** A visit at the calendar's next free time. */
async function booked(calendar: build.Calendar, who: Visitor = {}): Promise<string> {
  const { givenName = 'Āris', familyName = 'Šķēle', language = 'lv' } = who;
  const actor = asGuest((await build.anAccount(database)).id);
  const start = Temporal.PlainDateTime.from(`${day}T09:00`).add({ minutes: 10 * taken });
  const birthDate = Temporal.PlainDate.from('1958-03-12').add({ days: taken });
  taken += 1;
  const { id } = await app.get(BookAppointment).run({
    actor,
    slot: {
      calendarId: calendar.id,
      serviceId: calendar.serviceId,
      start: Temporal.Instant.from(build.at(calendar, start.toString())),
    },
    patient: { givenName, familyName, birthDate, language },
    contact: { email: `p${randomUUID()}@patient.example`, phone: '+37120000000' },
    language,
    termsVersion: '1',
    origin: 'portal',
    request: aRequest(actor),
  });
  return id;
}

const referenceOf = async (id: string): Promise<string> => {
  const [row] = await database.sql<{ reference: string }>('select reference from appointment where id = $1', [id]);
  return row?.reference ?? '';
};

const versionOf = async (id: string): Promise<number> => {
  const [row] = await database.sql<{ version: number }>('select version from appointment where id = $1', [id]);
  return row?.version ?? 0;
};

const atDesk = () => asStaff(clinic.id, { accountId: desk.accountId, staffMemberId: desk.id });

async function step(id: string, what: DeskStep | 'undo'): Promise<void> {
  const actor = atDesk();
  const asked = { actor, id, version: await versionOf(id), request: aRequest(actor) };
  if (what === 'undo') await app.get(UndoStep).run(asked);
  else await app.get(StepAppointment).run({ ...asked, step: what });
}

async function pdf(path: string, as = registrar) {
  const answer = await fetch(app.url + path, { headers: { cookie: as.cookie } });
  expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'application/pdf']);
  // Its name stays in the list of downloads.
  expect(answer.headers.get('content-disposition')).toMatch(
    /^inline; filename="(day-\d{4}-\d\d-\d\d|notice|labels)\.pdf"$/,
  );
  return readPdf(new Uint8Array(await answer.arrayBuffer()));
}

const looksAt = (id: string): Promise<{ action: string; purpose: string }[]> =>
  database.sql('select action, purpose from access_log where appointment_id = $1 order by at, action', [id]);

const inFours = (reference: string): string => reference.replace(/(.{4})(?=.)/g, '$1 ');

/** What a scanner reads of a QR code that is drawn as squares of one unit. */
function scanned(side: number, path: string): string | undefined {
  const zoom = 6;
  const pixels = new Uint8ClampedArray((side * zoom) ** 2 * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let row = Number(y) * zoom; row < (Number(y) + 1) * zoom; row++) {
      const from = (row * side + Number(x)) * zoom;
      pixels.fill(0, from * 4, (from + Number(length) * zoom) * 4);
    }
  }
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  return jsQR.default(pixels, side * zoom, side * zoom)?.data;
}

const ofDay = (): string => `branch=${branch.id}&day=${day}`;

describe('the list of a day', () => {
  let visit: string;

  beforeAll(async () => {
    visit = await booked(state, { givenName: 'Āčēģīķļņš Õäöü', familyName: 'Ёжикова' });
    await booked(paid, { givenName: 'Ilze', familyName: 'Žīgure' });
  });

  it('is a sheet for each practitioner, with no more of a person than the day needs', async () => {
    const page = await registrar.get(`/lv/paper/day?${ofDay()}`);
    expect(page.status).toBe(200);
    expect(page.text.indexOf('Boriss Ābols')).toBeLessThan(page.text.indexOf('Anna Ķirse'));
    expect(page.text).toContain('Āčēģīķļņš Õäöü Ёжикова 1958 +37120000000 Konsultācija Valsts Pierakstīts');
    expect(page.text).toContain('Izdrukāts 01.03.2027, 07:00, Ieva Žagare');
    expect(page.text).not.toContain('12.03.1958');
    expect(await looksAt(visit)).toEqual([{ action: 'day-list-printed', purpose: 'day-list' }]);

    const dates = await registrar.get(`/lv/paper/day?${ofDay()}&identity=date`);
    expect(dates.text).toContain('12.03.1958');
  });

  it('is a tagged PDF that other readers understand', async () => {
    const list = await pdf(`/lv/paper/day.pdf?${ofDay()}`);
    expect(list).toMatchObject({ title: 'Dienas saraksts, 2027. gada 1. marts', language: 'lv', isTagged: true });
    expect(list.pages).toHaveLength(2);
    expect(list.pages[1]).toContain('Anna Ķirse pirmdiena, 2027. gada 1. marts · Filiāle · 1 vizīte');
    expect(list.pages[1]).toContain('Āčēģīķļņš Õäöü Ёжикова 1958 +37120000000 Konsultācija Valsts Pierakstīts');
    expect(list.pages[1]).toContain('2. lapa no 2');
    expect(list.tags[1]).toEqual(expect.arrayContaining(['H1', 'Table', 'TR', 'TH', 'TD']));
    expect(list.sizes[0]?.width).toBeGreaterThan(list.sizes[0]?.height ?? 0);
  });

  it('goes on over pages, each of which says whose it is', async () => {
    await database.sql(
      `insert into appointment (reference, clinic_id, branch_id, calendar_id, service_id, resource_id, patient_id, payer, status, origin,
                                starts_at, ends_at, promised_wall_time, zone, price_cents, contact_phone, language, created_at,
                                created_by_kind)
       select 'LONGDAY' || lpad(n::text, 9, '0'), clinic_id, branch_id, calendar_id, service_id, resource_id, patient_id, payer, 'noshow',
              origin, starts_at + n * interval '10 minutes', ends_at + n * interval '10 minutes', promised_wall_time, zone, price_cents,
              contact_phone, language, created_at, created_by_kind
         from appointment cross join generate_series(1, 60) n where id = $1`,
      [visit],
    );
    const list = await pdf(`/lv/paper/day.pdf?${ofDay()}&practitioners=${state.resourceId}`);
    expect(list.pages.length).toBeGreaterThan(2);
    for (const page of list.pages) {
      expect(page).toContain('Anna Ķirse');
      expect(page).toContain('Pacients');
    }
    expect(list.pages.join(' ').match(/Neieradās/g)).toHaveLength(60);
    await database.sql(
      `delete from access_log where appointment_id in (select id from appointment where reference like 'LONGDAY%')`,
    );
    await database.sql(`delete from appointment where reference like 'LONGDAY%'`);
  });

  it('shows a doctor their own patients and nobody another clinic', async () => {
    const own = await doctor.get(`/lv/paper/day?${ofDay()}`);
    expect(own.text).toContain('Ilze Žīgure');
    expect((await doctor.get(`/lv/paper/day?${ofDay()}&practitioners=${state.resourceId}`)).text).not.toContain(
      'Ёжикова',
    );
    expect((await stranger.get(`/lv/paper/day?${ofDay()}`)).status).toBe(404);
    expect((await stranger.get(`/lv/paper/day.pdf?${ofDay()}`)).status).toBe(404);
  });

  it('of a day without visits says so', async () => {
    const page = await registrar.get(`/en/paper/day?branch=${branch.id}&day=2027-03-06`);
    expect(page.text).toContain('No visits on this day.');
    expect((await pdf(`/en/paper/day.pdf?branch=${branch.id}&day=2027-03-06`)).pages[0]).toContain('No visits');
  });
});

describe('the notice that a patient is handed', () => {
  it('says what the law asks for, in the patient’s language', async () => {
    const id = await booked(paid, { givenName: 'Õnne', familyName: 'Pärn', language: 'et' });
    const reference = await referenceOf(id);
    const notice = await pdf(`/lv/paper/notice/${id}.pdf`);
    expect(notice).toMatchObject({ title: 'Teatis vastuvõtu kohta', language: 'et', isTagged: true });
    expect(notice.pages).toHaveLength(1);
    const page = await registrar.get(`/lv/paper/notice/${id}`);
    expect(page.html).toContain('<article class="sheet sheet-notice sheet-a4" lang="et">');
    for (const text of [notice.pages[0] ?? '', page.text]) {
      for (const said of [
        'esmaspäev, 1. märts 2027',
        '09:20',
        'Boriss Ābols',
        '+37160000000',
        'Liepu klīnika',
        'registrikood 40000000000',
        'Brīvības iela 1, Rīga, LV-1010',
        'Kabinets 12',
        'Konsultācija',
        'Tasuline vastuvõtt',
        '45',
        'Ärge sööge 8 tundi.',
        'hiljemalt: esmaspäev, 1. märts 2027, 08:20',
        inFours(reference),
        `ekraanil: ${reference.slice(-4)}`,
      ])
        expect(text).toContain(said);
    }
    expect(await looksAt(id)).toContainEqual({ action: 'patient-card', purpose: 'notice' });
  });

  it('fits one sheet of either paper, in each language', async () => {
    const id = await booked(paid, { givenName: 'Юлия', familyName: 'Щербакова-Ёлкина', language: 'ru' });
    for (const language of ['lv', 'et', 'en', 'ru']) {
      for (const [paper, height] of [
        ['a4', 842],
        ['a5', 595],
      ] as const) {
        const notice = await pdf(`/lv/paper/notice/${id}.pdf?in=${language}&paper=${paper}`);
        expect([language, paper, notice.language, notice.pages.length]).toEqual([language, paper, language, 1]);
        expect(Math.round(notice.sizes[0]?.height ?? 0)).toBe(height);
        expect(notice.pages[0]).toContain('Юлия Щербакова-Ёлкина');
        expect(notice.tags[0]).toEqual(expect.arrayContaining(['H1', 'H2', 'P', 'Figure']));
      }
    }
  });

  it('of a request says that it is not confirmed, and of a cancelled visit asks for nothing', async () => {
    const id = await booked(paid);
    await database.sql(
      `update appointment set status = 'pending', answer_due_at = '2027-03-01T06:00:00Z' where id = $1`,
      [id],
    );
    expect((await registrar.get(`/en/paper/notice/${id}?in=en`)).text).toContain(
      'Not confirmed yet. The clinic answers by Monday',
    );
    await database.sql(`update appointment set status = 'cancelled', answer_due_at = null where id = $1`, [id]);
    const cancelled = await registrar.get(`/en/paper/notice/${id}?in=en`);
    expect(cancelled.text).toContain('Cancelled');
    expect(cancelled.text).not.toContain('Please bring');
  });

  it('carries a code that scanners read', async () => {
    const id = await booked(state);
    const page = await registrar.get(`/lv/paper/notice/${id}`);
    const [, side = '', path = ''] =
      /<svg class="notice-qr" viewBox="0 0 (\d+) [^>]*><path d="([^"]*)"/.exec(page.html) ?? [];
    expect(scanned(Number(side), path)).toBe(await referenceOf(id));
  });

  it('is refused to another clinic and to a doctor who does not receive there', async () => {
    const id = await booked(state);
    for (const path of [`/lv/paper/notice/${id}`, `/lv/paper/notice/${id}.pdf`, `/lv/paper/labels.pdf?ids=${id}`]) {
      expect([path, (await stranger.get(path)).status]).toEqual([path, 404]);
      const { status, text } = await doctor.get(path);
      expect([path, status < 500 && status >= 400, text.includes('Šķēle')]).toEqual([path, true, false]);
    }
  });
});

describe('labels', () => {
  it('stand on the chosen places, with name, birth date and reference', async () => {
    const ids = [await booked(state), await booked(paid, { givenName: letters.slice(0, 22), familyName: 'Ūsiņa' })];
    const one = await pdf(`/lv/paper/labels.pdf?ids=${ids.join(',')}&sheet=a4-24&first=24`);
    expect(one.pages).toHaveLength(2);
    expect(one.pages[0]).toContain('Āris Šķēle');
    expect(one.pages[1]?.replaceAll(' ', '')).toContain('ĀČĒĢĪĶĻŅŠŪŽāčēģīķļņšūžŪsiņa');
    expect(one.pages[1]?.replaceAll(' ', '')).toContain(await referenceOf(ids[1] ?? ''));
    expect(await looksAt(ids[0] ?? '')).toEqual([{ action: 'labels-printed', purpose: 'labels' }]);

    const roll = await pdf(`/lv/paper/labels.pdf?ids=${ids[0]}&sheet=roll-62`);
    expect(roll.sizes.map(({ width, height }) => [Math.round(width), Math.round(height)])).toEqual([[176, 82]]);
  });

  it('of a day may be chosen one by one', async () => {
    const page = await registrar.get(`/en/paper/labels?${ofDay()}&practitioners=${paid.resourceId}`);
    const boxes = [...page.html.matchAll(/name="ids" value="([^"]+)" checked/g)].map(([, id]) => id ?? '');
    expect(boxes.length).toBeGreaterThan(1);
    const chosen = await registrar.get(`/en/paper/labels?${ofDay()}&ids=${boxes[0]}`);
    expect(chosen.html.match(/class="label"/g)).toHaveLength(1);
  });

  it.each([
    ['a place before the first', 'first=0'],
    ['a place after the last', 'first=25'],
    ['paper that nobody sells', 'sheet=a3'],
    ['what is no visit', 'ids=1'],
    ['more visits than an address holds', `ids=${Array.from({ length: 101 }, () => randomUUID()).join(',')}`],
  ])('refuse %s', async (_, search) => {
    expect((await registrar.get(`/en/paper/labels.pdf?${search}`)).status).toBe(400);
  });
});

describe('the screen in the waiting room', () => {
  const fields = { name: 'Otrais stāvs', language: 'lv', others: ['en'], calledMinutes: '10' };
  const look = (address: string): Promise<StaffPage> =>
    fetch(address).then(async (answer) => ({
      status: answer.status,
      location: answer.headers.get('location'),
      html: await answer.clone().text(),
      text: (await answer.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '),
    }));
  const addressOn = ({ html }: StaffPage): string => /href="(http[^"]+\/screen\/[\w-]{43})"/.exec(html)?.[1] ?? '';

  async function aScreen(more: Record<string, string | string[]> = {}): Promise<{ path: string; address: string }> {
    const kept = await admin.post('/en/screens/new', { ...fields, branchId: branch.id, ...more });
    expect(kept.status).toBe(303);
    const path = kept.location ?? '';
    return { path, address: addressOn(await admin.get(path)) };
  }

  it('is set up by an admin, who is given a secret address of which only a hash is kept', async () => {
    for (const other of [registrar, doctor]) expect((await other.get('/en/screens')).status).toBe(403);
    expect((await stranger.post('/en/screens/new', { ...fields, branchId: branch.id })).status).toBe(404);
    const { address } = await aScreen();
    const key = address.split('/').at(-1) ?? '';
    expect(key).toMatch(/^[\w-]{43}$/);
    const rows = await database.sql<{ row: string }>('select row_to_json(w)::text as row from waiting_screen w');
    expect(rows.some(({ row }) => row.includes(key))).toBe(false);
    const page = await look(address);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Lūdzu, ienāciet');
    expect(page.text).toContain('Please come in');
  });

  it('is added once, however often the form is sent, and another clinic’s is not touched by its name', async () => {
    const newId = admin.field(await admin.get('/en/screens/new'), 'newId');
    const card = { ...fields, branchId: branch.id, name: 'Trešais stāvs', newId };
    const sent = await Promise.all([1, 2, 3].map(() => admin.post('/en/screens/new', card)));
    expect(sent.map(({ status, location }) => [status, location])).toEqual(
      sent.map(() => [303, `/en/screens/${newId}`]),
    );
    const named = () => database.sql(`select branch_id from waiting_screen where name = 'Trešais stāvs'`);
    expect(await named()).toEqual([{ branch_id: branch.id }]);
    const theirs = await database.sql<{ id: string }>('select id from branch where clinic_id <> $1', [clinic.id]);
    for (const { id } of theirs)
      expect((await stranger.post('/en/screens/new', { ...card, branchId: id })).status).not.toBe(303);
    expect(await named()).toEqual([{ branch_id: branch.id }]);
  });

  it('shows only those whom it was set up for, and of another branch nobody', async () => {
    const id = await booked(state);
    await step(id, 'arrive');
    const number = (await referenceOf(id)).slice(-4);
    const { address } = await aScreen({ resources: [paid.resourceId] });
    expect((await look(address)).text).not.toContain(number);
    const other = await build.aBranch(database, { clinic });
    const elsewhere = await aScreen({ branchId: other.id });
    expect((await look(elsewhere.address)).text).not.toContain(number);
    const wrong = await admin.post('/en/screens/new', { ...fields, branchId: other.id, resources: [paid.resourceId] });
    expect(wrong.status).toBe(422);
    await step(id, 'undo');
  });

  it('follows who arrives and is asked in, the newest biggest, until they are long in the room', async () => {
    const { address } = await aScreen();
    const [first, second] = [await booked(state), await booked(paid)];
    const [one, two] = [(await referenceOf(first)).slice(-4), (await referenceOf(second)).slice(-4)];
    await step(first, 'arrive');
    await step(second, 'arrive');
    expect((await look(`${address}/now`)).text).toMatch(new RegExp(`Gaida.*${one}.*${two}`));
    await step(first, 'admit');
    expect((await look(`${address}/now`)).text).toMatch(new RegExp(`ienāciet.*${one} +Kabinets 12.*Gaida.*${two}`));
    clock.advance({ minutes: 1 });
    await step(second, 'admit');
    const both = await look(`${address}/now`);
    expect(both.html).toMatch(new RegExp(`data-newest="${two}"`));
    expect(both.text).toMatch(new RegExp(`${two}.*${one}.*Neviens negaida`));
    clock.advance({ minutes: 9, seconds: 30 });
    const later = await look(`${address}/now`);
    expect(later.text).toContain(two);
    expect(later.text).not.toContain(one);
    await step(second, 'undo');
    expect((await look(`${address}/now`)).text).toMatch(new RegExp(`Gaida.*${two}`));
    await step(second, 'fulfil');
    expect((await look(`${address}/now`)).text).not.toContain(two);
  });

  it('forgets at the branch’s midnight who was never asked in', async () => {
    const { address } = await aScreen();
    const id = await booked(state);
    await step(id, 'arrive');
    const number = (await referenceOf(id)).slice(-4);
    const before = clock.now().toString();
    clock.set('2027-03-01T21:59:59Z');
    expect((await look(`${address}/now`)).text).toContain(number);
    clock.set('2027-03-01T22:00:00Z');
    expect((await look(`${address}/now`)).text).not.toContain(number);
    clock.set(before);
    await step(id, 'fulfil');
  });

  it('never shows a name, service or practitioner, whatever they are called', async () => {
    const { address } = await aScreen({ others: ['et', 'en', 'ru'] });
    const id = await booked(paid);
    await step(id, 'arrive');
    const [visit] = await database.sql<{ patient: string }>(
      'select patient_id as patient from appointment where id = $1',
      [id],
    );
    const word = fc.stringMatching(/^[A-ZĀČĒŠŽÕÄÖÜЁЖЩ][a-zāčēšžõäöüёжщ<>&"']{5,20}$/);
    let isCalled = false;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(word, { minLength: 6, maxLength: 6 }), fc.boolean(), async (words, calls) => {
        const [given, family, service, doctorGiven, doctorFamily, title] = words as [
          string,
          string,
          string,
          string,
          string,
          string,
        ];
        await database.sql('update patient set given_name = $2, family_name = $3 where id = $1', [
          visit?.patient,
          given,
          family,
        ]);
        await database.sql('update practitioner set given_name = $2, family_name = $3, title = $4 where id = $1', [
          paid.resourceId,
          doctorGiven,
          doctorFamily,
          JSON.stringify({ lv: title }),
        ]);
        const named = JSON.stringify({ lv: service, et: service, en: service, ru: service });
        await database.sql('update service set name = $2 where id = $1', [paid.serviceId, named]);
        if (calls !== isCalled) await step(id, calls ? 'admit' : 'undo');
        isCalled = calls;
        for (const path of ['', '/now']) {
          const { html, text } = await look(address + path);
          expect(text).toContain((await referenceOf(id)).slice(-4));
          const everything = html + text;
          expect(
            words.filter((each) => everything.includes(each) || everything.includes(encodeURIComponent(each))),
          ).toEqual([]);
          expect(everything).not.toMatch(/1958|patient\.example|\+37120000000|cardiology/);
        }
      }),
      { numRuns: 25 },
    );
    await database.sql(
      `update practitioner set given_name = 'Boriss', family_name = 'Ābols', title = '{}' where id = $1`,
      [paid.resourceId],
    );
    await step(id, 'fulfil');
  });

  it('shows nothing at an address that was renewed, switched off or made up', async () => {
    const { path, address } = await aScreen();
    expect((await admin.post(`${path}/renew`, {})).status).toBe(303);
    expect((await look(address)).status).toBe(404);
    expect((await look(`${address}/now`)).status).toBe(404);
    const renewed = addressOn(await admin.get(path));
    expect(renewed).not.toBe(address);
    expect((await look(renewed)).status).toBe(200);
    expect((await registrar.post(`${path}/revoke`, {})).status).toBe(403);
    expect((await admin.post(`${path}/revoke`, {})).status).toBe(303);
    expect((await look(renewed)).status).toBe(404);
    expect((await admin.get(path)).text).toContain('Switched off');
    expect((await look(`${app.url}/screen/${'A'.repeat(43)}`)).status).toBe(404);
  });

  it('lets nobody try keys for long', async () => {
    const answers = await Promise.all(Array.from({ length: 80 }, () => look(`${app.url}/screen/${randomUUID()}/now`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404, 429]));
  });
});
