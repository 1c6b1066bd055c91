import { describe, expect, it } from '@jest/globals';
import { normaliseGivenName, normaliseName } from './name.js';

describe('a name', () => {
  it.each([
    ['O’CONNEŽ-ŠUSLIK MARY ÄNN', 'O’CONNEŽ-ŠUSLIK MARY ÄNN'],
    ['  Ilze   Marija ', 'Ilze Marija'],
    ['Be\u0304rzin\u0327s\u030c', 'Bērziņš'],
    ['Nuļļe', 'Nuļļe'],
    ['null', 'null'],
    ['undefined', 'undefined'],
    ["Robert'); DROP TABLE", "Robert'); DROP TABLE"],
    ['{{constructor}}', '{{constructor}}'],
    ['<b>Ilze</b>', '<b>Ilze</b>'],
    ['Ю', 'Ю'],
    ['ā'.repeat(100), 'ā'.repeat(100)],
  ])('typed as %j is kept as %j', (typed, kept) => {
    expect(normaliseName(typed)).toBe(kept);
  });

  it.each([
    '',
    '   ',
    '\u00a0',
    '-',
    '123',
    'Il\u0000ze',
    'Ilze\r\nBcc: a@b',
    'Ilze\u202eabc',
    'Il\u200bze',
    'ā'.repeat(101),
    'a'.repeat(10_000),
    '\ud800Ilze',
  ])('is none as %#', (typed) => {
    expect(normaliseName(typed)).toBeNull();
  });
});

describe('a given name', () => {
  it('may be missing, which a dash says', () => {
    expect([normaliseGivenName('-'), normaliseGivenName(' – '), normaliseGivenName('Ilze')]).toEqual([
      '–',
      '–',
      'Ilze',
    ]);
    expect(normaliseGivenName('')).toBeNull();
  });
});
