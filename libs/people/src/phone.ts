import { type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Numbers that cost whoever calls them, or that nobody answers. */
const refused: ReadonlySet<NumberType> = new Set(['PREMIUM_RATE', 'SHARED_COST', 'UAN', 'PAGER', 'VOICEMAIL']);

const parse = (text: string, country: 'LV' | 'EE') => {
  const typed = text.trim();
  if (typed.length > 40 || !/^[+0-9\s().\-/]+$/.test(typed)) return undefined;
  return parsePhoneNumberFromString(typed.replace(/[()]/g, '').replace(/^00/, '+'), {
    defaultCountry: country,
    extract: false,
  });
};

/**
 * A telephone number in E.164, or null: not a number, or one that costs extra (standards 3.2).
 * @param country whose national form is understood without a prefix
 */
export function normalisePhone(text: string, country: 'LV' | 'EE' = 'LV'): string | null {
  const number = parse(text, country);
  if (!number?.isValid()) return null;
  const type = number.getType();
  return type === undefined || refused.has(type) ? null : number.number;
}

/** Whether an SMS can reach it. */
export function isMobile(phone: string): boolean {
  const type = parse(phone, 'LV')?.getType();
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
}
