import { describe, expect, it } from '@jest/globals';
import { parseDate, parseInstant } from './parse.js';
import { fc } from '../../../test/support/properties.js';

describe('an instant from outside', () => {
  it.each([
    ['2026-10-25T03:30:00+03:00', '2026-10-25T00:30:00Z'],
    ['2026-10-25T03:30:00+02:00', '2026-10-25T01:30:00Z'],
    ['2026-06-01t09:00:00.5z', '2026-06-01T09:00:00.5Z'],
    ['2026-06-01T09:00:00+14:00', '2026-05-31T19:00:00Z'],
    ['2026-06-01T09:00:00-00:00', '2026-06-01T09:00:00Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseInstant(text)?.toString()).toBe(instant);
  });

  it.each([
    '2026-02-30T09:00:00Z',
    '2026-06-01T24:00:00Z',
    '2026-06-01T23:59:60Z',
    '2026-06-01T23:60:00Z',
    '9999-01-01T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '2026-06-01T09:00:00',
    '2026-06-01 09:00:00Z',
    '2026-06-01T09:00Z',
    '2026-06-01T09:00:00+0300',
    '2026-06-01T09:00:00+24:00',
    '2026-06-01T09:00:00Z[Europe/Riga]',
    '2026-06-01T09:00:00Z\n',
    '20260601T090000Z',
    '1780000000',
    'infinity',
    '',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBe(null);
  });

  it('never throws, whatever it is', () => {
    const near = fc.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/);
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), near), (text) => void parseInstant(text)));
  });
});

describe('a day from outside', () => {
  it('exists', () => {
    expect(parseDate('2028-02-29')?.toString()).toBe('2028-02-29');
    expect(parseDate('1931-12-31')?.toString()).toBe('1931-12-31');
    for (const text of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '0000-01-01',
      '9999-01-01',
      '2026-1-1',
      '2026-01-01T00:00',
    ])
      expect(parseDate(text)).toBe(null);
  });
});
