import { describe, expect, it } from '@jest/globals';
import { localPath } from './see-other.js';

describe('where a post leads', () => {
  it.each([
    '//evil',
    'https:evil',
    '\\evil',
    '/\\evil',
    'data:x',
    '/\tevil',
    '/a\nb',
    '',
    7,
    undefined,
    `/${'a'.repeat(3000)}`,
  ])('is never %p', (value) => {
    expect(localPath(value, '/lv/')).toBe('/lv/');
  });

  it('is a path of this site', () => {
    expect(localPath('/lv/doctors/anna?from=2026-12-01&payer=state', '/')).toBe(
      '/lv/doctors/anna?from=2026-12-01&payer=state',
    );
  });
});
