import { describe, expect, it } from '@jest/globals';
import { easterSunday } from './easter.js';

describe('Easter', () => {
  it.each([
    '2000-04-23',
    '2008-03-23',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2028-04-16',
    '2038-04-25',
    '2076-04-19',
  ])('is on %s', (date) => {
    expect(easterSunday(Number(date.slice(0, 4))).toString()).toBe(date);
  });

  it('is a Sunday between 22 March and 25 April', () => {
    for (let year = 2000; year <= 2200; year++) {
      const easter = easterSunday(year);
      expect(easter.dayOfWeek).toBe(7);
      expect(easter.toString().slice(5) >= '03-22' && easter.toString().slice(5) <= '04-25').toBe(true);
    }
  });
});
