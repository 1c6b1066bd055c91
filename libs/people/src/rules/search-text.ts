import { parseDate } from '#libs/time';

/** What a few typed characters may mean; a number may mean several things at once. */
export interface SearchText {
  /** What is left of it as a name; empty when nothing is. */
  name: string;
  /** A whole person code, 11 digits. */
  code: string | null;
  /** Digits with which a code begins, six at least, and the birth dates that such codes tell. */
  codeStart: { digits: string; birthDates: readonly Temporal.PlainDate[] } | null;
  birthDates: readonly Temporal.PlainDate[];
  /** A year of birth beside a name. */
  birthYear: number | null;
  /** Digits with which a telephone number ends, four at least. */
  phoneEnd: string | null;
  /** An appointment's reference, as it is kept. */
  reference: string | null;
}

const two = (text: string): string => text.padStart(2, '0');

/** The days that day, month and year mean, the later first: two digits of a year may be of either century. */
function daysOf(day: string, month: string, year: string, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const years = year.length === 4 ? [year] : [`20${year}`, `19${year}`];
  return years.flatMap((each) => {
    const date = parseDate(`${each}-${two(month)}-${two(day)}`);
    return date && Temporal.PlainDate.compare(date, today) <= 0 ? [date] : [];
  });
}

/** 12.05.1980, 12/5/80, 1980-05-12, 120580, 12051980 and 19800512; none where it is no date in the past. */
export function datesOf(text: string, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const number = text.trim().replace(/\.$/, '');
  const parted =
    /^(\d{1,2})[.\-/ ]\s?(\d{1,2})[.\-/ ]\s?(\d{4}|\d\d)$/.exec(number) ?? /^(\d\d)(\d\d)(\d{4}|\d\d)$/.exec(number);
  if (parted) {
    const found = daysOf(parted[1] ?? '', parted[2] ?? '', parted[3] ?? '', today);
    if (found.length > 0) return found;
  }
  const turned = /^(\d{4})[.\-/ ]?(\d{1,2})[.\-/ ]?(\d{1,2})$/.exec(number);
  return turned ? daysOf(turned[3] ?? '', turned[2] ?? '', turned[1] ?? '', today) : [];
}

const centuriesOfLatvia = ['18', '19', '20'];
const centuriesOfEstonia = ['18', '18', '19', '19', '20', '20', '21', '21'];

/** The birth dates that the beginning of a Latvian (ddmmyyc…) or Estonian code (gyymmdd…) tells. */
function datesOfCodeStart(digits: string, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const [day, month, year] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)];
  const century = digits.length > 6 ? centuriesOfLatvia[Number(digits[6])] : undefined;
  const isLatvian = digits.length === 6 || century !== undefined;
  const latvian = isLatvian ? daysOf(day, month, `${century ?? ''}${year}`, today) : [];
  const estonian = centuriesOfEstonia[Number(digits[0]) - 1];
  if (digits.length < 7 || estonian === undefined) return latvian;
  const [yy, mm, dd] = [digits.slice(1, 3), digits.slice(3, 5), digits.slice(5, 7)];
  return [...latvian, ...daysOf(dd, mm, `${estonian}${yy}`, today)];
}

const nothing: SearchText = {
  name: '',
  code: null,
  codeStart: null,
  birthDates: [],
  birthYear: null,
  phoneEnd: null,
  reference: null,
};

/**
 * Reads what was typed into the one box: a name, a person code or its beginning, a telephone number or its end, a birth
 * date, an appointment's reference, or a name and one of the numbers.
 * @param today the day at the clinic: nobody is born later
 */
export function readSearch(text: string, today: Temporal.PlainDate): SearchText {
  const typed = text.slice(0, 200).trim();
  const solid = typed.replace(/[\s-]/g, '').toUpperCase();
  const reference = /^[0-9A-Z]{16}$/.test(solid) && /[A-Z]/.test(solid) ? solid : null;
  const number = /\+?\d[\d\s.\-/()]*/.exec(typed)?.[0].trim() ?? '';
  if (reference && number !== '') return { ...nothing, reference };
  const name = typed.replace(number, ' ').replace(/[+\d]/g, ' ').replace(/\s+/g, ' ').trim();
  const digits = number.replace(/\D/g, '');
  if (digits.length < 4) return { ...nothing, name, reference };
  const year = Number(digits);
  const isYear = name !== '' && digits.length === 4 && year >= 1900 && year <= today.year;
  const isCodeStart = /^[\d\s-]+$/.test(number) && digits.length >= 6 && digits.length < 11;
  const birthDates = isCodeStart ? datesOfCodeStart(digits, today) : [];
  return {
    name,
    reference: null,
    code: /^[\d\s-]+$/.test(number) && digits.length === 11 ? digits : null,
    codeStart: birthDates.length > 0 ? { digits, birthDates } : null,
    birthDates: datesOf(number, today),
    birthYear: isYear ? year : null,
    // 00 dials another country only before a whole number.
    phoneEnd: digits.length <= 15 ? digits.replace(/^00(?=\d{8})/, '') : null,
  };
}
