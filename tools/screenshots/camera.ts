import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Stop } from './portal.js';

const widths = [320, 768, 1280] as const;
const schemes = ['light', 'dark'] as const;
const otherLanguages = ['et', 'en', 'ru'] as const;
const atADesk = { width: 1280, height: 900 };

/** Takes every stop of a tour at all sizes, light and dark, and in the other languages once. */
export class Camera {
  pictures = 0;

  /** @param names only stops whose file name has one of these in it; all of them when there are none */
  constructor(
    private readonly folder: string,
    private readonly names: readonly string[],
    private readonly tell: (problem: string) => void,
  ) {}

  async take(stop: Stop): Promise<void> {
    const { page, app, name, isAddress } = stop;
    const title = `${app}-${name}`;
    if (this.names.length > 0 && !this.names.some((each) => title.includes(each))) return;
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
      // What a page chooses by its width, it chooses when it comes.
      if (isAddress) await page.reload();
      for (const scheme of schemes) {
        await page.emulateMedia({ colorScheme: scheme });
        await this.snap(page, `${title}-${width}-${scheme}`);
      }
    }
    await page.setViewportSize(atADesk);
    await page.emulateMedia({ colorScheme: 'light' });
    if (isAddress) await page.reload();
    if (isAddress) await this.inOtherLanguages(page, title);
  }

  private async inOtherLanguages(page: Page, title: string): Promise<void> {
    const other = await page.context().newPage();
    await other.setViewportSize({ width: 320, height: 640 });
    for (const language of otherLanguages) {
      await other.goto(page.url().replace('/lv', `/${language}`));
      await this.snap(other, `${title}-320-light-${language}`);
    }
    // The portal remembers the language last seen.
    await other.goto(page.url());
    await other.close();
  }

  private async snap(page: Page, title: string): Promise<void> {
    await page.locator('[aria-busy]').first().waitFor({ state: 'detached' });
    await settled(page);
    if (/-320-/.test(title) && (await overflows(page))) this.tell(`${title}: can be pushed sideways`);
    await page.screenshot({ path: join(this.folder, `${title}.png`), fullPage: true, animations: 'disabled' });
    this.pictures++;
  }
}

/** Until what a change of size set off has been drawn. */
const settled = (page: Page): Promise<void> =>
  page.evaluate<void>('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))');

const overflows = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
