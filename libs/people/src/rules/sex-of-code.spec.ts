import { describe, expect, it } from '@jest/globals';
import { sexOfCode } from './sex-of-code.js';

describe('a person code', () => {
  it.each([
    ['37605030299', 'male'],
    ['49403136526', 'female'],
    ['50001010006', 'male'],
    ['60001010009', 'female'],
  ])('of Estonia tells the sex: %s', (code, sex) => {
    expect(sexOfCode({ country: 'EE', code })).toBe(sex);
  });

  it('of Latvia does not', () => {
    expect(sexOfCode({ country: 'LV', code: '16117519997' })).toBeNull();
    expect(sexOfCode({ country: 'LV', code: '32503511782' })).toBeNull();
  });
});
