import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { BookAppointment, CancelAppointment, MoveAppointment, requestOf } from '#libs/appointments';
import { mailHookSecrets, ReadMailbox } from '#libs/notifications';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase, theTenSecondsPass } from '../support/database.js';
import { imapMailbox, type ImapMailbox } from '../support/imap-server.js';
import { type CaughtLetter, type SmtpCatcher, smtpCatcher } from '../support/mail.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';

const clock = testClock('2027-02-22T08:00:00Z');
const day = '2027-03-01';
const contact = 'ilze.berzina@patient.example';

let database: TestDatabase;
let mail: SmtpCatcher;
let mailbox: ImapMailbox;
let clinicApp: RunningApp;
let booking: RunningApp;
let worker: RunningApp;
let branch: build.Branch;
let calendar: build.Calendar;
let registrar: StaffVisitor;
let admin: StaffVisitor;
let stranger: StaffVisitor;
let account: { id: string; email: string };

beforeAll(async () => {
  database = await testDatabase();
  mail = await smtpCatcher();
  mailbox = await imapMailbox();
  await prepareEnvironment({ database, smtpUrl: mail.url, variables: { IMAP_URL: mailbox.url } });
  const clinic = await build.aClinic(database, { name: 'Liepu klīnika' });
  branch = await build.aBranch(database, { clinic });
  const now = clock.now().toString();
  const practitioner = await build.aPractitioner(database, { clinic });
  calendar = await build.aCalendar(database, {
    branch,
    practitioner,
    payer: 'paid',
    open: [[`${day}T09:00`, `${day}T17:00`]],
    now,
  });
  account = await build.anAccount(database, { email: contact });
  [clinicApp, booking, worker] = await Promise.all([
    startApp('clinic', { clock }),
    startApp('booking', { clock }),
    startApp('worker', { clock }),
  ]);
  const enter = async (staff: Awaited<ReturnType<typeof build.aStaffMember>>): Promise<StaffVisitor> =>
    staffVisitor(clinicApp, staff, await build.aCredential(database, staff), clock);
  registrar = await enter(await build.aStaffMember(database, { clinic, name: 'Ieva Kalna' }));
  admin = await enter(await build.aStaffMember(database, { clinic, role: 'admin', name: 'Aija Liepa' }));
  stranger = await enter(await build.aStaffMember(database, { clinic: await build.aClinic(database, {}) }));
});

afterAll(async () => {
  await Promise.all([clinicApp?.stop(), booking?.stop(), worker?.stop()]);
  await mailbox?.stop();
  await mail?.stop();
  await database?.drop();
});

const guest = () => ({ kind: 'guest' as const, accountId: account.id, sessionId: randomUUID() });
const once = (what: string) => requestOf(guest(), what, randomUUID(), {});
const slot = (time: string) => ({
  calendarId: calendar.id,
  serviceId: calendar.serviceId,
  start: Temporal.Instant.from(build.at(calendar, `${day}T${time}`)),
});

async function booked(time: string): Promise<{ id: string; uid: string }> {
  const patient = await build.aPatient(database, { account: { ...account }, familyName: `Bērziņa ${time}` });
  const { id } = await clinicApp.get(BookAppointment).run({
    actor: guest(),
    slot: slot(time),
    patient: { id: patient },
    contact: { email: contact, phone: null },
    language: 'lv',
    termsVersion: null,
    origin: 'portal',
    request: once('book'),
  });
  const [row] = await database.sql<{ ics_uid: string }>('select ics_uid from appointment where id = $1', [id]);
  return { id, uid: row!.ics_uid };
}

const standOf = async (id: string) => {
  const [row] = await database.sql<{ status: string; version: number; sequence: number; room: string | null }>(
    'select status, version, sequence, room from appointment where id = $1',
    [id],
  );
  return row!;
};

/** The calendar parts of a message as bytes: in the body, and as a file. */
const icsParts = (raw: string): string[] =>
  [...raw.matchAll(/content-type: (?:text\/calendar|application\/ics)[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/gi)].map(
    ([, body]) => Buffer.from(body ?? '', 'base64').toString('utf8'),
  );

const icsOf = (letter: CaughtLetter): string => {
  const part = letter.parsed.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  return typeof part?.content === 'string' ? part.content : Buffer.from(part?.content as ArrayBuffer).toString('utf8');
};

/** The letters about a visit, oldest first, once there are so many. */
async function lettersOf(uid: string, count: number): Promise<CaughtLetter[]> {
  const ofVisit = () => mail.letters.filter((letter) => icsOf(letter).includes(uid));
  for (let waited = 0; waited < 800 && ofVisit().length < count; waited += 1) {
    await theTenSecondsPass(database);
    await new Promise((soon) => setTimeout(soon, 50));
  }
  expect(ofVisit()).toHaveLength(count);
  return ofVisit();
}

async function changeRoom(id: string, room: string): Promise<void> {
  const page = await registrar.get(`/lv/appointments/${id}/room`);
  const sent = await registrar.post(`/lv/appointments/${id}/room`, {
    room,
    untold: '',
    version: registrar.field(page, 'version'),
    idempotencyKey: registrar.field(page, 'idempotencyKey'),
  });
  expect(sent.status).toBe(303);
}

describe('one visit in a calendar: booked, moved twice, another room, cancelled', () => {
  let uid: string;
  let life: CaughtLetter[];

  beforeAll(async () => {
    const visit = await booked('09:00');
    ({ uid } = visit);
    const wish = { actor: guest(), id: visit.id };
    await clinicApp.get(MoveAppointment).run({ ...wish, version: 1, to: slot('10:00'), request: once('move') });
    await clinicApp.get(MoveAppointment).run({ ...wish, version: 2, to: slot('11:00'), request: once('move again') });
    await changeRoom(visit.id, '7. kabinets, 2. stāvs');
    await lettersOf(uid, 4);
    await clinicApp.get(CancelAppointment).run({ ...wish, version: 4, request: once('cancel') });
    life = await lettersOf(uid, 5);
  });

  const read = (letter: CaughtLetter) => {
    const whole = new ICAL.Component(ICAL.parse(icsOf(letter)) as never);
    const event = whole.getFirstSubcomponent('vevent')!;
    return { whole, event, value: (name: string): string => String(event.getFirstPropertyValue(name)) };
  };

  /** A calendar that knows nothing but RFC 5546 § 2.1.5: the same UID is the same event, the higher SEQUENCE wins, then the later DTSTAMP. */
  function calendarAfter(letters: readonly CaughtLetter[]) {
    const events = new Map<string, ReturnType<typeof read>>();
    const rank = ({ value }: ReturnType<typeof read>): [number, string] => [
      Number(value('sequence')),
      value('dtstamp'),
    ];
    for (const letter of letters) {
      const next = read(letter);
      const known = events.get(next.value('uid'));
      const [sequence, stamp] = rank(next);
      const [had, at] = known ? rank(known) : [-1, ''];
      if (sequence > had || (sequence === had && stamp >= at)) events.set(next.value('uid'), next);
    }
    return [...events.values()].map(({ value, event }) => ({
      status: value('status'),
      starts: new ICAL.Event(event).startDate.toJSDate().toISOString(),
      place: value('location'),
    }));
  }

  it('becomes one cancelled event at the last time and place, in whatever order and however often the letters arrive', () => {
    const cancelled = {
      status: 'CANCELLED',
      starts: `${day}T09:00:00.000Z`,
      place: expect.stringContaining('7. kabinets, 2. stāvs'),
    };
    const permuted = (letters: readonly CaughtLetter[]): CaughtLetter[][] =>
      letters.length === 0
        ? [[]]
        : letters.flatMap((first) =>
            permuted(letters.filter((each) => each !== first)).map((rest) => [first, ...rest]),
          );
    for (const order of permuted(life)) expect(calendarAfter([...order, order[0]!])).toEqual([cancelled]);
    expect(life.map((_, n) => calendarAfter(life.slice(0, n + 1))[0]?.starts.slice(11, 16))).toEqual([
      '07:00',
      '08:00',
      '09:00',
      '09:00',
      '09:00',
    ]);
  });

  it('keeps its UID, raises its SEQUENCE and is stamped later each time (S-2.4 to S-2.6)', () => {
    const said = life.map((letter) => read(letter).value);
    expect(new Set(said.map((value) => value('uid')))).toEqual(new Set([uid]));
    expect(uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(said.map((value) => Number(value('sequence')))).toEqual([0, 1, 2, 3, 4]);
    const stamps = said.map((value) => value('dtstamp'));
    expect(stamps.every((stamp) => stamp.endsWith('Z'))).toBe(true);
    expect([...new Set(stamps)].toSorted()).toEqual(stamps);
  });

  it('asks until it is off, and the MIME method is the one inside (S-2.3, S-2.7, S-2.8)', () => {
    const methods = ['REQUEST', 'REQUEST', 'REQUEST', 'REQUEST', 'CANCEL'];
    for (const [n, letter] of life.entries()) {
      const { whole, event, value } = read(letter);
      expect(whole.getAllProperties('method').map((each) => each.getFirstValue())).toEqual([methods[n]]);
      expect(unfoldedHeads(letter.raw).filter((head) => /^content-type: text\/calendar/i.test(head))).toEqual([
        expect.stringMatching(new RegExp(`method=${methods[n]}`)),
      ]);
      const [attendee, ...others] = event.getAllProperties('attendee');
      expect([String(attendee?.getFirstValue()).toLowerCase(), others]).toEqual([`mailto:${contact}`, []]);
      expect(value('organizer')).toBe(`mailto:${(letter.parsed.from as { address: string }).address}`);
      expect(value('class')).toBe('PRIVATE');
      expect(event.getAllSubcomponents('valarm')).toHaveLength(n === 4 ? 0 : 1);
      expect(value('status')).toBe(n === 4 ? 'CANCELLED' : 'CONFIRMED');
    }
  });

  it('is written byte by byte as clients need it (S-2.1, S-2.11)', () => {
    for (const letter of life) {
      expect(letter.raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      const [ics = '', file] = icsParts(letter.raw);
      expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true);
      expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n\t]/);
      for (const line of Buffer.from(ics).toString('latin1').split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(75);
        expect(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(line, 'latin1'))).not.toThrow();
      }
      const types = unfoldedHeads(letter.raw)
        .map((head) => /^content-type: ([^;]+)/i.exec(head)?.[1])
        .filter(Boolean);
      expect(types).toEqual([
        'multipart/mixed',
        'multipart/alternative',
        'text/plain',
        'text/html',
        'text/calendar',
        'application/ics',
      ]);
      const calendarPart = letter.raw.slice(letter.raw.search(/content-type: text\/calendar/i));
      expect(calendarPart.slice(0, calendarPart.indexOf('\r\n\r\n'))).not.toMatch(/content-disposition/i);
      expect(file).toBe(ics);
    }
  });

  it('is another event when the same time is booked again', async () => {
    const again = await booked('11:00');
    expect(again.uid).not.toBe(uid);
    const [letter] = await lettersOf(again.uid, 1);
    expect(calendarAfter([...life, letter!]).map(({ status }) => status)).toEqual(['CANCELLED', 'CONFIRMED']);
  });
});

/** Every header line of a message and of its parts, unfolded. */
const unfoldedHeads = (raw: string): string[] => raw.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');

describe('where a visit takes place', () => {
  it('is changed for one visit, taken back within ten seconds, and then nobody hears of it', async () => {
    const { id, uid } = await booked('12:00');
    await lettersOf(uid, 1);
    await changeRoom(id, 'Zaļā zāle');
    const page = await registrar.get(`/lv/appointments/${id}`);
    expect(page.text).toContain('Zaļā zāle');
    expect(page.text).toMatch(/Vieta: .*→ Zaļā zāle/);
    const undone = await registrar.post(`/lv/appointments/${id}/undo`, {
      version: String((await standOf(id)).version),
      idempotencyKey: randomUUID(),
    });
    expect(undone.status).toBe(303);
    expect(await standOf(id)).toMatchObject({ room: null, sequence: 2, status: 'booked' });
    await clinicApp
      .get(MoveAppointment)
      .run({ actor: guest(), id, version: 3, to: slot('12:30'), request: once('on') });
    const letters = await lettersOf(uid, 2);
    expect(letters.map((letter) => icsOf(letter).includes('Zaļā'))).toEqual([false, false]);
  });

  it('is told to everybody when the branch moves, and to nobody when its spelling is mended', async () => {
    const visits = [await booked('13:00'), await booked('13:30')];
    for (const { uid } of visits) await lettersOf(uid, 1);
    const path = `/lv/setup/branches/${branch.id}`;
    const page = await admin.get(path);
    expect(page.text).toMatch(/Šeit paredzētas? \d+ vizīt/);
    const fields = (more: Record<string, string>) => ({
      ...Object.fromEntries(
        ['name', 'city', 'address', 'postalCode', 'room', 'phone', 'email', 'latitude', 'longitude'].map((name) => [
          name,
          admin.field(page, name),
        ]),
      ),
      'emergency.name': admin.field(page, 'emergency.name') || 'Rīgas Austrumu slimnīca',
      'emergency.address': admin.field(page, 'emergency.address') || 'Hipokrāta iela 2, Rīga',
      'emergency.phone': admin.field(page, 'emergency.phone') || '+37167000000',
      zone: 'Europe/Riga',
      ...more,
    });
    expect((await admin.post(path, fields({ address: 'Zemitāna iela 2', mended: 'on' }))).status).toBe(303);
    const sent = await admin.post(path, fields({ address: 'Krasta iela 5' }));
    expect([sent.status, sent.text]).toEqual([303, expect.any(String)]);
    for (const { id, uid } of visits) {
      const [, letter] = await lettersOf(uid, 2);
      expect(icsOf(letter!).replaceAll('\r\n ', '')).toContain(String.raw`LOCATION:Krasta iela 5\,`);
      expect(await standOf(id)).toMatchObject({ version: 2, sequence: 1 });
      expect((await registrar.get(`/lv/appointments/${id}`)).text).toContain('Zemitāna iela 2');
    }
    const [kept] = await database.sql(`select count(*)::integer as n from branch_move`);
    expect(kept).toEqual({ n: 1 });
  });
});

/** A calendar's answer, as Google sends it. */
const reply = (
  uid: string,
  partstat: string,
  { from = contact, sequence = 0, id = String(randomUUID()), method = 'REPLY' } = {},
) => `From: Ilze <${from}>
To: no-reply@pieraksts.example
Subject: Declined: something
Message-ID: <calendar-${id}@mail.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: multipart/alternative; boundary="b2"

--b2
Content-Type: text/plain; charset="UTF-8"

Es tajā dienā nevaru.
--b2
Content-Type: text/calendar; charset="UTF-8"; method=${method}
Content-Transfer-Encoding: 7bit

BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
METHOD:${method}
BEGIN:VEVENT
DTSTART:20270301T120000Z
DTEND:20270301T123000Z
DTSTAMP:20270222T080000Z
ORGANIZER:mailto:no-reply@pieraksts.example
UID:${uid}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${partstat}:mailto:${from}
SEQUENCE:${sequence}
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
--b2--
--b1--
`;

/** A letter that came back, as Postfix says it. */
const bounce = (messageId: string, action = 'failed', status = '5.1.1') => `From: MAILER-DAEMON@mx.example
To: no-reply@pieraksts.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <${randomUUID()}@mx.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 22 Feb 2027 08:00:00 +0000

Final-Recipient: rfc822; ${contact}
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 5.1.1 <${contact}>: no such user

--r
Content-Type: text/rfc822-headers

From: Pieraksts <no-reply@pieraksts.example>
Message-ID: ${messageId}
To: ${contact}

--r--
`;

const arrived = (where: string, values: unknown[] = []) =>
  database.sql<{ kind: string; partstat: string | null; from_contact: boolean; appointment_id: string | null }>(
    `select kind, partstat, from_contact, appointment_id, text_sealed is not null as kept from incoming_mail ${where}`,
    values,
  );

describe('what comes back', () => {
  let visit: { id: string; uid: string };
  let letter: CaughtLetter;
  const readMailbox = () => worker.get(ReadMailbox).run();

  beforeAll(async () => {
    visit = await booked('14:00');
    [letter] = (await lettersOf(visit.uid, 1)) as [CaughtLetter];
  });

  it('as a "no" from a calendar stands before staff and cancels nothing', async () => {
    const before = await standOf(visit.id);
    mailbox.arrives(reply(visit.uid, 'DECLINED'));
    expect(await readMailbox()).toBe(1);
    expect(mailbox.unread()).toBe(0);
    expect(await readMailbox()).toBe(0);
    expect(await standOf(visit.id)).toEqual(before);
    const list = await registrar.get('/en/notices/answers');
    expect(list.text).toContain('The calendar of i…a@patient.example says: declined');
    expect(list.text).toContain('Bērziņa 14:00');
    expect(list.text).not.toContain('From another address');
    expect(list.text).not.toContain('nevaru');
    const panel = await registrar.get(`/en/appointments/${visit.id}`);
    expect(panel.text).toContain('says: declined');
    expect(panel.text).toContain('The visit stands.');
  });

  it('is opened by a press, which the access log keeps, and marked as seen', async () => {
    const list = await registrar.get('/en/notices/answers');
    const [path] = /\/en\/notices\/answers\/[0-9a-f-]{36}/.exec(list.html) ?? [];
    expect((await registrar.get(path!)).text).toContain('Es tajā dienā nevaru.');
    const [look] = await database.sql(
      `select action from access_log where appointment_id = $1 and action = 'answer-read'`,
      [visit.id],
    );
    expect(look).toBeDefined();
    expect((await stranger.get(path!)).status).toBe(404);
    expect((await stranger.post(`${path}/seen`, {})).status).toBe(404);
    expect((await registrar.post(`${path}/seen`, {})).status).toBe(303);
    const after = await registrar.get('/en/notices/answers');
    expect(after.text).toContain('Nothing has come back.');
    expect(after.text).toContain('Seen by Ieva Kalna');
  });

  it('from elsewhere, or about how the visit was, says so', async () => {
    const mover = { actor: guest(), id: visit.id, version: 1, to: slot('14:30'), request: once('later') };
    await clinicApp.get(MoveAppointment).run(mover);
    mailbox.arrives(reply(visit.uid, 'ACCEPTED', { from: 'somebody@else.example' }));
    await readMailbox();
    const { text } = await registrar.get('/en/notices/answers');
    expect(text).toContain('The calendar of s…y@else.example says: accepted');
    expect(text).toContain('From another address than the visit’s letters go to');
    expect(text).toContain('It answers an earlier letter');
  });

  it('of a letter that could not be delivered goes into the ledger, once', async () => {
    const { messageId } = letter.parsed;
    mailbox.arrives(bounce(messageId!, 'delayed', '4.4.1'));
    mailbox.arrives(bounce('<0123456789@pieraksts.example>'));
    await readMailbox();
    const stateOf = () =>
      database.sql(`select bounced_at is not null as back, failure from notice where message_id = $1`, [messageId]);
    expect(await stateOf()).toEqual([{ back: false, failure: null }]);
    mailbox.arrives(bounce(messageId!));
    mailbox.arrives(bounce(messageId!));
    expect(await readMailbox()).toBe(2);
    expect(await stateOf()).toEqual([{ back: true, failure: 'bounced' }]);
    await database.sql('delete from suppressed_address');
  });

  it('in a person’s own words belongs to the visit whose letter it answers, as text alone', async () => {
    const { messageId } = letter.parsed;
    const words = (more: string, id = randomUUID()) => `From: ${contact}
To: no-reply@pieraksts.example
Message-ID: <${id}@mail.example>
In-Reply-To: ${messageId}
MIME-Version: 1.0
${more}Content-Type: text/html; charset=utf-8

<p>Vai varu nākt <b>vēlāk</b>?</p><script>alert(1)</script><img src="https://spy.example/x">`;
    mailbox.arrives(words(''));
    mailbox.arrives(words('Auto-Submitted: auto-replied\n'));
    mailbox.arrives(words('').replace(messageId!, '<nothing@of.ours>'));
    await readMailbox();
    const kept = await arrived('order by received_at desc, id desc limit 3');
    expect(kept.map(({ kind, appointment_id: about }) => `${kind} of ${about ?? 'none'}`).toSorted()).toEqual(
      [`auto-reply of ${visit.id}`, `letter of ${visit.id}`, 'letter of none'].toSorted(),
    );
    expect(kept.filter((each) => 'kept' in each && each.kept === true)).toHaveLength(1);
    const list = await registrar.get('/en/notices/answers');
    expect(list.text).toContain('i…a@patient.example wrote a letter');
    const path = /wrote a letter[\s\S]*?(\/en\/notices\/answers\/[0-9a-f-]{36})/.exec(list.html)?.[1];
    const page = await registrar.get(path!);
    expect(page.text).toContain('Vai varu nākt vēlāk?');
    expect(page.html).not.toMatch(/spy\.example|<script>alert/);
  });

  it('is read again when the server was away', async () => {
    const { port } = new URL(mailbox.url);
    await mailbox.stop();
    await expect(readMailbox()).rejects.toThrow();
    mailbox = await imapMailbox({ port: Number(port) });
    mailbox.arrives(reply(visit.uid, 'TENTATIVE'));
    expect(await readMailbox()).toBe(1);
    expect(await arrived(`where partstat = 'tentative'`)).toHaveLength(1);
  });
});

describe('the hook for incoming mail', () => {
  const seconds = (): string => String(Math.floor(clock.now().epochMilliseconds / 1000));
  const handOn = (
    body: string | Buffer,
    { timestamp = seconds(), secret = mailHookSecrets()[0]!, type = 'message/rfc822', signature = '' } = {},
  ) =>
    fetch(`${booking.url}/hooks/mail`, {
      method: 'POST',
      body,
      headers: {
        'content-type': type,
        'x-pieraksts-timestamp': timestamp,
        'x-pieraksts-signature':
          signature || `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`,
      },
    }).then(({ status }) => status);

  it('takes what is signed, and the same letter once', async () => {
    const { id, uid } = await booked('15:00');
    const raw = reply(uid, 'ACCEPTED', { id: 'the-same' });
    expect([await handOn(raw), await handOn(raw)]).toEqual([202, 202]);
    expect(await arrived('where appointment_id = $1', [id])).toMatchObject([
      { kind: 'calendar-reply', partstat: 'accepted', from_contact: true },
    ]);
  });

  it('takes garbage without a word and keeps none of it', async () => {
    const nested = Array.from({ length: 60 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`);
    const broken = reply('not a uuid', 'DECLINED').replace('VERSION:2.0', 'VERSION');
    const zeros = `From: a\u0000b@c.example\nReferences: <a\u0000b@c>\nMessage-ID: <\u0000@d>\n\n\u0000`;
    for (const raw of ['', zeros, nested.join(''), broken, reply(randomUUID(), 'DECLINED')])
      expect(await handOn(Buffer.from(raw))).toBe(202);
    expect(await arrived('where text_sealed is not null and appointment_id is null')).toEqual([]);
  });

  it('refuses what is unsigned, signed wrongly, late, too large or of another kind', async () => {
    const [{ n: before } = { n: 0 }] = await database.sql<{ n: number }>(
      'select count(*)::integer as n from incoming_mail',
    );
    const old = String(Number(seconds()) - 301);
    const raw = reply(randomUUID(), 'DECLINED');
    expect(
      (
        await fetch(`${booking.url}/hooks/mail`, {
          method: 'POST',
          body: raw,
          headers: { 'content-type': 'message/rfc822' },
        })
      ).status,
    ).toBe(401);
    expect(await handOn(raw, { secret: 'guessed' })).toBe(401);
    expect(await handOn(raw, { signature: `sha256=${'0'.repeat(64)}` })).toBe(401);
    expect(await handOn(raw, { timestamp: old })).toBe(401);
    expect(await handOn(raw, { type: 'application/octet-stream' })).toBe(415);
    expect(await handOn(Buffer.alloc(1024 * 1024 + 1, 'a'))).toBe(413);
    const [after] = await database.sql<{ n: number }>('select count(*)::integer as n from incoming_mail');
    expect(after).toEqual({ n: before });
  });
});
