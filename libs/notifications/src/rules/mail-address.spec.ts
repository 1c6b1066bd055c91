import { describe, expect, it } from '@jest/globals';
import { isPlainAddress } from './mail-address.js';

describe('a plain address', () => {
  it.each(['ilze@patient.example', 'a.b+c@d-e.example', "o'neil@x.example", 'ilze@xn--brzi-1oa7w.example'])(
    'is %s',
    (text) => {
      expect(isPlainAddress(text)).toBe(true);
    },
  );

  it.each([
    '',
    'ilze',
    'ilze@localhost',
    'ilze@[127.0.0.1]',
    '"victim@mail.example x"@internal.example',
    'victim@mail.example x@internal.example',
    'a@b.example,c@d.example',
    'a@b.example;c@d.example',
    'Ilze <a@b.example>',
    'a@b.example (c@d.example)',
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example\n',
    '=?utf-8?q?a=40b.example?=',
    'a\u0000@b.example',
    '.a@b.example',
    'a..b@c.example',
    'a@b..example',
    'a@-b.example',
    'a@bērzs.example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}.example`,
  ])('is not %j', (text) => {
    expect(isPlainAddress(text)).toBe(false);
  });

  it('is told in no time, however long the text', () => {
    const long = `${'a.'.repeat(50_000)}@${'b-'.repeat(50_000)}`;
    const before = performance.now();
    expect(isPlainAddress(long)).toBe(false);
    expect(isPlainAddress('a-'.repeat(120))).toBe(false);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
