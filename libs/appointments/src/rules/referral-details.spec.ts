import { describe, expect, it } from '@jest/globals';
import { bookableUntil, isExpired, plainNumber, ruleOn } from './referral-details.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

describe('a referral’s number', () => {
  it.each(['lv-123 456/a', ' LV123456A ', 'lv 123–456 a', 'ＬＶ123456a'])(
    'is the same however it is typed: %s',
    (typed) => {
      expect(plainNumber(typed)).toBe('LV123456A');
    },
  );

  it.each(['', '   ', '--', 'x'.repeat(81)])('is none: %j', (typed) => {
    expect(plainNumber(typed)).toBeNull();
  });
});

describe('a referral', () => {
  const ninety = { validFrom: day('2026-05-04'), bookingDays: 90 };

  it('can be used for booking through its ninetieth day', () => {
    expect(bookableUntil(day('2026-09-01'), ninety)?.toString()).toBe('2026-11-30');
    expect(isExpired(day('2026-09-01'), [ninety], day('2026-11-30'))).toBe(false);
    expect(isExpired(day('2026-09-01'), [ninety], day('2026-12-01'))).toBe(true);
  });

  it('follows the rule of the day on which the visit is booked', () => {
    const later = { validFrom: day('2027-01-01'), bookingDays: 120 };
    expect(ruleOn([later, ninety], day('2026-12-31'))).toBe(ninety);
    expect(ruleOn([ninety, later], day('2027-01-01'))).toBe(later);
    expect(ruleOn([ninety], day('2026-05-03'))).toBeUndefined();
    expect(isExpired(day('2026-09-25'), [ninety, later], day('2027-01-10'))).toBe(false);
  });

  it('does not end where the country has no such rule', () => {
    expect(isExpired(day('2020-01-01'), [], day('2026-12-01'))).toBe(false);
    expect(isExpired(day('2020-01-01'), [{ ...ninety, bookingDays: null }], day('2026-12-01'))).toBe(false);
  });
});
