import type { PersonCode } from './person-code.js';

/** What a person code says of the sex: Estonia's first digit is odd for men and even for women; Latvia's codes do not tell. */
export const sexOfCode = ({ country, code }: PersonCode): 'female' | 'male' | null =>
  country === 'EE' && /^[1-8]/.test(code) ? (Number(code[0]) % 2 === 1 ? 'male' : 'female') : null;
