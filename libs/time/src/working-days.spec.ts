import { describe, expect, it } from '@jest/globals';
import { addWorkingDays } from './working-days.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const weekdays = (each: Temporal.PlainDate): boolean => each.dayOfWeek <= 5;

describe('a term in working days', () => {
  it('starts on the day after and passes over weekends', () => {
    expect(addWorkingDays(day('2026-06-05'), 1, weekdays).toString()).toBe('2026-06-08');
    expect(addWorkingDays(day('2026-06-06'), 1, weekdays).toString()).toBe('2026-06-08');
    expect(addWorkingDays(day('2026-06-01'), 15, weekdays).toString()).toBe('2026-06-22');
  });

  it('counts backwards too, and stands still at none', () => {
    expect(addWorkingDays(day('2026-06-08'), -1, weekdays).toString()).toBe('2026-06-05');
    expect(addWorkingDays(day('2026-06-07'), 0, weekdays).toString()).toBe('2026-06-07');
  });

  it('gives up when nothing is ever a working day', () => {
    expect(() => addWorkingDays(day('2026-06-01'), 1, () => false)).toThrow(RangeError);
    expect(() => addWorkingDays(day('2026-06-01'), 0.5, weekdays)).toThrow(RangeError);
  });
});
