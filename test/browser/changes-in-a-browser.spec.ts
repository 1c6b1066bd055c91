import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { verificationCode } from '#libs/access';
import { BookAppointment, OfferTimes, PlanChange } from '#libs/appointments';
import { prepareEnvironment, type RunningApp, startApp } from '../support/app.js';
import * as build from '../support/builders.js';
import { axe, browser, overflows, type TestBrowser } from '../support/browser.js';
import { testClock } from '../support/clock.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { type StaffVisitor, staffVisitor } from '../support/staff-visitor.js';
import { aRequest, asGuest, asStaff } from '../support/verbs.js';
import { aCalendar, anAccount, type BookableCalendar, freeDaysAsOf } from '../support/world.js';

const start = '2026-11-30T06:00:00Z';
const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const widths = [320, 768, 1280] as const;

describe('changes with people inside, in a browser', () => {
  const clock = testClock(start);
  let database: TestDatabase;
  let clinic: RunningApp;
  let booking: RunningApp;
  let chromium: TestBrowser;
  let calendar: BookableCalendar;
  let cookies: StaffVisitor['cookies'];
  let staff: ReturnType<typeof asStaff>;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    database = await testDatabase();
    await prepareEnvironment({ database });
    clinic = await startApp('clinic', { clock });
    booking = await startApp('booking', { clock });
    calendar = await aCalendar(database);
    await freeDaysAsOf(database, calendar, start);
    for (const hour of ['08', '09', '10']) await book(`2026-12-02T${hour}:00:00Z`);
    const member = await build.aStaffMember(database, { clinic: { id: calendar.clinicId }, name: 'Ilze Kalniņa' });
    staff = asStaff(calendar.clinicId, { accountId: member.accountId, staffMemberId: member.id });
    ({ cookies } = await staffVisitor(clinic, member, await build.aCredential(database, member), clock));
    chromium = await browser();
    const visitor = await chromium.visitor();
    ({ page, problems } = visitor);
    await visitor.context.addCookies(cookies);
  });
  afterAll(async () => {
    await chromium?.stop();
    await booking?.stop();
    await clinic?.stop();
    await database?.drop();
  });

  const book = async (when: string, email = `${randomUUID()}@patient.example`): Promise<string> => {
    const actor = asGuest(await anAccount(database, email));
    const { calendarId, serviceId } = calendar;
    const { id } = await clinic.get(BookAppointment).run({
      actor,
      slot: { calendarId, serviceId, start: at(when) },
      patient: {
        givenName: 'Jānis',
        familyName: 'Ozoliņš-Krastiņš',
        birthDate: Temporal.PlainDate.from('1980-05-04'),
        language: 'lv',
      },
      contact: { email, phone: '+37120001111' },
      language: 'lv',
      termsVersion: '1',
      origin: 'portal',
      request: aRequest(actor),
    });
    return id;
  };
  /** Right at every width, in both colours, for everybody. */
  const isRight = async (): Promise<void> => {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await axe(page)).toEqual([]);
      }
      expect(await overflows(page)).toBe(false);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    expect(problems).toEqual([]);
  };

  it('are asked about, chosen for all with one press and carried out with another', async () => {
    const scope = { clinicId: calendar.clinicId, branchId: null, resourceId: calendar.practitionerId };
    const times = [{ start: at('2026-12-02T00:00:00Z'), end: at('2026-12-02T22:00:00Z') }];
    const change = { kind: 'close', scope, times, reason: null, publicReason: null } as const;
    const { id } = await clinic.get(PlanChange).run({ actor: staff, clinicId: calendar.clinicId, change });
    await page.goto(`${clinic.url}/lv/changes/${id}`);
    await isRight();
    await page.getByRole('button', { name: 'Veikt izmaiņas' }).click();
    expect(await page.getByRole('alert').first().textContent()).toContain('Izlemiet par šo pierakstu');
    await isRight();
    await page.getByRole('button', { name: 'Pārcelt uz piedāvātajiem laikiem' }).click();
    await page.getByLabel('Paturēt').last().check();
    await page.getByRole('button', { name: 'Veikt izmaiņas' }).click();
    await page.getByText('2 pieraksti pārcelti').waitFor();
    await isRight();
    await page.goto(`${clinic.url}/lv/orphaned`);
    await page.getByText('1 pieraksts ir slēgtā laikā').waitFor();
    await isRight();
    await page.getByRole('button', { name: /^Vizīte tomēr notiek/ }).click();
    await page.getByText('Šeit nav nekā darāma').waitFor();
    await isRight();
  }, 120_000);

  it('show where everybody stands whose doctor is ill', async () => {
    await book('2026-12-04T08:00:00Z');
    const email = 'ilze@patient.example';
    const own = await book('2026-12-04T09:00:00Z', email);
    await page.goto(`${clinic.url}/lv/ill`);
    await isRight();
    await page.getByLabel('Citas dienas').check();
    await page.getByLabel('Pirmā diena').fill('2026-12-04');
    await page.getByLabel('Pēdējā diena').fill('2026-12-04');
    await page.getByRole('button', { name: 'Slēgt laiku un piedāvāt citu' }).click();
    await page.getByText('Piedāvāts, atbildes vēl nav').first().waitFor();
    expect(await clinic.get(OfferTimes).waiting()).toEqual([]);
    await isRight();
    // The patient, whom the letter leads to the page with the times that are held.
    const staffPage = page;
    page = await (await chromium.visitor()).context.newPage();
    await page.goto(`${booking.url}/lv/appointments/${own}/offers`);
    await page.getByLabel('E-pasta adrese').fill(email);
    await page.getByRole('button', { name: /kodu/i }).click();
    await page.getByLabel('Kods no vēstules').waitFor();
    const [row] = await database.sql<{ id: string; generation: number }>(
      'select id, generation from verification where email = $1',
      [email],
    );
    await page.getByLabel('Kods no vēstules').fill(verificationCode(row!.id, row!.generation));
    await page.keyboard.press('Enter');
    await page.getByText('Iestāde nevar Jūs pieņemt').waitFor();
    await isRight();
    await page.goto(`${booking.url}/lv/appointments/${own}`);
    await page.getByText('Divi citi laiki ir rezervēti Jums').waitFor();
    await isRight();
    page = staffPage;
    await page
      .getByRole('button', { name: /^Pacientam der: / })
      .first()
      .click();
    await page.getByText('Pieraksts ir pārcelts.').waitFor();
    await isRight();
    await page.getByRole('button', { name: /Ārsts ir atpakaļ/ }).click();
    await page.getByText('Laiks ir atkal atvērts.').waitFor();
    await isRight();
    await page.goto(`${clinic.url}/lv/ill`);
    await isRight();
  }, 120_000);
});
