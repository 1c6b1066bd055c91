import type { Letter, Tour } from './portal.js';

/** Shows a letter as a mail program would: on a page of its own, without scripts. */
export async function lookAtLetter({ visitor, look }: Tour, name: string, letter: Letter): Promise<void> {
  const page = await visitor();
  await page.setContent(letter.html);
  await look({ app: 'letter', name, page, isAddress: false });
  await page.context().close();
}
