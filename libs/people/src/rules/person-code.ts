import { parseDate } from '#libs/time';

export const personCodeCountries = ['LV', 'EE'] as const;
export type PersonCodeCountry = (typeof personCodeCountries)[number];

/** A country's person code: 11 digits without the hyphen that Latvia prints. */
export interface PersonCode {
  country: PersonCodeCountry;
  code: string;
}

export type PersonCodeCheck =
  | {
      ok: true;
      personCode: PersonCode;
      /** The day that the code tells; null for Latvia's new codes, which tell none (S-3.4). */
      birthDate: Temporal.PlainDate | null;
      /** A new Latvian code whose checksum does not fit: the law promises none, so it is only worth a second look. */
      isDoubtful: boolean;
    }
  | { ok: false; why: 'format' | 'date' | 'future' | 'checksum' };

const digitsOf = (code: string): number[] => Array.from(code, Number);
const weighted = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, n) => sum + weight * (digits[n] ?? 0), 0);

const day = (year: string, month: string, date: string): Temporal.PlainDate | null =>
  parseCentury(`${year}-${month}-${date}`);

/** Codes reach back to the 19th century, further than birth dates that people type. */
function parseCentury(text: string): Temporal.PlainDate | null {
  if (!text.startsWith('18')) return parseDate(text);
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

const estonianCenturies = ['18', '19', '20', '21'];

function estonian(code: string): { birthDate: Temporal.PlainDate | null; fits: boolean } | null {
  const digits = digitsOf(code);
  const first = digits[0] ?? 0;
  if (first < 1 || first > 8) return null;
  const century = estonianCenturies[Math.floor((first - 1) / 2)] ?? '';
  const birthDate = day(century + code.slice(1, 3), code.slice(3, 5), code.slice(5, 7));
  let check = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  if (check === 10) check = weighted(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
  return { birthDate, fits: check % 10 === digits[10] };
}

/** ((1101 − Σ w·d) mod 11) mod 10 over the first ten digits. */
function latvianFits(code: string): boolean {
  const digits = digitsOf(code);
  return ((1101 - weighted(digits, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11) % 10 === digits[10];
}

/** Since 1 July 2017: 3, then 2 to 9, then nine random digits. Libraries that know only `32` are too narrow. */
const newLatvian = /^3[2-9]\d{9}$/;
const oldLatvian = /^[0-3]\d{5}[012]\d{4}$/;

/**
 * Checks a person code as someone typed it or as an eID asserted it (S-3.1 … S-3.4).
 *
 * Typed: with or without hyphen and spaces; the date must exist and not lie in the future, and the checksum must fit,
 * except that Latvia's new codes are promised none. Asserted: the form alone, because some issued codes fail the rest.
 * @param today the day in the country
 */
export function parsePersonCode(
  country: PersonCodeCountry,
  text: string,
  how: 'typed' | 'asserted',
  today: Temporal.PlainDate,
): PersonCodeCheck {
  if (text.length > 40) return { ok: false, why: 'format' };
  const code = text.replace(/[\s-]/g, '');
  if (!/^[0-9]{11}$/.test(code)) return { ok: false, why: 'format' };
  const personCode = { country, code };
  if (country === 'LV' && newLatvian.test(code))
    return { ok: true, personCode, birthDate: null, isDoubtful: !latvianFits(code) };
  const parts = country === 'EE' ? estonian(code) : latvian(code);
  if (how === 'asserted') return { ok: true, personCode, birthDate: parts?.birthDate ?? null, isDoubtful: false };
  if (parts === null) return { ok: false, why: 'format' };
  if (parts.birthDate === null) return { ok: false, why: 'date' };
  if (Temporal.PlainDate.compare(parts.birthDate, today) > 0) return { ok: false, why: 'future' };
  if (!parts.fits) return { ok: false, why: 'checksum' };
  return { ok: true, personCode, birthDate: parts.birthDate, isDoubtful: false };
}

function latvian(code: string): { birthDate: Temporal.PlainDate | null; fits: boolean } | null {
  if (!oldLatvian.test(code)) return null;
  const century = 18 + Number(code[6]);
  return {
    birthDate: day(`${century}${code.slice(4, 6)}`, code.slice(2, 4), code.slice(0, 2)),
    fits: latvianFits(code),
  };
}

/** First digit and last two: enough to recognise one's own, too little to use another's (S-3.6). */
export const maskedCode = (code: string): string => `${code.slice(0, 1)}********${code.slice(-2)}`;

/** As the country prints it. */
export const printedCode = ({ country, code }: PersonCode): string =>
  country === 'LV' ? `${code.slice(0, 6)}-${code.slice(6)}` : code;
