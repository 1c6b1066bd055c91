import { describe, expect, it } from '@jest/globals';
import { capStateOf, isAnswerable, isSender, isWithinCap } from './sms-settings.js';

describe('who a short message is from', () => {
  it.each(['Klinika', 'A1', 'Dr. Ozols', '1188', '+37120000000'])('may be %j', (sender) => {
    expect(isSender(sender)).toBe(true);
  });
  it.each(['', 'KlīnikaVesel', 'Klīnika', '12', 'A123456789012', 'a\nb', '+1234567890123456'])(
    'is not %j',
    (sender) => {
      expect(isSender(sender)).toBe(false);
    },
  );
  it('can be answered only when it is a number', () => {
    expect([isAnswerable('1188'), isAnswerable('Klinika'), isAnswerable(null)]).toEqual([true, false, false]);
  });
});

describe('the cap of a month', () => {
  it.each([
    [79, 'free'],
    [80, 'warned'],
    [99, 'warned'],
    [100, 'urgent-only'],
    [109, 'urgent-only'],
    [110, 'used-up'],
  ] as const)('of a hundred with %i used is %s', (used, state) => {
    expect(capStateOf({ cap: 100, used })).toBe(state);
  });
  it('stops what can wait at the cap, and what is urgent a tenth above', () => {
    expect(isWithinCap({ cap: 100, used: 99 }, 1, 'usual')).toBe(true);
    expect(isWithinCap({ cap: 100, used: 99 }, 2, 'usual')).toBe(false);
    expect(isWithinCap({ cap: 100, used: 99 }, 2, 'urgent')).toBe(true);
    expect(isWithinCap({ cap: 100, used: 109 }, 2, 'urgent')).toBe(false);
    expect(isWithinCap({ cap: 0, used: 0 }, 1, 'urgent')).toBe(false);
  });
});
