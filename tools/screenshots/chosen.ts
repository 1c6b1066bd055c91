import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

interface Chosen {
  /** Of the picture among all, without `.png`. */
  picture: string;
  /** Of the small one. */
  name: string;
  /** How much of it is shown, from the top, and how wide it is made, in pixels. */
  height: number;
  width: number;
}

const phone = (picture: string, name: string): Chosen => ({ picture, name, height: 920, width: 320 });
const desk = (picture: string, name: string, height = 800): Chosen => ({ picture, name, height, width: 960 });

/** What the README shows. */
const chosen: readonly Chosen[] = [
  phone('booking-results-320-light-en', 'results'),
  phone('booking-book-who-320-light-en', 'who'),
  phone('booking-done-booked-320-light-en', 'done'),
  phone('letter-booked-en-320-light', 'letter'),
  phone('booking-my-appointments-of-ilze-320-dark', 'my-appointments'),
  desk('booking-doctor-1280-light', 'practitioner', 1150),
  desk('clinic-calendar-1280-light', 'calendar'),
  desk('clinic-pending-1280-light', 'pending'),
  desk('clinic-hours-of-calendar-1280-dark', 'hours', 1000),
  desk('clinic-change-with-people-1280-light', 'change', 1000),
  desk('clinic-setup-unfinished-1280-light', 'setup'),
];

/** Makes the small pictures of the README from the large ones that were just taken. */
export async function shrinkChosen(browser: Browser, folder: string, to: string): Promise<void> {
  const page = await browser.newPage();
  for (const { picture, name, height, width } of chosen) {
    const source = (await readFile(join(folder, `${picture}.png`))).toString('base64');
    const small = await page.evaluate<string>(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${source}';
      await image.decode();
      const shown = Math.min(image.height, ${height});
      const canvas = new OffscreenCanvas(${width}, Math.round((shown * ${width}) / image.width));
      const pen = canvas.getContext('2d');
      pen.imageSmoothingQuality = 'high';
      pen.drawImage(image, 0, 0, image.width, shown, 0, 0, canvas.width, canvas.height);
      const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.82 });
      return new Uint8Array(await blob.arrayBuffer()).toBase64();
    })()`);
    await writeFile(join(to, `${name}.webp`), Buffer.from(small, 'base64'));
  }
  await page.close();
}
