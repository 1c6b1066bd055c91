import { describe, expect, it } from '@jest/globals';
import { normaliseEmail } from './email.js';

describe('an e-mail address', () => {
  it.each([
    ['ilze@pacients.example', 'ilze@pacients.example'],
    ['  Ilze.Ozola@Pacients.Example ', 'ilze.ozola@pacients.example'],
    ['a+b@c.example', 'a+b@c.example'],
    ['o’x@a.example', null],
    ["o'connor@a.example", "o'connor@a.example"],
    ['ilze@bērziņš.lv', 'ilze@xn--brzi-n9a4tra.lv'],
    ['mari@õun.ee', 'mari@xn--un-uia.ee'],
  ])('typed as %j is kept as %j', (typed, kept) => {
    if (kept?.includes('xn--')) expect(normaliseEmail(typed)).toMatch(/@xn--[a-z0-9-]+\.(lv|ee)$/);
    else expect(normaliseEmail(typed)).toBe(kept);
  });

  it.each([
    '',
    'ilze',
    '@a.example',
    'ilze@',
    'a@localhost',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@1.2',
    '"a@b c"@d.example',
    '"ilze"@a.example',
    'ilze(comment)@a.example',
    'Ilze <ilze@a.example>',
    'a@a.example,b@b.example',
    'a@a.example;b@b.example',
    'a@a.example b@b.example',
    'ilze@a.example\r\nBcc: b@b.example',
    'il\u0000ze@a.example',
    '=?utf-8?q?a?=@a.example\n',
    '.a@a.example',
    'a..b@a.example',
    'a.@a.example',
    'a@a..example',
    'a@-a.example',
    'a@a.example/../b',
    'a@a%2eexample',
    'īlze@a.example',
    `${'a'.repeat(65)}@a.example`,
    `a@${'a.'.repeat(130)}example`,
    `${'a'.repeat(100_000)}@a.example`,
  ])('is none as %#', (typed) => {
    const expected = typed === '=?utf-8?q?a?=@a.example\n' ? '=?utf-8?q?a?=@a.example' : null;
    expect(normaliseEmail(typed)).toBe(expected);
  });

  it('is answered at once however it is made to look', () => {
    const started = performance.now();
    for (const probe of ['a.', '@', 'a@a.', '-', 'a-.']) normaliseEmail(probe.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
