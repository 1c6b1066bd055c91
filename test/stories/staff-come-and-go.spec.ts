import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import pg from 'pg';
import { InvitationToSend } from '#libs/access';
import { BookAppointment } from '#libs/appointments';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { type TestDatabase, testDatabase } from '../support/database.js';
import { type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { formsOf, PageVisitor, type VisitedPage } from '../support/page-visitor.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asGuest } from '../support/verbs.js';

const clock = testClock('2026-12-01T08:00:00Z');

let database: TestDatabase;
let app: RunningApp;
let mail: SmtpCatcher;
let clinic: build.Clinic;
let branch: build.Branch;
let doctor: build.Practitioner;
let chief: build.StaffMember;
let admin: StaffVisitor;
let invited = 0;

beforeAll(async () => {
  database = await testDatabase();
  mail = await smtpCatcher();
  await prepareEnvironment({ database, smtpUrl: mail.url });
  app = await startApp('clinic', { clock });
  clinic = await build.aClinic(database);
  branch = await build.aBranch(database, { clinic });
  doctor = await build.aPractitioner(database, { clinic });
  chief = await build.aStaffMember(database, { clinic, role: 'admin', name: 'Ieva Ozola' });
  admin = await enter(chief);
});

afterAll(async () => {
  await app?.stop();
  await mail?.stop();
  await database?.drop();
});

async function enter(staff: build.StaffMember): Promise<StaffVisitor> {
  return staffVisitor(app, staff, await build.aCredential(database, staff), clock);
}

type Fields = Record<string, string | readonly string[]>;

/** Invites somebody and gives the path of the letter's link. */
async function invite(fields: Fields = {}): Promise<{ id: string; email: string; link: string }> {
  invited += 1;
  const email = `jauns${invited}@clinic.example`;
  const rights = { role: 'registrar', reach: 'all' };
  const wish = { name: 'Zane Agra', email, language: 'en', ...rights, ...fields };
  const sent = await admin.post('/en/staff/invite', wish);
  expect([sent.status, sent.location]).toEqual([303, '/en/staff']);
  return linkOf(String(wish.email));
}

async function linkOf(email: string): Promise<{ id: string; email: string; link: string }> {
  const [row] = await database.sql<{ id: string }>(
    `select id from staff_invitation where email = $1 and accepted_at is null and withdrawn_at is null`,
    [email],
  );
  const id = row?.id ?? '';
  const letter = await app.get(InvitationToSend).run(id);
  return { id, email, link: `/en/invitation/${id}?key=${letter?.key}` };
}

/** What somebody with the page before them types: a password, and the code of the secret they scanned. */
async function typed(page: VisitedPage): Promise<{ password: string; code: string }> {
  const secret = (/invitation-secret">([A-Z2-7 ]+)</.exec(page.html)?.[1] ?? '').replaceAll(' ', '');
  const code = await generate({ secret, epoch: Math.floor(clock.now().epochMilliseconds / 1000) });
  return { password: 'kartupelis zem galda', code };
}

async function accept(link: string): Promise<{ visitor: PageVisitor; page: VisitedPage }> {
  const visitor = new PageVisitor(app);
  const page = await visitor.get(link);
  return { visitor, page: await visitor.send(page, /invitation/, await typed(page)) };
}

const lastEvents = async (): Promise<string[]> =>
  (
    await database.sql<{ kind: string }>(`select kind from staff_event where kind <> 'audit-read' order by id desc`)
  ).map(({ kind }) => kind);

describe('an invitation', () => {
  it('lets somebody choose a password and a second factor, once, and signs them in', async () => {
    const { link, id } = await invite({ role: 'assistant', assists: doctor.id, assistsUntil: '2026-12-31' });
    const { visitor, page } = await accept(link);
    expect([page.status, page.path]).toEqual([200, '/en/calendar']);
    expect(page.text).toContain('Welcome! You are signed in.');
    const [member] = await database.sql<{ role: string; until: string }>(
      `select m.role, p.valid_to::text as until from staff_member m join staff_practitioner p on p.staff_member_id = m.id
        where p.practitioner_id = $1`,
      [doctor.id],
    );
    expect(member).toEqual({ role: 'assistant', until: '2026-12-31' });
    expect((await visitor.get('/en/staff')).status).toBe(403);
    // The link again, by whoever has the letter.
    const stranger = new PageVisitor(app);
    const again = await stranger.get(link);
    expect([again.status, again.text]).toEqual([410, expect.stringContaining('This link no longer works')]);
    expect(formsOf(again).some(({ action }) => action.includes('invitation'))).toBe(false);
    expect((await lastEvents()).slice(0, 2)).toEqual(['joined', 'invited']);
    const [job] = await database.sql<{ data: object }>(
      `select data from jobs.job where name = 'staff-invited' limit 1`,
    );
    expect(job?.data).toEqual({ invitationId: id });
  });

  it('is looked at without being used up, and says what is wrong with what is typed', async () => {
    const { link } = await invite();
    const visitor = new PageVisitor(app);
    for (let n = 0; n < 3; n += 1) expect((await visitor.get(link)).status).toBe(200);
    const page = await visitor.get(link);
    const { code } = await typed(page);
    const short = await visitor.send(page, /invitation/, { password: 'īss', code: '000000' });
    expect(short.status).toBe(422);
    expect(short.text).toContain('At least 12 characters');
    expect(short.text).toContain('The code is not right');
    // The secret that was scanned is still the one.
    const right = await visitor.send(short, /invitation/, { password: 'kartupelis zem galda', code });
    expect(right.path).toBe('/en/calendar');
  });

  it('opens for two at once only one of them', async () => {
    const { link } = await invite();
    const visitors = [new PageVisitor(app), new PageVisitor(app)];
    const pages = await Promise.all(visitors.map((visitor) => visitor.get(link)));
    const answers = await Promise.all(
      pages.map(async (page, n) => visitors[n]?.send(page, /invitation/, await typed(page))),
    );
    expect(answers.map((answer) => Number(answer?.status)).sort((a, b) => a - b)).toEqual([200, 410]);
  });

  it('works no more with another key, when it was withdrawn, and when its time is over', async () => {
    const first = await invite();
    const visitor = new PageVisitor(app);
    const other = await invite();
    const [, otherKey = ''] = other.link.split('key=');
    expect((await visitor.get(`/en/invitation/${first.id}?key=${otherKey}`)).status).toBe(410);
    expect((await visitor.get(`/en/invitation/${first.id}`)).status).toBe(410);
    const open = await visitor.get(first.link);
    expect((await admin.post(`/en/staff/invitations/${first.id}/withdraw`, {})).status).toBe(303);
    expect((await visitor.send(open, /invitation/, await typed(open))).status).toBe(410);
    clock.advance({ hours: 24 * 7 + 1 });
    admin = await enter(await build.aStaffMember(database, { clinic, role: 'admin' }));
    expect((await visitor.get(other.link)).status).toBe(410);
    expect((await admin.get('/en/staff')).text).toContain('The link has expired');
    // Sent again, it is another link.
    expect((await admin.post(`/en/staff/invitations/${other.id}/again`, {})).status).toBe(303);
    expect((await visitor.get((await linkOf(other.email)).link)).status).toBe(200);
    expect((await visitor.get(other.link)).status).toBe(410);
  });

  it('is for the address that it was sent to', async () => {
    const { link } = await invite();
    const somebody = await enter(await build.aStaffMember(database, { clinic: await build.aClinic(database) }));
    const seen = await somebody.get(link);
    expect(seen.text).toContain('somebody else is signed in here');
    const [, key = ''] = link.split('key=');
    expect((await somebody.post(link.split('?')[0] ?? '', { key })).status).toBe(403);
  });

  it('is accepted with one press by somebody who works elsewhere already', async () => {
    const elsewhere = await build.aStaffMember(database, { clinic: await build.aClinic(database), name: 'Divi Darbi' });
    const visitor = await enter(elsewhere);
    const { link } = await invite({ email: elsewhere.email });
    const nobody = await new PageVisitor(app).get(link);
    expect(nobody.text).toContain('You already work in the portal');
    const [, key = ''] = link.split('key=');
    expect((await visitor.get(link)).text).toContain('Accept the invitation');
    expect((await visitor.post(link.split('?')[0] ?? '', { key })).status).toBe(303);
    expect((await visitor.get('/en/workplace')).text).toMatch(/Klīnika .* now Klīnika/);
  });

  it('is refused for somebody who works here, for a branch of another clinic, and for a role without its doctor', async () => {
    const wish = { name: 'Zane', language: 'en', reach: 'all', role: 'registrar' };
    const here = await admin.post('/en/staff/invite', { ...wish, email: chief.email });
    expect([here.status, here.text]).toEqual([422, expect.stringContaining('already works here')]);
    const foreign = await build.aBranch(database, { clinic: await build.aClinic(database) });
    const away = { ...wish, email: 'x@clinic.example', reach: 'some', branches: foreign.id };
    expect((await admin.post('/en/staff/invite', away)).status).toBe(422);
    const nobody = { ...wish, email: 'x@clinic.example', role: 'practitioner' };
    expect((await admin.post('/en/staff/invite', nobody)).status).toBe(422);
    const assistant = { ...wish, email: 'x@clinic.example', role: 'assistant' };
    expect((await admin.post('/en/staff/invite', assistant)).text).toContain('Tick at least one doctor');
    expect(await database.sql(`select from staff_invitation where email = 'x@clinic.example'`)).toEqual([]);
  });
});

describe('rights that are changed', () => {
  const rights = { role: 'registrar', reach: 'all', version: '1' };

  it('hold from the next request, in a session that is open', async () => {
    const member = await build.aStaffMember(database, { clinic, role: 'registrar' });
    const visitor = await enter(member);
    expect((await visitor.get('/en/calendar')).status).toBe(200);
    expect((await visitor.get('/en/staff')).status).toBe(403);
    const kept = await admin.post(`/en/staff/${member.id}`, { ...rights, role: 'admin' });
    expect(kept.status).toBe(303);
    expect((await visitor.get('/en/staff')).status).toBe(200);
    const bound = { ...rights, version: '2', reach: 'some', branches: branch.id, activeTo: '2027-01-31' };
    expect((await admin.post(`/en/staff/${member.id}`, bound)).status).toBe(303);
    expect((await visitor.get('/en/staff')).status).toBe(403);
    const page = await admin.get(`/en/staff/${member.id}`);
    expect(page.text).toContain('role: clinic administrator → registrar');
    expect(page.text).toContain('where: In all branches → Filiāle');
    // Who looked at an older page overwrites nothing.
    const late = await admin.post(`/en/staff/${member.id}`, { ...rights, version: '2' });
    expect([late.status, late.text]).toEqual([422, expect.stringContaining('Somebody else has just changed')]);
  });

  it('end at once: the next click of who is sent away leads to the way in', async () => {
    const member = await build.aStaffMember(database, { clinic });
    const visitor = await enter(member);
    expect((await visitor.get('/en/calendar')).status).toBe(200);
    expect((await admin.post(`/en/staff/${member.id}/end`, {})).status).toBe(303);
    expect((await visitor.get('/en/calendar')).location).toMatch(/^\/en\/sign-in/);
    expect((await visitor.api('/api/calendar/day')).status).toBe(401);
    await expect(enter({ ...member, accountId: member.accountId })).rejects.toThrow();
    // Pressed again later, it does not make them have stayed longer.
    await database.sql(`update staff_member set active_to = '2026-06-30' where id = $1`, [member.id]);
    await admin.post(`/en/staff/${member.id}/end`, {});
    expect(
      await database.sql(`select from staff_member where id = $1 and active_to = '2026-06-30'`, [member.id]),
    ).toHaveLength(1);
    // Invited anew, they choose anew and are the same person in the history.
    const { link } = await invite({ email: member.email });
    const { page } = await accept(link);
    expect(page.status).toBe(200);
    expect(await database.sql(`select id from staff_member where account_id = $1`, [member.accountId])).toEqual([
      { id: member.id },
    ]);
  });

  it('are not locked out of another clinic that they alone keep', async () => {
    const theirs = await build.aStaffMember(database, { clinic: await build.aClinic(database), role: 'admin' });
    await build.aCredential(database, theirs);
    const [here] = await database.sql<{ id: string }>(
      `insert into staff_member (account_id, clinic_id, role, display_name, active_from)
       values ($1, $2, 'registrar', 'Guest', '2026-01-01') returning id`,
      [theirs.accountId, clinic.id],
    );
    const answer = await admin.post(`/en/staff/${here?.id}/reset`, {});
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('At least one administrator')]);
    expect(await database.sql('select from staff_credential where account_id = $1', [theirs.accountId])).toHaveLength(
      1,
    );
  });

  it('leave one admin who can give rights', async () => {
    const lone = await build.aClinic(database);
    await build.aBranch(database, { clinic: lone });
    const boss = await build.aStaffMember(database, { clinic: lone, role: 'admin' });
    const visitor = await enter(boss);
    const [place] = await database.sql<{ id: string }>(`select id from branch where clinic_id = $1`, [lone.id]);
    const last = 'At least one administrator';
    for (const fields of [
      { ...rights },
      { ...rights, role: 'admin', activeTo: '2027-06-01' },
      { ...rights, role: 'admin', reach: 'some', branches: place?.id ?? '' },
    ]) {
      const answer = await visitor.post(`/en/staff/${boss.id}`, fields);
      expect([answer.status, answer.text]).toEqual([422, expect.stringContaining(last)]);
    }
    expect((await visitor.post(`/en/staff/${boss.id}/end`, {})).text).toContain(last);
    // Somebody who never set up a second factor could not help.
    const idle = await build.aStaffMember(database, { clinic: lone, role: 'admin' });
    expect((await visitor.post(`/en/staff/${boss.id}/end`, {})).status).toBe(422);
    await build.aCredential(database, idle);
    // Two who send each other away at once: one of them stays.
    const second = await build.aStaffMember(database, { clinic: lone, role: 'admin' });
    const other = await enter(second);
    await database.sql(`update staff_member set active_to = '2026-01-02' where id = $1`, [idle.id]);
    const both = await Promise.all([
      visitor.post(`/en/staff/${second.id}/end`, {}),
      other.post(`/en/staff/${boss.id}/end`, {}),
    ]);
    expect(both.map(({ status }) => status).filter((status) => status === 303)).toHaveLength(1);
    const left = await database.sql(`select from staff_member where clinic_id = $1 and active_to is null`, [lone.id]);
    expect(left).toHaveLength(1);
  });

  it('let somebody with a new telephone begin anew, and nobody with the old one', async () => {
    const member = await build.aStaffMember(database, { clinic });
    const visitor = await enter(member);
    const old = await build.aStaffMember(database, { clinic, role: 'admin' });
    expect((await admin.post(`/en/staff/${member.id}/reset`, {})).status).toBe(303);
    expect((await visitor.get('/en/calendar')).location).toMatch(/^\/en\/sign-in/);
    expect((await admin.get('/en/staff')).text).toContain('New password and code');
    const { page } = await accept((await linkOf(member.email)).link);
    expect(page.path).toBe('/en/calendar');
    expect((await lastEvents()).slice(0, 2)).toEqual(['second-factor-renewed', 'second-factor-reset']);
    // Not one's own, which would lock out whoever is alone.
    const own = await enter(old);
    expect((await own.post(`/en/staff/${old.id}/reset`, {})).status).toBe(403);
  });

  it('cannot be rewritten by the apps', async () => {
    const apps = new pg.Client(database.appUrl);
    await apps.connect();
    for (const text of [`update staff_event set kind = 'joined'`, 'delete from staff_event', 'truncate staff_event'])
      await expect(apps.query(text)).rejects.toThrow(/permission denied/);
    await apps.end();
  });
});

describe('the letter of an invitation', () => {
  let worker: RunningApp;

  beforeAll(async () => {
    const withdrawn = await invite({ email: 'atsaukts@clinic.example' });
    await admin.post(`/en/staff/invitations/${withdrawn.id}/withdraw`, {});
    worker = await startApp('worker', { clock });
  });
  afterAll(() => worker?.stop());

  it('comes in the language of who is invited, once, with the link that opens it', async () => {
    const { email } = await invite({ language: 'et', role: 'admin' });
    const letter = await mail.waitFor(email);
    expect(letter.parsed.subject).toBe('Kutse töötada portaalis');
    expect(letter.parsed.text).toContain('Klīnika kutsub teid portaalis töötama');
    const link = new URL(/http\S+/.exec(letter.parsed.text ?? '')?.[0] ?? '');
    expect(letter.parsed.html).toContain(link.pathname);
    const page = await new PageVisitor(app).get(link.pathname + link.search);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Valige parool')]);
    expect(mail.letters.filter(({ to }) => to.includes(email))).toHaveLength(1);
    // Who was uninvited before the letter left is not written to.
    expect(mail.letters.filter(({ to }) => to.includes('atsaukts@clinic.example'))).toEqual([]);
    const rows = await database.sql(`select state from notice where kind = 'invitation' and state <> 'sent'`);
    expect(rows).toEqual([]);
  });

  /** Waits until the letter about something has left, or not. */
  async function settled(column: 'invitation_id' | 'account_notice_id', id: string): Promise<void> {
    for (let waited = 0; waited < 15_000; waited += 50) {
      const [row] = await database.sql<{ state: string }>(
        `select state from notice where channel = 'mail' and ${column} = $1`,
        [id],
      );
      if (row && row.state !== 'queued') return;
      await sleep(50);
    }
    throw new Error('the letter stayed on its way');
  }

  it('is not waited for where nobody can use it any more', async () => {
    mail.trouble = async () => 451;
    const { id } = await invite();
    const notice = async () =>
      (await database.sql('select state, failure from notice where invitation_id = $1', [id]))[0];
    const isOver = async (test: () => Promise<boolean>): Promise<void> => {
      for (let waited = 0; !(await test()); waited += 50) {
        if (waited > 40_000) throw new Error(`it stays ${JSON.stringify(await notice())}`);
        await sleep(50);
      }
    };
    await isOver(async () => (await notice())?.['failure'] === 'server-refused');
    mail.trouble = undefined;
    await admin.post(`/en/staff/invitations/${id}/withdraw`, {});
    await isOver(async () => {
      await database.sql(`update jobs.job set start_after = now() where state = 'retry'`);
      return (await notice())?.['state'] !== 'queued';
    });
    expect(await notice()).toEqual({ state: 'dropped', failure: 'too-late' });
  });

  it('that did not arrive is seen with what can be done: the right address gets a new link', async () => {
    const dead = new Set<string>();
    mail.trouble = async (to) => (dead.has(to) ? 550 : undefined);
    dead.add(`jauns${invited + 1}@clinic.example`);
    const { id, email } = await invite({ name: 'Līga Kļūda' });
    await settled('invitation_id', id);
    const page = await admin.get('/en/staff');
    expect(page.text).toMatch(
      /Līga Kļūda .*was not delivered \(.*the mail server knows no such mailbox\. Correct the address : Līga Kļūda The address is right – send again/,
    );
    const path = `/en/staff/invitations/${id}/address`;
    const elsewhere = await build.aClinic(database);
    const stranger = await enter(await build.aStaffMember(database, { clinic: elsewhere, role: 'admin' }));
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.post(path, { email: 'x@clinic.example' })).status).toBe(404);
    expect((await admin.get(path)).html).toContain(`value="${email}"`);
    expect((await admin.post(path, { email: 'nobody' })).status).toBe(422);
    expect((await admin.post(path, { email: chief.email })).text).toContain('already works here');
    const right = `right-${email}`;
    expect((await admin.post(path, { email: right })).status).toBe(303);
    await settled('invitation_id', (await linkOf(right)).id);
    expect((await admin.get('/en/staff')).text).toMatch(/Līga Kļūda right-.*The e-mail was sent/);
    expect((await admin.get(path)).status).toBe(404);

    // Nothing goes to a dead address until whoever sends it again answers for it.
    dead.clear();
    await settled('invitation_id', (await invite({ name: 'Uz Mirušo', email })).id);
    expect((await admin.get('/en/staff')).text).toMatch(/Uz Mirušo .*No e-mail was sent \(.*The address is right/);
    const { id: again } = await linkOf(email);
    expect((await admin.post(`/en/staff/invitations/${again}/again`, {})).status).toBe(303);
    await settled('invitation_id', (await linkOf(email)).id);
    expect(mail.letters.filter(({ to }) => to.includes(email))).toHaveLength(1);

    // Who could not be told what became of their rights is told by somebody.
    const member = await build.aStaffMember(database, { clinic });
    dead.add(member.email);
    await admin.post(`/en/staff/${member.id}/end`, {});
    const [told] = await database.sql<{ id: string }>('select id from account_notice where account_id = $1', [
      member.accountId,
    ]);
    await settled('account_notice_id', told!.id);
    for (const where of [`/en/staff/${member.id}`, '/en/staff'])
      expect((await admin.get(where)).text).toMatch(/could not tell them by e-mail .* knows no such mailbox/);
  });
});

describe('the audit', () => {
  it('says who saw and did what, of whom and when, and that it was read', async () => {
    const calendar = await build.aCalendar(database, {
      branch,
      practitioner: doctor,
      payer: 'state',
      horizonDays: 300,
      open: [['2026-12-15T08:00', '2026-12-15T16:00']],
      now: clock.now().toString(),
    });
    const guest = asGuest((await build.anAccount(database)).id);
    const { id } = await app.get(BookAppointment).run({
      actor: guest,
      slot: {
        calendarId: calendar.id,
        serviceId: calendar.serviceId,
        start: Temporal.Instant.from(build.at(calendar, '2026-12-15T09:00')),
      },
      patient: {
        givenName: 'Ilze',
        familyName: 'Bērziņa',
        birthDate: Temporal.PlainDate.from('1958-03-12'),
        language: 'lv',
      },
      contact: { email: 'ilze@patient.example', phone: null },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(guest),
    });
    const [booked] = await database.sql<{ patientId: string }>(
      'select patient_id as "patientId" from appointment where id = $1',
      [id],
    );
    const registrar = await build.aStaffMember(database, { clinic, name: 'Rita Reģistratore' });
    const visitor = await enter(registrar);
    expect((await visitor.get(`/en/appointments/${id}`)).status).toBe(200);
    expect((await visitor.get('/en/audit')).status).toBe(403);
    const all = await admin.get('/en/audit');
    expect(all.status).toBe(200);
    expect(all.text).toContain('Rita Reģistratore');
    expect(all.text).toContain('Opened the patient’s card');
    expect(all.text).not.toContain('Bērziņa');
    const [visit] = await database.sql<{ reference: string }>('select reference from appointment where id = $1', [id]);
    const found = await admin.post('/en/audit/patient', { reference: visit?.reference.toLowerCase() ?? '' });
    expect(found.location).toBe(`/en/audit?patient=${booked?.patientId}`);
    expect((await admin.get(found.location ?? '')).text).toContain('Rita Reģistratore');
    expect((await admin.post('/en/audit/patient', { reference: 'nothing here' })).status).toBe(422);
    const today = clock.now().toString().slice(0, 10);
    expect((await admin.get(`/en/audit?staff=${registrar.id}&day=${today}`)).text).toContain(
      'Opened the patient’s card',
    );
    expect((await admin.get(`/en/audit?staff=${registrar.id}&day=2020-01-01`)).text).toContain('No records');
    expect((await admin.get('/en/audit')).text).toContain('Read who saw what');
  });

  it('is paged to its end, each line once', async () => {
    const patientId = await build.aPatient(database, { clinic });
    await database.sql(
      `insert into access_log (at, clinic_id, staff_member_id, role, patient_id, action, purpose)
       select timestamptz '2026-11-01T10:00:00Z' + make_interval(mins => n / 3), $1, $2, 'admin', $3, 'patient-card', 'page' || n
         from generate_series(1, 250) n`,
      [clinic.id, chief.id, patientId],
    );
    const seen: string[] = [];
    let path: string | undefined = `/en/audit?patient=${patientId}`;
    for (let n = 0; path && n < 10; n += 1) {
      const page: { html: string } = await admin.get(path);
      seen.push(...(page.html.match(/page\d+/g) ?? []));
      path = /rel="next" href="([^"]*)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
    }
    expect(new Set(seen).size).toBeGreaterThanOrEqual(84);
    expect(seen).toHaveLength(new Set(seen).size);
  });
});
