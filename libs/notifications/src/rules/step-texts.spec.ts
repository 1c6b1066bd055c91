import { describe, expect, it } from '@jest/globals';
import { isWorthATextMessage, type TextWish } from './step-texts.js';

const now = Temporal.Instant.from('2026-12-01T08:00:00Z');
const inHours = (hours: number): Temporal.Instant => now.add({ hours });
const usual: TextWish = { kind: 'cancelled-by-clinic', starts: [inHours(24)], now, hasEmail: true, wishesSms: true };

describe('a step is also told by short message', () => {
  it.each([
    ['a visit of tomorrow is off', {}, true],
    ['it is in three days', { starts: [inHours(72)] }, true],
    ['it is later', { starts: [inHours(73)] }, false],
    ['it was near and is now later', { kind: 'moved-by-clinic', starts: [inHours(500), inHours(5)] }, true],
    ['it is over', { starts: [inHours(-1)] }, false],
    ['nobody wished for messages', { wishesSms: false }, false],
    [
      'there is no e-mail address, however late it is',
      { hasEmail: false, wishesSms: false, starts: [inHours(500)] },
      true,
    ],
    ['the patient did it', { kind: 'cancelled' }, false],
    ['a doctor is ill', { kind: 'offered-nothing' }, true],
  ] as const)('when %s: %j', (_, wish, expected) => {
    expect(isWorthATextMessage({ ...usual, ...wish })).toBe(expected);
  });
});
