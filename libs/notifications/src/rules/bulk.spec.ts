import { describe, expect, it } from '@jest/globals';
import { isBulk } from './bulk.js';

describe('many changes by one person within an hour', () => {
  it.each([
    // Fifty never are, a hundred and one always.
    { caused: 50, perHour: null, before: 0, held: false },
    { caused: 51, perHour: null, before: 0, held: true },
    { caused: 100, perHour: null, before: 28 * 500, held: false },
    { caused: 101, perHour: null, before: 28 * 500, held: true },
    // Between them, twice a usual day.
    { caused: 60, perHour: null, before: 28 * 30, held: false },
    { caused: 61, perHour: null, before: 28 * 30, held: true },
    // The number that the clinic chose counts alone.
    { caused: 3, perHour: 2, before: 28 * 500, held: true },
    { caused: 300, perHour: 300, before: 0, held: false },
  ])('$caused, usually $before in four weeks, chosen $perHour: held $held', ({ held, ...asked }) => {
    expect(isBulk(asked)).toBe(held);
  });
});
