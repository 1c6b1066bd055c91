import { describe, expect, it } from '@jest/globals';
import { centsOf, pricePattern, typedCents } from './price.js';

describe('a price that is typed', () => {
  it.each([
    ['45', 4500],
    ['4,27', 427],
    ['4.2', 420],
    ['0', 0],
    ['0,05', 5],
  ])('as %s is %i cents', (typed, cents) => {
    expect(pricePattern.test(typed)).toBe(true);
    expect(centsOf(typed)).toBe(cents);
    expect(centsOf(typedCents(cents))).toBe(cents);
  });

  it.each(['', '-1', '1e3', '4,275', '1 000', '€5'])('is not "%s"', (typed) => {
    expect(pricePattern.test(typed)).toBe(false);
  });
});
