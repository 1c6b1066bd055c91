import { describe, expect, it } from '@jest/globals';
import { isMobile, normalisePhone } from './phone.js';

describe('a telephone number', () => {
  it.each([
    ['+371 2123 4567', 'LV', '+37121234567'],
    ['00371 67 222 222', 'LV', '+37167222222'],
    ['21234567', 'LV', '+37121234567'],
    ['(+371) 21-234-567', 'LV', '+37121234567'],
    ['5123 4567', 'EE', '+37251234567'],
    ['+372 512 3456', 'LV', '+3725123456'],
    ['+44 20 7946 0958', 'LV', '+442079460958'],
  ] as const)('typed as %j in %s is kept as %j', (typed, country, kept) => {
    expect(normalisePhone(typed, country)).toBe(kept);
  });

  it.each([
    '',
    '112',
    '+371 90 000 000',
    '+372 900 1234',
    '+371 2123456',
    '+3712123456789012',
    '+371 ２１２３４５６７',
    '+371 2123456٧',
    'tel:+37121234567',
    '21234567 ext 5',
    '+371 21234567\r\nX: y',
    '1'.repeat(100_000),
  ])('is none as %#', (typed) => {
    expect(normalisePhone(typed, 'LV')).toBeNull();
  });

  it('is mobile or not', () => {
    expect(isMobile('+37121234567')).toBe(true);
    expect(isMobile('+37251234567')).toBe(true);
    expect(isMobile('+37267222222')).toBe(false);
    expect(isMobile('+37167222222')).toBe(false);
  });
});
