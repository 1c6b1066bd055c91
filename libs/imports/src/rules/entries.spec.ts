import { describe, expect, it } from '@jest/globals';
import { BrokenBundle, EntryReader, longestEntry } from './entries.js';

/** Reads a text in pieces of every length up to 40 bytes, which part letters, escapes and entries anywhere. */
function read(text: string, pieceBytes: number): { entries: unknown[]; members: Record<string, string> } {
  const bytes = new TextEncoder().encode(text);
  const reader = new EntryReader();
  const entries: unknown[] = [];
  for (let from = 0; from < bytes.length; from += pieceBytes)
    for (const entry of reader.feed(bytes.subarray(from, from + pieceBytes))) entries.push(JSON.parse(entry));
  reader.end();
  return { entries, members: Object.fromEntries(reader.members) };
}

const odd = [
  { fullUrl: 'urn:uuid:1', resource: { text: 'Šuslik "}]{[" \\ \u2028 \ud83d\ude00', list: [[], {}, [1, [2]]] } },
  {},
  { entry: [{ entry: [] }], type: 'inner' },
];

describe('the entries of a Bundle', () => {
  it.each(Array.from({ length: 40 }, (_, n) => n + 1))('are the same in pieces of %i bytes', (pieceBytes) => {
    const bundle = {
      resourceType: 'Bundle',
      meta: { tag: [{ entry: [1] }] },
      type: 'batch',
      total: 3,
      entry: odd,
      link: [],
    };
    for (const text of [JSON.stringify(bundle), JSON.stringify(bundle, null, 3)]) {
      const found = read(text, pieceBytes);
      expect(found.entries).toEqual(odd);
      expect(found.members).toEqual({ resourceType: 'Bundle', type: 'batch' });
    }
  });

  it.each([
    '',
    '[]',
    '"Bundle"',
    '{"entry":[{}',
    '{"entry":[{}]}}',
    '{"entry":[{}]}{}',
    '{"entry":[{} {}]}',
    '{"entry":[,{}]}',
    '{"entry":[1]}',
    '{"entry":["a"]}',
    '['.repeat(100_000),
    `{"entry":${'['.repeat(100_000)}`,
  ])('are not looked for in %.30s', (text) => {
    expect(() => {
      const { entries } = read(text, 1000);
      if (entries.length === 0) throw new BrokenBundle('json');
    }).toThrow(BrokenBundle);
  });

  it('are refused when one is too long to be held', () => {
    expect(() => read(`{"entry":[{"a":"${'x'.repeat(longestEntry)}"}]}`, 65_536)).toThrow('too-long');
    expect(() => read(`{"a":"${'x'.repeat(longestEntry)}"}`, 65_536)).toThrow('too-long');
  });
});
