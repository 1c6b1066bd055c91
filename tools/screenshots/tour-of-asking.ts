import type { Page } from 'playwright-core';
import { MailOf } from './mail-of.js';
import type { Tour } from './portal.js';
import { proveAddress } from './prove-address.js';
import { tellReferral, tellWhatStops } from './tell.js';

/** What is asked before a visit, what a family books at one go, and rooms that are booked by themselves. */
export async function lookAtWhatIsAsked(tour: Tour): Promise<void> {
  const { portal, visitor, look } = tour;
  const page = await visitor();
  const stop = (name: string, isAddress = false): Promise<void> => look({ app: 'booking', name, page, isAddress });
  await page.goto(`${portal.bookingUrl}/lv/clinics/ozolkalna-klinika`);
  await stop('clinic-board', true);
  await page.goto(`${portal.bookingUrl}/lv/clinics/lahe-tervisekliinik`);
  await stop('clinic-of-estonia', true);

  await openRoom(tour, page, 'rentgens');
  await stop('room', true);
  await takeFirst(page);
  await proveAddress(page, new MailOf(portal, 'asked@patient.example'));
  await page.waitForURL(/\/referral$/);
  await stop('book-referral', true);
  await page.locator('form[action$="/referral"] .form-actions button').click();
  await page.locator('.field-error').first().waitFor();
  await stop('book-referral-mistakes');
  await tellReferral(page);
  await stop('book-questions', true);
  await tellWhatStops(page);
  await page.locator('.booking-form .form-actions button').click();
  await page.locator('.advice').waitFor();
  await stop('book-advice');

  await openRoom(tour, page, 'gripu');
  await stop('vaccination-line', true);
  await openRoom(tour, page, 'sāls istaba');
  await stop('salt-room', true);
  await lookAtFamily(tour, page);
}

/** Two relatives one after another with one practitioner. */
async function lookAtFamily({ portal, look }: Tour, page: Page): Promise<void> {
  await page.goto(`${portal.bookingUrl}/lv/find?q=${encodeURIComponent('redzes pārbaude')}&payer=paid`);
  await page.locator('main ol.results a[href*="/doctors/"]').first().click();
  await page.locator('a[href*="/family"]').first().click();
  await page.locator('.slot').first().waitFor();
  await look({ app: 'booking', name: 'family', page, isAddress: true });
  await page.locator('.slot').first().click();
  await page.locator('main form').first().waitFor();
  await look({ app: 'booking', name: 'family-details', page, isAddress: true });
}

async function openRoom({ portal }: Tour, page: Page, words: string): Promise<void> {
  await page.goto(`${portal.bookingUrl}/lv/find?q=${encodeURIComponent(words)}`);
  await page.locator('main a[href*="/rooms/"]').first().click();
  await page.locator('.slot').first().waitFor();
}

async function takeFirst(page: Page): Promise<void> {
  await page.locator('.slot').first().click();
  await page.waitForURL(/\/book\/[^/]+$/);
}
