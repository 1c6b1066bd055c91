import { describe, expect, it } from '@jest/globals';
import { kindsOf, overrideKinds, permissionOf, unseen } from './override.js';

describe('what staff override', () => {
  it.each([
    [[], []],
    [['outside-hours'], ['outside-hours']],
    [['off-grid'], ['outside-hours']],
    [['not-published'], ['outside-hours']],
    [['other-services'], ['outside-hours']],
    [['day-full'], ['over-quota']],
    [['quota-used'], ['over-quota']],
    [['day-full', 'quota-used'], ['over-quota']],
    [['taken'], ['beside']],
    [['no-room'], ['beside']],
    [
      ['outside-hours', 'taken'],
      ['outside-hours', 'beside'],
    ],
    [
      ['taken', 'quota-used', 'off-grid'],
      ['outside-hours', 'over-quota', 'beside'],
    ],
  ] as const)('%j is %j', (whys, kinds) => {
    expect(kindsOf(whys)).toEqual(kinds);
  });

  it('is never the past, whatever else stands against a time', () => {
    expect(kindsOf(['in-the-past'])).toBeNull();
    expect(kindsOf(['in-the-past', 'taken'])).toBeNull();
  });

  it('takes a right of its own for each kind', () => {
    expect(new Set(overrideKinds.map((kind) => permissionOf[kind])).size).toBe(overrideKinds.length);
  });
});

describe('what staff were not warned of', () => {
  it.each([
    [['outside-hours'], ['outside-hours'], null],
    [['outside-hours', 'taken'], ['outside-hours'], 'taken'],
    [['taken'], [], 'taken'],
    [['quota-used'], ['outside-hours', 'beside'], 'quota-used'],
    [['off-grid', 'day-full', 'taken'], ['outside-hours', 'over-quota', 'beside'], null],
    [['in-the-past'], ['outside-hours', 'over-quota', 'beside'], 'in-the-past'],
  ] as const)('of %j, warned of %j, is %s', (whys, seen, why) => {
    expect(unseen(whys, seen)).toBe(why);
  });
});
