import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { FileTransport } from './file.transport.js';

it('letters as files are one file for each letter, however often it is sent', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'letters-'));
  try {
    const files = new FileTransport({ folder, from: { name: 'Pieraksts', address: 'no-reply@book.example' } });
    const send = (messageId: string) =>
      files.send({
        to: 'ilze@patient.example',
        language: 'lv',
        subject: 'Jūsu pieraksts',
        text: 'Jūsu pieraksts ir veikts\n',
        html: '<p>Jūsu pieraksts ir veikts</p>',
        messageId,
      });
    await send('<0123abcd@book.example>');
    await send('<0123abcd@book.example>');
    await send('<other@book.example>');
    const names = await readdir(folder);
    expect(names).toHaveLength(2);
    const parsed = await PostalMime.parse(await readFile(join(folder, names[0]!)));
    expect(parsed.to).toEqual([{ name: '', address: 'ilze@patient.example' }]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
