import type { Page } from 'playwright-core';
import { noticeKindNames } from '#libs/notifications';
import { languages } from '#libs/platform';
import type { Letter, Tour } from './portal.js';

/** Shows a letter as a mail program would: on a page of its own, without scripts. */
export async function lookAtLetter({ visitor, look }: Tour, name: string, letter: Letter): Promise<void> {
  const page = await visitor();
  await page.setContent(letter.html);
  await look({ app: 'letter', name, page, isAddress: false });
  await page.context().close();
}

/** Shows each kind of letter in each language, as the clinic's preview has it. `page`: an admin's. */
export async function lookAtEveryLetter({ portal, visitor, look }: Tour, page: Page): Promise<void> {
  const reader = await visitor();
  for (const kind of noticeKindNames)
    for (const language of languages) {
      const answer = await page.request.get(`${portal.clinicUrl}/lv/letters/kinds/${kind}/look?in=${language}`);
      await reader.setContent(await answer.text());
      await look({ app: 'letter', name: `${kind}-${language}`, page: reader, isAddress: false });
    }
  await reader.context().close();
}
