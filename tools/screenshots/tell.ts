import type { Page } from 'playwright-core';

/** Answers that let a booking go on, where a question offers them; else the first one is chosen. */
const harmless = ['no', 'female', 'first'];

const fieldset = (page: Page) => page.locator('section[aria-labelledby=questions]');

/** Tells the referral, when the page asks for it. */
export async function tellReferral(page: Page): Promise<void> {
  if (!new URL(page.url()).pathname.endsWith('/referral')) return;
  await page.locator('#number').fill('LV-2026-11-0042');
  await page.locator('#date').fill(await yesterdayOf(page));
  await page.locator('#name').fill('Dr. Dace Liepa');
  await page.locator('#institution').fill('Liepas ģimenes ārstu prakse');
  await page.locator('form[action$="/referral"] .form-actions button').click();
  await page.locator('form.booking-form').waitFor();
}

/** The latest day that the form takes is today. */
async function yesterdayOf(page: Page): Promise<string> {
  const today = await page.locator('#date').getAttribute('max');
  return Temporal.PlainDate.from(today ?? '')
    .subtract({ days: 1 })
    .toString();
}

/** Answers what the service asks, so that the booking goes on. */
export async function tellAnswers(page: Page): Promise<void> {
  const radios = fieldset(page).locator('input[type=radio]');
  const all = await radios.evaluateAll((inputs: { name: string; value: string }[]) =>
    inputs.map(({ name, value }) => ({ name, value })),
  );
  for (const [name, choices] of Map.groupBy(all, (each) => each.name)) {
    const chosen = choices.find(({ value }) => harmless.includes(value)) ?? choices[0];
    await fieldset(page).locator(`input[name="${name}"][value="${chosen?.value}"]`).check({ force: true });
  }
  for (const field of await fieldset(page).locator('input:not([type=radio])').all()) await field.fill('70');
}

/** Gives the first question the answer after which there is no booking, when there is one. */
export async function tellWhatStops(page: Page): Promise<void> {
  await fieldset(page).locator('input[type=radio][value=yes]').first().check({ force: true });
}
