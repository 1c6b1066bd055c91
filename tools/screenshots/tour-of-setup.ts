import type { Page } from 'playwright-core';
import type { Tour } from './portal.js';
import { demoSignIn, signInStaff } from './sign-in-staff.js';
import { lookAtEveryLetter } from './tour-of-letters.js';

/** The pages on which a clinic says what it offers, and those on which it changes that with people inside. */
export async function setTheClinicUp(tour: Tour): Promise<void> {
  const { portal, visitor, look } = tour;
  const page = await visitor();
  const stop = (name: string, isAddress = true): Promise<void> => look({ app: 'clinic', name, page, isAddress });
  const open = async (path: string): Promise<void> => {
    await page.goto(`${portal.clinicUrl}/lv${path}`);
  };
  /** Follows the first link of the main part whose address looks so. */
  const follow = async (name: string, pattern: RegExp): Promise<void> => {
    const links = await page
      .locator('main a')
      .evaluateAll((all: { getAttribute(name: string): string | null }[]) =>
        all.map((each) => each.getAttribute('href') ?? ''),
      );
    const path = links.find((each) => pattern.test(each));
    if (path === undefined) return tour.miss(`${name}: no link like ${pattern}`);
    await page.goto(new URL(path, portal.clinicUrl).href);
    await stop(name);
  };
  await signInStaff(tour, page, demoSignIn('admin'));
  const pages: readonly [path: string, name: string, linked: RegExp | null, linkedName: string][] = [
    ['/setup', 'setup', null, ''],
    ['/setup/clinic', 'setup-clinic', null, ''],
    ['/setup/board', 'setup-board', null, ''],
    ['/setup/picture', 'setup-picture', null, ''],
    ['/setup', '', /\/setup\/branches\/[0-9a-f-]{36}$/, 'setup-branch'],
    ['/setup', '', /\/setup\/doctors\/[0-9a-f-]{36}$/, 'setup-doctor'],
    ['/setup/doctors/new', 'setup-doctor-new', null, ''],
    ['/services', 'services', /\/services\/[0-9a-f-]{36}$/, 'services-one'],
    ['/calendars', 'calendars', /\/calendars\/[0-9a-f-]{36}/, 'calendars-one'],
    ['/quotas', 'quotas', /\/quotas\/[0-9a-f-]{36}/, 'quotas-one'],
    ['/rooms', 'rooms', /\/rooms\/[0-9a-f-]{36}$/, 'rooms-one'],
    ['/sessions', 'sessions', /\/sessions\/[0-9a-f-]{36}/, 'sessions-one'],
    ['/sessions/new', 'sessions-new', null, ''],
    ['/screens/new', 'screens-new', null, ''],
    ['/days?year=2027', 'days-of-next-year', null, ''],
    ['/import', 'import', null, ''],
    ['/letters', 'letters', /\/letters\/kinds\/moved-by-clinic$/, 'letters-one'],
    ['/letters/words', 'letters-words', null, ''],
    [
      '/letters/preparation',
      'letters-preparation',
      /\/letters\/preparation\/[0-9a-f-]{36}$/,
      'letters-preparation-one',
    ],
  ];
  for (const [path, name, linked, linkedName] of pages) {
    await open(path);
    if (name !== '') await stop(name);
    if (linked) await follow(linkedName, linked);
  }
  await lookAtEveryLetter(tour, page);
  await lookAtQuestion(tour, page);
  await lookAtSeries(tour, page);
  await closeWithPeopleInside(tour, page);
  await reportIll(tour, page);
  await tour.everybodyLeaves();

  const other = await visitor();
  await signInStaff(tour, other, demoSignIn('admin', 'piekrastes'));
  await other.goto(`${portal.clinicUrl}/lv/setup`);
  await look({ app: 'clinic', name: 'setup-unfinished', page: other, isAddress: true });
  for (const name of ['services', 'hours', 'calendars', 'rooms', 'sessions', 'quotas', 'orphaned', 'screens']) {
    await other.goto(`${portal.clinicUrl}/lv/${name}`);
    await look({ app: 'clinic', name: `empty-${name}`, page: other, isAddress: true });
  }
}

/** A service that asks, and its question that stops a booking. */
async function lookAtQuestion({ portal, look }: Tour, page: Page): Promise<void> {
  await page.goto(`${portal.clinicUrl}/lv/services`);
  await page.locator('main a', { hasText: 'Plaušu rentgens' }).first().click();
  await look({ app: 'clinic', name: 'services-that-asks', page, isAddress: true });
  await page.locator('main a[href*="/questions/"]').first().click();
  await look({ app: 'clinic', name: 'services-question', page, isAddress: true });
}

/** Ten visits, a week apart, for somebody who is known. */
async function lookAtSeries({ portal, look }: Tour, page: Page): Promise<void> {
  const stop = (name: string): Promise<void> => look({ app: 'clinic', name, page, isAddress: false });
  await page.goto(`${portal.clinicUrl}/lv/series`);
  await page.locator('#q').fill('bērz');
  await page.locator('form[role=search] .form-actions button').click();
  await page.locator('.patient-choice').first().click();
  await page.locator('#offer').selectOption({ index: 1 });
  await page.locator('#first').fill('2026-12-01');
  await page.locator('#time').fill('10:00');
  await stop('series-plan');
  await page.locator('main form[action$="/series/dates"] .form-actions button').click();
  await page.locator('.series-dates').waitFor();
  await stop('series-dates');
}

/** A week in which a practitioner is away, with people inside: asked about, and left as it is. */
async function closeWithPeopleInside({ portal, look }: Tour, page: Page): Promise<void> {
  await page.goto(`${portal.clinicUrl}/lv/closures`);
  const practitioners = await page.locator('#scope option[value^=resource]').all();
  await page.locator('#scope').selectOption((await practitioners[2]?.getAttribute('value')) ?? '');
  await page.locator('#from').fill('2026-12-07');
  await page.locator('#to').fill('2026-12-11');
  await page.locator('#publicReason').fill('Ārsts ir komandējumā.');
  await page.locator('form.closure-form .form-actions button').click();
  await page.waitForURL(/\/changes\//);
  await look({ app: 'clinic', name: 'change-with-people', page, isAddress: true });
}

/** A practitioner who falls ill tomorrow: who is asked, and where each stands. */
async function reportIll({ portal, look }: Tour, page: Page): Promise<void> {
  await page.goto(`${portal.clinicUrl}/lv/ill`);
  await page.locator('#practitioner').selectOption({ index: 1 });
  await page.locator('input[name=when]').last().check({ force: true });
  await page.locator('#first').fill('2026-11-23');
  await page.locator('#last').fill('2026-11-25');
  await page.locator('main form .form-actions button').first().click();
  await page.waitForURL(/\/ill\/[0-9a-f-]{36}/);
  await look({ app: 'clinic', name: 'absence', page, isAddress: true });
}
