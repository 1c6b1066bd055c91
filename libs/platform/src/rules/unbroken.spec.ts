import { describe, expect, it } from '@jest/globals';
import { unbroken, withHardSpaces } from './unbroken.js';

const marked = (text: string): string => unbroken(text, (part) => part.replaceAll('<', '&lt;'), 'class="unbroken"');

describe('what stays on one line', () => {
  it.each([
    ['Brīvības iela 1, Rīga, LV-1010', 'Brīvības iela 1, Rīga, [LV-1010]'],
    ['call +371 6722 2222 or 113', 'call [+371 6722 2222] or 113'],
    ['6K2F 9QXM 4T7B 1ZRD', '[6K2F 9QXM 4T7B 1ZRD]'],
    ['Pärnu mnt 10, 10141 Tallinn', 'Pärnu mnt 10, 10141 Tallinn'],
    ['<b> LV-1010', '&lt;b> [LV-1010]'],
    ['', ''],
  ])('in %j', (text, shown) => {
    expect(marked(text)).toBe(shown.replaceAll('[', '<span class="unbroken">').replaceAll(']', '</span>'));
  });

  it('has spaces that do not break where there is no markup', () => {
    expect(withHardSpaces('Rīga, +371 6722 2222')).toBe('Rīga, +371\u00a06722\u00a02222');
  });
});
