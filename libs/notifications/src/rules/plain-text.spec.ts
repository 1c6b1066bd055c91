import { describe, expect, it } from '@jest/globals';
import { plainTextOf } from './plain-text.js';

describe('a letter that came as HTML only', () => {
  it('is its words', () => {
    const html = `<html><head><title>x</title><style>p{color:red}</style></head><body><p>Labdien!</p>
      <p>Vai varu nākt <b>vēlāk</b>,<br>ap 15&nbsp;&amp;&#x2026;?</p><!-- a > b --><script>alert("<p>")</script></body></html>`;
    expect(plainTextOf(html)).toBe('Labdien!\nVai varu nākt vēlāk,\nap 15 &…?');
  });

  it('has no markup in it, however it was broken', () => {
    for (const html of ['<b', '<script>alert(1)', '<!-- never ended <p>', '<<b>>', '&#0;&#xffffff;&nope;'])
      expect(plainTextOf(html)).not.toMatch(/<|alert|ended/);
  });

  it('keeps nobody waiting, whatever it is made of', () => {
    const began = performance.now();
    for (const part of ['<br', '</p', '<', '<!--', '<style></style', '&#', '\n '])
      plainTextOf(part.repeat(100_000 / part.length));
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
