import { describe, expect, it } from '@jest/globals';
import { parseIdempotencyKey } from './idempotency-key.js';

describe('the key of a request', () => {
  it.each([
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"with \\"quotes\\" and \\\\"', 'with "quotes" and \\'],
    ['"a b"', 'a b'],
    ['a'.repeat(128), 'a'.repeat(128)],
  ])('%j is %j', (header, key) => {
    expect(parseIdempotencyKey(header)).toBe(key);
  });

  it.each([
    '',
    ' ',
    '""',
    '"',
    '"a',
    'a b',
    'a, b',
    'ā',
    '"ā"',
    '"\\n"',
    'a\u0000',
    'a'.repeat(129),
    `"${'a'.repeat(200)}"`,
    '\\"'.repeat(50_000),
  ])('is not understood as %#', (header) => {
    expect(parseIdempotencyKey(header)).toBeNull();
  });
});
