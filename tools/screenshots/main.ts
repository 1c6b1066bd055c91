import { type BrowserContext, chromium } from 'playwright-core';
import { Camera } from './camera.js';
import { shrinkChosen } from './chosen.js';
import type { Letter, Portal, Tour } from './portal.js';
import { lookAsIlze, lookAtExpired, lookAtMailbox } from './tour-of-demo.js';
import { attempt, goThroughThePortal } from './tour.js';
import { watch } from './watch.js';

export interface Places {
  bookingUrl: string;
  clinicUrl: string;
  mailboxUrl: string;
  identityUrl: string;
  /** Between the machine's clock and the portal's. */
  clockOffsetMs: number;
}

export interface Wish {
  places: Places;
  chromium: { executablePath: string; args: string[] };
  /** Where pictures go. */
  folder: string;
  /** Only pages with one of these in their names; everything when empty. */
  names: readonly string[];
  /** Where the small ones of the README go, if they are wanted. */
  small?: string | undefined;
  say(line: string): void;
  /** Starts the portal again, so much later by its clock. */
  later(hours: number): Promise<Places>;
}

/** Takes pictures of every page and letter. The answer: how many, and all that is wrong with the pages. */
export async function takePictures(wish: Wish): Promise<{ pictures: number; problems: string[] }> {
  const problems = new Set<string>();
  const tell = (problem: string): void => {
    if (problems.has(problem)) return;
    problems.add(problem);
    wish.say(`  ! ${problem}`);
  };
  const browser = await chromium.launch({
    ...wish.chromium,
    // Fields of dates and times are written as the browser's own language has it.
    env: { ...process.env, LC_ALL: 'lv_LV.UTF-8', LANGUAGE: 'lv' },
  });
  const camera = new Camera(wish.folder, wish.names, tell);
  let places = wish.places;
  let at = 'the beginning';
  const contexts: BrowserContext[] = [];
  const tour: Tour = {
    portal: portalAt(() => places),
    async visitor() {
      const context = await browser.newContext({
        locale: 'lv-LV',
        timezoneId: 'Europe/Riga',
        viewport: { width: 1280, height: 900 },
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(15_000);
      const { bookingUrl, clinicUrl, mailboxUrl, identityUrl } = places;
      watch(context, [bookingUrl, clinicUrl, mailboxUrl, identityUrl], (problem) => tell(`${at}: ${problem}`));
      contexts.push(context);
      return context.newPage();
    },
    async everybodyLeaves() {
      for (const context of contexts.splice(0)) await context.close();
    },
    async look(stop) {
      at = `${stop.app}-${stop.name}`;
      await camera.take(stop);
    },
    miss: (what) => tell(`not reached: ${what}`),
  };
  try {
    const guest = await goThroughThePortal(tour);
    await attempt(tour, 'a patient with an eID', () => lookAsIlze(tour));
    await attempt(tour, 'the mailbox', () => lookAtMailbox(tour, places));
    if (guest) {
      places = await wish.later(24 * 7);
      await attempt(tour, 'a week later', () => lookAtExpired(tour, guest));
    }
    if (wish.small) await shrinkChosen(browser, wish.folder, wish.small);
  } finally {
    await browser.close();
  }
  return { pictures: camera.pictures, problems: [...problems] };
}

interface Message {
  id: string;
  subject: string;
  text: string;
  html: string;
}

/** The portal as its addresses show it: letters are those of the local mailbox. */
function portalAt(places: () => Places): Portal {
  const messages = async <Answer>(path: string): Promise<Answer> => {
    const answer = await fetch(`${places().mailboxUrl}/api/messages${path}`);
    return (await answer.json()) as Answer;
  };
  return {
    get bookingUrl() {
      return places().bookingUrl;
    },
    get clinicUrl() {
      return places().clinicUrl;
    },
    now: () => Temporal.Now.instant().add({ milliseconds: places().clockOffsetMs }),
    async letters(to) {
      const newestFirst = await messages<{ id: string }[]>(`?to=${encodeURIComponent(to)}`);
      const letters = newestFirst.toReversed().map(({ id }) => messages<Message>(`/${id}`));
      return (await Promise.all(letters)).map(({ id, subject, text, html }): Letter => ({ id, subject, text, html }));
    },
  };
}
