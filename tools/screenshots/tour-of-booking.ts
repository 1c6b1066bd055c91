import type { Page } from 'playwright-core';
import { type Doctor, doctorsOf } from './doctors.js';
import { MailOf } from './mail-of.js';
import type { Tour } from './portal.js';
import { proveAddress } from './prove-address.js';
import { tellAnswers, tellReferral } from './tell.js';
import { lookAtLetter } from './tour-of-letters.js';

/** What the guest of the tour booked, for the clinic's part of it. */
export interface Booked {
  mail: MailOf;
  /** Paths of three requests that the clinic has to answer. */
  requests: string[];
  /** And of one that it forgets. */
  unanswered: string;
}

const person = {
  givenName: 'Ilze',
  familyName: 'Bērziņa',
  birthDate: '1958-03-12',
  phone: '+371 2123 4567',
  reason: 'Pasliktinājusies redze tuvumā.',
};

/** Pages that anybody may open. */
export async function lookAround({ portal, visitor, look }: Tour): Promise<void> {
  const page = await visitor();
  const open = async (name: string, path: string, isAddress = true): Promise<void> => {
    await page.goto(`${portal.bookingUrl}${path}`);
    await look({ app: 'booking', name, page, isAddress });
  };
  await open('home', '/lv');
  await page.locator('#q').pressSequentially('acu ar', { delay: 20 });
  await page.locator('[role=option]').first().waitFor();
  await look({ app: 'booking', name: 'home-suggestions', page, isAddress: false });

  await open('results', '/lv/find?q=oftalmologs&payer=state');
  // Folded on a phone only.
  await page.setViewportSize({ width: 320, height: 640 });
  await page.locator('details.filters summary').click();
  await look({ app: 'booking', name: 'results-filters', page, isAddress: false });
  await open('results-all', '/lv/find');
  await open('results-nothing', '/lv/find?q=oftalmologs&payer=state&city=Narva&from=2099-01-01');
  await open('results-mistake', '/lv/find?from=rit', false);

  const [doctor] = await doctorsOf(portal, { payer: 'state' });
  if (!doctor) throw new Error('The demo has no practitioner with state-paid times.');
  await open('doctor', `/lv/doctors/${doctor.slug}`);
  await open('doctor-list', `/lv/doctors/${doctor.slug}?view=list`);
  await open('clinics', '/lv/clinics');
  await open('clinic', `/lv/clinics/${doctor.clinicSlug}`);
  await open('sign-in', '/lv/sign-in');
  for (const name of ['for-clinics', 'help', 'privacy', 'accessibility']) await open(name, `/lv/${name}`);
  await open('api', '/api', false);
  await open('problem', '/problems/slot-taken', false);
  await open('not-found', '/lv/nothing-here');
}

/** A visit booked, moved and cancelled by a guest; requests that the clinic has to answer. */
export async function bookAsGuest(tour: Tour): Promise<Booked> {
  const { portal, visitor, look } = tour;
  const guest = await visitor();
  const mail = new MailOf(portal, 'ilze@patient.example');
  const stop = (name: string, isAddress = false): Promise<void> =>
    look({ app: 'booking', name, page: guest, isAddress });
  const ours = (await doctorsOf(portal, {})).filter(({ clinicSlug }) => clinicSlug === 'ozolkalna-klinika');
  const automatic = ours.find(({ isManual }) => !isManual);
  const manual = ours.filter(({ isManual }) => isManual);
  if (!automatic || manual.length === 0) throw new Error('The demo clinic lacks automatic or manual confirmation.');

  await takeTime(tour, guest, automatic, 0);
  await stop('book-who', true);
  await guest.locator('main form[action$="/email"] button').click();
  await stop('book-who-mistake');
  await guest.locator('#email').fill(mail.address);
  await guest.locator('main form[action$="/email"] button').click();
  await guest.waitForURL(/\/code/);
  await stop('book-code', true);
  await guest.locator('#code').fill('000000');
  await guest.locator('main form[action$="/code"] button').click();
  await guest.locator('.field-error').first().waitFor();
  await stop('book-code-wrong');
  const { letter, code } = await mail.code();
  await lookAtLetter(tour, 'code-lv', letter);
  await guest.locator('#code').fill(code);
  await guest.locator('main form[action$="/code"] button').click();
  await guest.locator('#givenName, #institution').first().waitFor();
  await tellReferral(guest);
  await stop('book-details', true);
  await submitDetails(guest);
  await guest.locator('.field-error').first().waitFor();
  await stop('book-details-mistakes');
  await fillDetails(guest);
  await submitDetails(guest);
  await guest.waitForURL(/\/done$/);
  await stop('done-booked', true);
  await lookAtLetter(tour, 'booked-lv', await mail.next('booked'));

  const appointment = guest.url().replace(/\/done$/, '');
  await guest.goto(appointment);
  await stop('appointment', true);
  await guest.goto(`${appointment}/move`);
  await stop('move', true);
  await guest.locator('.slot').last().click();
  await guest.waitForURL(/\/move\/confirm/);
  await stop('move-confirm', true);
  await guest.locator('main form button').first().click();
  await guest.waitForURL((url) => !url.pathname.includes('/move'));
  await stop('moved');
  await lookAtLetter(tour, 'moved-lv', await mail.next('moved'));

  const requests: string[] = [];
  for (const index of [2, 5, 8, 11]) {
    await takeTime(tour, guest, manual[index % manual.length] ?? automatic, index);
    await tellReferral(guest);
    if (requests.length === 0) await stop('book-details-known', true);
    await chooseMyself(guest);
    await submitDetails(guest);
    await guest.waitForURL(/\/done$/);
    if (requests.length === 0) await stop('done-requested', true);
    requests.push(new URL(guest.url()).pathname.replace(/\/done$/, ''));
    const requested = await mail.next('requested');
    if (requests.length === 1) await lookAtLetter(tour, 'requested-lv', requested);
  }
  await guest.goto(`${portal.bookingUrl}${requests[0]}`);
  await stop('appointment-requested', true);
  await guest.goto(`${portal.bookingUrl}/lv/my-appointments`);
  await stop('my-appointments', true);

  await guest.goto(`${appointment}/cancel`);
  await stop('cancel', true);
  await guest.locator('input[name=reason]').first().check();
  await guest.locator('main form[action$="/cancel"] button').click();
  await guest.waitForURL((url) => !url.pathname.endsWith('/cancel'));
  await stop('cancelled');
  await lookAtLetter(tour, 'cancelled-lv', await mail.next('cancelled'));

  await guest.goto(`${portal.bookingUrl}/lv/messages`);
  await stop('messages', true);
  await guest.locator('.messages a').first().click();
  await guest.waitForURL(/\/messages\/[^/]+$/);
  await stop('message', true);
  await guest.goto(`${portal.bookingUrl}/lv/my-calendar`);
  await stop('my-calendar', true);
  await guest.locator('main form[action$="/feed"] button').click();
  await guest.locator('.secret-address').waitFor();
  await stop('my-calendar-feed', true);
  return { mail, requests: requests.slice(0, 3), unanswered: `${requests[3]}` };
}

/** Two people press the same time, and a time that was kept and given back. */
export async function missATime(tour: Tour): Promise<void> {
  const { portal, visitor, look } = tour;
  const [doctor] = await doctorsOf(portal, { payer: 'paid' });
  if (!doctor) throw new Error('The demo has no practitioner with paid times.');
  const slow = await visitor();
  await openDoctor(tour, slow, doctor);
  const quick = await visitor();
  await takeTime(tour, quick, doctor, 0);
  await slow.locator('.slot').first().click();
  await slow.waitForURL(/\/taken/);
  await look({ app: 'booking', name: 'slot-taken', page: slow, isAddress: true });

  const held = quick.url();
  await quick.locator('form[action$="/release"] button').click();
  await quick.waitForURL(/\/find/);
  await quick.goto(held);
  await look({ app: 'booking', name: 'hold-ended', page: quick, isAddress: false });
}

/** The letters of a booking in the other languages. */
export async function bookInOtherLanguages(tour: Tour): Promise<void> {
  const doctors = await doctorsOf(tour.portal, { payer: 'paid' });
  for (const [index, language] of (['et', 'en', 'ru'] as const).entries()) {
    const page = await tour.visitor();
    const mail = new MailOf(tour.portal, `guest-${language}@patient.example`);
    const doctor = doctors.filter(({ isManual }) => !isManual)[index + 1];
    if (!doctor) throw new Error('The demo has too few practitioners with paid times.');
    await takeTime(tour, page, doctor, 1, language);
    await lookAtLetter(tour, `code-${language}`, await proveAddress(page, mail));
    await tellReferral(page);
    await fillDetails(page);
    await submitDetails(page);
    await page.waitForURL(/\/done$/);
    await lookAtLetter(tour, `booked-${language}`, await mail.next('booked'));
    await page.context().close();
  }
}

async function openDoctor({ portal }: Tour, page: Page, doctor: Doctor, language = 'lv'): Promise<void> {
  const query = new URLSearchParams({ payer: doctor.payer, calendar: doctor.calendarId });
  await page.goto(`${portal.bookingUrl}/${language}/doctors/${doctor.slug}?${query}`);
  await page.locator('.slot').first().waitFor();
}

/** Presses the n-th free time that the practitioner's page shows first. */
async function takeTime(tour: Tour, page: Page, doctor: Doctor, n: number, language = 'lv'): Promise<void> {
  await openDoctor(tour, page, doctor, language);
  const slots = page.locator('.slot');
  await slots.nth(Math.min(n, (await slots.count()) - 1)).click();
  await page.waitForURL(/\/book\/[^/]+(?:\/referral)?$/);
}

async function fillDetails(page: Page): Promise<void> {
  for (const name of ['givenName', 'familyName', 'birthDate', 'phone', 'reason'] as const)
    await page.locator(`#${name}`).fill(person[name]);
  await tellAnswers(page);
  await page.locator('#terms').check();
}

async function chooseMyself(page: Page): Promise<void> {
  const known = page.locator('input[name=who]:not([value=new])');
  if ((await known.count()) > 0) await known.first().check();
  await page.locator('#phone').fill(person.phone);
  await tellAnswers(page);
  await page.locator('#terms').check();
}

const submitDetails = (page: Page): Promise<void> =>
  page.locator('form.booking-form button[type=submit], form.booking-form .button-large').first().click();
