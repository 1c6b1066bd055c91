/** Weights of the check digit, and those of a second go where the first leaves ten. */
const weights = [
  [1, 2, 3, 4, 5, 6, 7],
  [3, 4, 5, 6, 7, 8, 9],
] as const;

function estonianCheckDigit(digits: readonly number[]): number {
  for (const row of weights) {
    const rest = row.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0) % 11;
    if (rest < 10) return rest;
  }
  return 0;
}

/**
 * Whether a clinic's registration number can be one of its country. LV: eleven digits of the Register of Enterprises
 * (https://www.ur.gov.lv), which begin with 4, 5 or 9; a number that begins otherwise may be a person's code and must
 * not stand on a public page. EE: eight digits of the Business Register (https://ariregister.rik.ee), which begin with
 * 1, 7, 8 or 9; the last is a check digit like that of a person's code (EVS 585), which the register says nowhere.
 */
export function isRegistrationNumber(country: 'LV' | 'EE', number: string): boolean {
  if (country === 'LV') return /^[459]\d{10}$/.test(number);
  if (!/^[1789]\d{7}$/.test(number)) return false;
  const digits = [...number].map(Number);
  return digits[7] === estonianCheckDigit(digits);
}
