import type { Places } from './main.js';
import type { Tour } from './portal.js';
import type { Booked } from './tour-of-booking.js';
import { lookAtLetter } from './tour-of-letters.js';

/** Signs in with the development identity provider as the demo's patient, who has visits behind and ahead of her. */
export async function lookAsIlze({ visitor, look, portal }: Tour): Promise<void> {
  const page = await visitor();
  await page.goto(`${portal.bookingUrl}/lv/sign-in`);
  await page.locator('main form[action^="/auth/start/"] button').first().click();
  await page.locator('ul.people button').first().waitFor();
  await look({ app: 'identity', name: 'be-anyone', page, isAddress: false });
  await page.locator('ul.people button').first().click();
  await page.waitForURL(/my-appointments/);
  await look({ app: 'booking', name: 'my-appointments-of-ilze', page, isAddress: true });
  await page.locator('.segments a').last().click();
  await page.waitForLoadState();
  await look({ app: 'booking', name: 'my-appointments-past', page, isAddress: true });
}

export async function lookAtMailbox({ visitor, look }: Tour, { mailboxUrl, identityUrl }: Places): Promise<void> {
  const page = await visitor();
  await page.goto(mailboxUrl);
  await look({ app: 'mailbox', name: 'list', page, isAddress: false });
  await page.locator('nav li a').nth(2).click();
  await page.locator('article').waitFor();
  await look({ app: 'mailbox', name: 'letter', page, isAddress: false });
  await page.goto(`${identityUrl}/codes`);
  await look({ app: 'identity', name: 'codes', page, isAddress: false });
}

/** A week later: the request that nobody answered. */
export async function lookAtExpired(tour: Tour, { mail, unanswered }: Booked): Promise<void> {
  await lookAtLetter(tour, 'expired-lv', await mail.next('expired'));
  const page = await tour.visitor();
  await page.goto(`${tour.portal.bookingUrl}${unanswered}`);
  await tour.look({ app: 'booking', name: 'sign-in-for-one', page, isAddress: true });
}
