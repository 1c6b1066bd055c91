import { describe, expect, it } from '@jest/globals';
import { returnTo } from './return-to.js';

describe('where someone is led after signing in', () => {
  it.each(['/lv/my-appointments', '/en/book/4711?step=2', '/'])('leads to %s', (path) => {
    expect(returnTo(path, '/lv')).toBe(path);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\evil.example',
    'https:evil.example',
    'https://evil.example/',
    'data:text/html,x',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/ok\r\nSet-Cookie: a=b',
    '/auth/callback/dev?code=1',
    '/api/v1/me',
    '',
    undefined,
    `/${'a'.repeat(600)}`,
  ])('leads home instead of to %j', (path) => {
    expect(returnTo(path, '/lv')).toBe('/lv');
  });
});
