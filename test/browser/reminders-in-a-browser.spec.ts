import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, Sessions } from '#libs/access';
import { BookAppointment, CancelAppointment } from '#libs/appointments';
import { reminderKey } from '#libs/notifications';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import { aCredential, aStaffMember, type StaffMember } from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser, type Visitor } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asGuest, asStaff } from '../support/verbs.js';
import { aCalendar, anAccount, type BookableCalendar } from '../support/world.js';

const clock = testClock('2026-11-30T06:00:00Z');
let database: TestDatabase;
let booking: RunningApp;
let clinic: RunningApp;
let chromium: TestBrowser;
let patient: Visitor;
let desk: Visitor;
const ids: string[] = [];
let booked = 0;
let come: string;
let calendar: BookableCalendar;
let guest: Actor;
let admin: StaffMember;

beforeAll(async () => {
  database = await testDatabase();
  await prepareEnvironment({ database });
  calendar = await aCalendar(database);
  const { clinicId } = calendar;
  const accountId = await anAccount(database, 'anna@patient.example');
  booking = await startApp('booking', { clock });
  clinic = await startApp('clinic', { clock });
  guest = asGuest(accountId);
  ids.push(await book('2026-12-02T08:00:00Z'), await book('2026-12-02T12:30:00Z'));
  const [reminder] = await database.sql<{ id: string; number: string }>(
    `insert into reminder (id, clinic_id, channel, rule, day, made_at)
     values (gen_random_uuid(), $1, 'mail', '2d', '2026-12-02', $2) returning id, number::text`,
    [clinicId, clock.now().toString()],
  );
  await database.sql(
    `insert into reminder_visit (reminder_id, clinic_id, appointment_id, starts_at, channel, rule)
     select $1, clinic_id, id, starts_at, 'mail', '2d' from appointment`,
    [reminder!.id],
  );
  come = `${booking.url}/lv/come/${reminderKey(reminder!)}`;
  chromium = await browser();
  patient = await chromium.visitor();
  const token = await booking.get(Sessions).open({ app: 'booking', accountId, level: 'email' });
  await patient.context.addCookies([{ name: 'pieraksts-booking', value: token, url: booking.url }]);
  admin = await aStaffMember(database, { clinic: { id: clinicId }, role: 'admin' });
  const { cookies } = await staffVisitor(clinic, admin, await aCredential(database, admin), clock);
  desk = await chromium.visitor();
  await desk.context.addCookies(cookies);
});

async function book(start: string): Promise<string> {
  const { calendarId, serviceId } = calendar;
  const { id } = await booking.get(BookAppointment).run({
    actor: guest,
    slot: { calendarId, serviceId, start: Temporal.Instant.from(start) },
    patient: {
      givenName: 'Anna',
      familyName: `Ozola ${booked++}`,
      birthDate: Temporal.PlainDate.from('1980-05-04'),
      language: 'lv',
    },
    contact: { email: 'anna@patient.example', phone: '+37167123456' },
    language: 'lv',
    termsVersion: '1',
    origin: 'portal',
    wishes: { sms: true },
    request: aRequest(guest),
  });
  return id;
}

afterAll(async () => {
  await chromium?.stop();
  await booking?.stop();
  await clinic?.stop();
  await database?.drop();
});

const lookAt = async ({ page }: Visitor, name: string): Promise<string[]> => {
  const found: string[] = [];
  for (const [width, colorScheme] of [
    [320, 'light'],
    [1280, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    found.push(...(await axe(page)).map((each) => `${name}, ${width}: ${each}`));
    const shots = process.env['SCREENSHOTS'];
    if (shots) await page.screenshot({ path: `${shots}/${name.replaceAll(/\W+/g, '-')}-${width}.png`, fullPage: true });
    if (await overflows(page)) found.push(`${name}: wider than ${width}`);
  }
  return found;
};

describe('reminders in a browser', () => {
  it('are answered with one press, without signing in', async () => {
    const stranger = await chromium.visitor();
    await stranger.page.goto(come);
    expect(await lookAt(stranger, 'come')).toEqual([]);
    await stranger.page.getByRole('button', { name: 'Ieradīšos' }).first().click();
    await stranger.page.getByText('Jūsu ierašanās ir apstiprināta').waitFor();
    await stranger.page
      .getByRole('button', { name: /atcelt/ })
      .last()
      .click();
    await stranger.page.getByText('Šī vizīte ir atcelta').waitFor();
    expect(await lookAt(stranger, 'answered')).toEqual([]);
    await stranger.page.goto(`${come.slice(0, -16)}AAAAAAAAAAAAAAAA`);
    expect(await lookAt(stranger, 'over')).toEqual([]);
    expect(stranger.problems).toEqual([]);
  });

  it('are the patient’s to switch off, for all visits or for one', async () => {
    const { page, problems } = patient;
    await page.goto(`${booking.url}/lv/appointments/${ids[0]}/notices`);
    await page.getByText('nav mobilais').waitFor();
    expect(await lookAt(patient, 'one visit')).toEqual([]);
    await page.goto(`${booking.url}/lv/my-notices`);
    expect(await lookAt(patient, 'all visits')).toEqual([]);
    await page.getByLabel('Rakstīt tikai datumu un laiku').check();
    await page.getByRole('button', { name: 'Saglabāt' }).click();
    await page.getByText('Tas jau attiecas arī uz gaidāmajām vizītēm').waitFor();
    expect(await database.sql(`select strict_letters as strict from appointment where id = $1`, [ids[0]])).toEqual([
      { strict: true },
    ]);
    expect(problems).toEqual([]);
  });

  it('leave when the clinic says, and staff see what the patient said', async () => {
    const { page, problems } = desk;
    await page.goto(`${clinic.url}/lv/letters/reminders`);
    expect(await lookAt(desk, 'settings')).toEqual([]);
    await page.locator('[name="sms.1.when"]').selectOption('2h');
    await page.getByRole('button', { name: 'Saglabāt' }).click();
    await page.getByText('īsziņa – trešdiena, 2026. gada 9. decembris, 08:00').first().waitFor();
    await page.locator('[name="sms.1.when"]').selectOption('2d');
    await page.getByRole('button', { name: 'Saglabāt' }).click();
    await page.getByText('Šis atgādinājums jau ir sarakstā.').first().waitFor();
    await page.goto(`${clinic.url}/lv/appointments/${ids[0]}`);
    await page.getByText('Pacients apstiprinājis').waitFor();
    await page.getByText('tas nav mobilā tālruņa numurs').waitFor();
    expect(await lookAt(desk, 'panel')).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('and letters that did not arrive are told apart, and those that wait are let go with a code where one is alone', async () => {
    const { clinicId } = calendar;
    const [first, second] = [await book('2026-12-03T08:00:00Z'), await book('2026-12-03T12:30:00Z')];
    const actor = asStaff(clinicId, { accountId: admin.accountId, staffMemberId: admin.id });
    for (const id of [first, second])
      await clinic
        .get(CancelAppointment)
        .run({ actor, id, version: 1, reason: 'clinic-closed', request: aRequest(actor) });
    const [bulk] = await database.sql<{ id: string }>(
      'insert into notice_bulk (clinic_id, caused_by, opened_at) values ($1, $2, $3) returning id',
      [clinicId, admin.id, clock.now().toString()],
    );
    await database.sql(
      `insert into notice (clinic_id, appointment_id, event_id, kind, channel, language, state, failure, bulk_id, attempts, address,
                           created_at, failed_at)
       select e.clinic_id, e.appointment_id, e.id, k.kind, 'mail', 'lv', k.state, k.failure, k.bulk::uuid, 3, 'a…a@patient.example',
              e.at, case when k.state = 'failed' then e.at end
         from (values ($1::uuid, 1, 'booked', 'failed', 'our-fault', null), ($1, 2, 'cancelled-by-clinic', 'held', null, $3),
                      ($2, 2, 'cancelled-by-clinic', 'failed', 'address-refused', null)) k (id, version, kind, state, failure, bulk)
         join appointment_event e on e.appointment_id = k.id and e.version = k.version`,
      [first, second, bulk!.id],
    );
    const { page } = desk;
    await page.goto(`${clinic.url}/lv/notices`);
    expect(await lookAt(desk, 'not reached')).toEqual([]);
    await page.getByRole('link', { name: 'Ko pacienti darīja paši' }).click();
    await page.getByText('kļūda portālā').waitFor();
    expect(await lookAt(desk, 'by patients')).toEqual([]);
    await page.goto(`${clinic.url}/lv/notices/approval`);
    await page.getByLabel('Sešu ciparu kods').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('Kods nav pareizs').first().waitFor();
    expect(await lookAt(desk, 'alone')).toEqual([]);
    expect(desk.problems).toEqual([]);
  });
});
