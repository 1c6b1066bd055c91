import type { Country } from '#libs/holidays';
import type { Random } from './random.js';

type Sex = 'woman' | 'man';

const weighed = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0);

/** The last digit of an Estonian isikukood: modulo 11 by two rows of weights (standards.md 3.1, python-stdnum ee.ik). */
export function estonianCheckDigit(ten: string): number {
  const first = weighed(ten, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  if (first < 10) return first;
  return (weighed(ten, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10;
}

/** The last digit of a Latvian personas kods of the old type. */
export function latvianCheckDigit(ten: string): number {
  return ((1101 - weighed(ten, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11) % 10;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** Codes without a birth date are given since July 2017; older people may ask for one. */
const firstNewCode = Temporal.PlainDate.from('2017-07-01');

/** A made-up, valid person code: 11 digits without hyphen. */
export function personCodeOf(country: Country, birth: Temporal.PlainDate, sex: Sex, random: Random): string {
  if (country === 'EE') {
    const century = Math.floor(birth.year / 100) - 18;
    const ten = `${1 + 2 * century + (sex === 'woman' ? 1 : 0)}${two(birth.year % 100)}${two(birth.month)}${two(
      birth.day,
    )}${String(random.below(1000)).padStart(3, '0')}`;
    return ten + estonianCheckDigit(ten);
  }
  const isNew = Temporal.PlainDate.compare(birth, firstNewCode) >= 0 || random.chance(0.15);
  const ten = isNew
    ? `3${2 + random.below(8)}${String(random.below(100_000_000)).padStart(8, '0')}`
    : `${two(birth.day)}${two(birth.month)}${two(birth.year % 100)}${Math.floor(birth.year / 100) - 18}${String(
        random.below(1000),
      ).padStart(3, '0')}`;
  return ten + latvianCheckDigit(ten);
}
