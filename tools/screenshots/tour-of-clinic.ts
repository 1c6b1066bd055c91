import type { Page } from 'playwright-core';
import type { Tour } from './portal.js';
import { demoSignIn, signInStaff } from './sign-in-staff.js';
import type { Booked } from './tour-of-booking.js';
import { lookAtLetter } from './tour-of-letters.js';

/** The registrar's day: what stands there, what is asked, what is moved and cancelled. */
export async function workAtTheDesk(tour: Tour, booked: Booked | undefined): Promise<void> {
  const { portal, visitor, look } = tour;
  const page = await visitor();
  const stop = (name: string, isAddress = true): Promise<void> => look({ app: 'clinic', name, page, isAddress });
  const open = async (path: string): Promise<void> => {
    await page.goto(`${portal.clinicUrl}${path}`);
  };
  await open('/lv/sign-in');
  await stop('sign-in');
  await signInWrongly(page);
  await stop('sign-in-wrong', false);
  await signInStaff(tour, page, demoSignIn('registrar'));

  await aWorkingDay(page, portal.clinicUrl);
  await page.locator('.ec-event').first().waitFor();
  await stop('calendar');
  await page.locator('[data-view-button=list]').click();
  await stop('calendar-list', false);
  await page.locator('[data-view-button=grid]').click();
  await page.locator('.ec-event').first().click();
  await page.locator('#panel dl').first().waitFor();
  await stop('calendar-panel', false);

  await open('/lv/pending');
  await stop('pending');
  for (const [name, path] of await pagesOfTheMenu(page)) {
    if (/calendar|pending/.test(name)) continue;
    await open(path);
    await stop(name);
  }
  await open('/lv/notices/answers');
  await stop('answers');
  await open('/lv/notices/texts');
  await stop('texts');
  await open('/lv/letters/sms');
  await stop('letters-sms');
  await open('/lv/notices/in-time');
  await stop('notices-in-time');
  await open('/lv/days');
  await stop('days');
  await open('/lv/nothing-here');
  await stop('not-found');
  await bookForACaller(tour, page);
  await lookAtHours(tour, page, '');
  if (booked) await answerRequests(tour, page, booked);
}

/** Finds the caller, somebody new, and the first free times; books the first of them. */
async function bookForACaller({ portal, look }: Tour, page: Page): Promise<void> {
  const stop = (name: string): Promise<void> => look({ app: 'clinic', name, page, isAddress: false });
  await page.goto(`${portal.clinicUrl}/lv/book`);
  await page.locator('#q').pressSequentially('berzina', { delay: 20 });
  await page.locator('.patient-choice').first().waitFor();
  await stop('book-found');
  await page.locator('.patient-choice').first().click();
  await page.locator('.time-choice').first().waitFor();
  await stop('book-times');
  await page.goto(`${portal.clinicUrl}/lv/book`);
  await page.locator('.new-patient > summary').click();
  await page.locator('[name="patient.givenName"]').waitFor();
  await stop('book-new');
}

/** One calendar's weekly hours with what results from them. */
async function lookAtHours({ portal, look }: Tour, page: Page, whose: string): Promise<void> {
  await page.goto(`${portal.clinicUrl}/lv/hours`);
  await page.locator('main a[href*="/hours/"]').first().click();
  await page.locator('.hours-week-picture').first().waitFor();
  await look({ app: 'clinic', name: `${whose}hours-of-calendar`, page, isAddress: true });
}

/** Confirms, rejects, moves and cancels what the guest asked for, and reads the letters that follow. */
async function answerRequests(tour: Tour, page: Page, booked: Booked): Promise<void> {
  const stop = (name: string, isAddress = true): Promise<void> => tour.look({ app: 'clinic', name, page, isAddress });
  const open = async (path: string): Promise<void> => {
    await page.goto(`${tour.portal.clinicUrl}${path}`);
  };
  // The paths of an appointment are the same in both apps.
  const [first, second, third] = booked.requests;
  await open(`${first}`);
  await stop('appointment');
  await page.locator('main form[action$="/confirm"] button').click();
  await page.waitForLoadState();
  await stop('appointment-confirmed', false);
  await lookAtLetter(tour, 'confirmed-lv', await booked.mail.next('confirmed'));
  await open(`${second}/reject`);
  await stop('reject');
  await end(page);
  await lookAtLetter(tour, 'rejected-lv', await booked.mail.next('rejected'));

  await open(`${first}/room`);
  await stop('room');
  await open(`${first}/move`);
  await stop('move');
  await page.locator('.time-choice').last().click();
  await page.waitForLoadState();
  await stop('moved', false);
  await lookAtLetter(tour, 'moved-by-clinic-lv', await booked.mail.next('moved by the clinic'));
  await open(`${first}/cancel`);
  await stop('cancel');
  await end(page);
  await lookAtLetter(tour, 'cancelled-by-clinic-lv', await booked.mail.next('cancelled by the clinic'));
  await open('/lv/pending');
  await page
    .locator(`.pick[value*="${third?.split('/').at(-1)}"], .pick[name=chosen]`)
    .first()
    .check();
  await page.locator('button[name=decision][value=confirm]').click();
  await page.waitForLoadState();
  await stop('pending-results', false);
}

/** What a practitioner sees, who may change the own hours only. */
export async function lookAsDoctor(tour: Tour): Promise<void> {
  const page = await tour.visitor();
  await signInStaff(tour, page, demoSignIn('practitioner'));
  await aWorkingDay(page, tour.portal.clinicUrl);
  await tour.look({ app: 'clinic', name: 'doctor-calendar', page, isAddress: true });
  for (const [name, path] of await pagesOfTheMenu(page)) {
    if (!/hours|closures|my-feed|my-calendar/.test(name)) continue;
    await page.goto(`${tour.portal.clinicUrl}${path}`);
    await tour.look({ app: 'clinic', name: `doctor-${name}`, page, isAddress: true });
  }
  await lookAtHours(tour, page, 'doctor-');
}

/** A password that is not theirs. */
async function signInWrongly(page: Page): Promise<void> {
  await page.locator('#email').fill(demoSignIn('registrar').email);
  await page.locator('#password').fill('wrong');
  await page.locator('#code').fill('000000');
  await page.locator('main form button').click();
  await page.locator('.message-error').waitFor();
}

/** Goes to the next day with appointments: today may be a Sunday. */
async function aWorkingDay(page: Page, clinicUrl: string): Promise<string> {
  let day = '';
  for (let days = 1; days < 8; days++) {
    const today = Temporal.PlainDate.from(await page.locator('#day').inputValue());
    day = days === 1 && today.dayOfWeek < 6 ? today.toString() : today.add({ days: 1 }).toString();
    await page.goto(`${clinicUrl}/lv/calendar?day=${day}`);
    if ((await page.locator('.day-list tbody tr').count()) > 0) return day;
  }
  throw new Error('The demo clinic has no appointments in the next week.');
}

const pagesOfTheMenu = async (page: Page): Promise<[name: string, path: string][]> => {
  const links = await page
    .locator('.site-nav.side a')
    .evaluateAll((all: { getAttribute(name: string): string }[]) => all.map((each) => each.getAttribute('href')));
  return links.map((path) => [
    path
      .replace(/^\/lv\//, '')
      .replace(/\?.*/, '')
      .replaceAll('/', '-') || 'start',
    path,
  ]);
};

async function end(page: Page): Promise<void> {
  await page.locator('#reason').selectOption({ index: 1 });
  await page.locator('main form .button-danger').first().click();
  await page.waitForURL((url) => !/\/(?:reject|cancel)$/.test(url.pathname));
}
