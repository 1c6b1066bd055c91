import type { Page } from 'playwright-core';
import type { MailOf } from './mail-of.js';
import type { Letter } from './portal.js';

/** Proves an e-mail address in the middle of a booking. @returns the letter with the code */
export async function proveAddress(page: Page, mail: MailOf): Promise<Letter> {
  await page.locator('#email').fill(mail.address);
  await page.locator('main form[action$="/email"] button').click();
  await page.waitForURL(/\/code/);
  const { letter, code } = await mail.code();
  await page.locator('#code').fill(code);
  await page.locator('main form[action$="/code"] button').click();
  await page.locator('#givenName, #institution').first().waitFor();
  return letter;
}
