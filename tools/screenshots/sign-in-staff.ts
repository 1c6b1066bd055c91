import { generate } from 'otplib';
import type { Page } from 'playwright-core';
import { type DemoSignIn, demoSignIns } from '../seed/demo-people.js';
import type { Tour } from './portal.js';

/** The demo's sign-in of a role; the first clinic's, unless words of an address say which. */
export function demoSignIn(role: string, at = ''): DemoSignIn {
  const known = demoSignIns.find((each) => each.role === role && each.email.includes(at));
  if (!known) throw new Error(`The demo has no ${role}.`);
  return known;
}

/** Signs in on the page of the staff app that asks for it. */
export async function signInStaff({ portal }: Tour, page: Page, known: DemoSignIn): Promise<void> {
  const epoch = Math.floor(portal.now().epochMilliseconds / 1000);
  await page.goto(`${portal.clinicUrl}/lv/sign-in`);
  await page.locator('#email').fill(known.email);
  await page.locator('#password').fill(known.password);
  await page.locator('#code').fill(await generate({ secret: known.totpSecret, epoch }));
  await page.locator('main form button').click();
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
}
