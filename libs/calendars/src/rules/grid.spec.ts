import { describe, expect, it } from '@jest/globals';
import { gridMinutes } from './grid.js';

describe('the grid', () => {
  it.each([
    [[30], 30],
    [[20, 30], 10],
    [[15, 45, 60], 15],
    [[7, 20], 5],
    [[90], 60],
    [[], 5],
  ])('of services of %j minutes is %i', (minutes, grid) => {
    expect(gridMinutes(minutes)).toBe(grid);
  });
});
