import { describe, expect, it } from '@jest/globals';
import { answerCodeOf, saysAddressIsDead } from './delivery-answer.js';

describe('the answer of a mail server', () => {
  it.each([
    ['550 5.1.1 <janis.ozols@inbox.lv>: no such user', '550 5.1.1'],
    ['550-5.1.1 The email account that you tried to reach', '550 5.1.1'],
    ['451 janis.ozols@inbox.lv is greylisted', '451'],
    ['250 2.0.0 Ok: queued as 4bC7', '250 2.0.0'],
    ['janis.ozols@inbox.lv', null],
    ['', null],
    [undefined, null],
  ])('%s is kept as %s', (response, kept) => {
    expect(answerCodeOf(response)).toBe(kept);
  });

  it.each([
    ['550 5.1.1', true],
    ['550 5.1.2', true],
    ['550 5.2.1', true],
    ['5.1.1', true],
    ['550', true],
    [null, true],
    ['552 5.2.2', false],
    ['550 5.7.1', false],
    // Our own address is refused, or nobody could be reached until the tries ended.
    ['550 5.1.8', false],
    ['5.1.7', false],
    ['4.4.7', false],
    ['4.1.1', false],
  ])('%s means a dead address: %s', (answer, isDead) => {
    expect(saysAddressIsDead(answer)).toBe(isDead);
  });
});
