import { parseDate } from '#libs/time';

/** What an identity provider asserts of a person, read from its claims. */
export interface AssertedPerson {
  subject: string;
  givenName: string;
  familyName: string;
  birthDate: Temporal.PlainDate | null;
  personCode: { country: 'LV' | 'EE'; code: string } | null;
}

type Claims = Readonly<Record<string, unknown>>;

/** OIDC Core 5.7: at most 255 ASCII characters; eIDAS identifiers may have 256. */
const longestSubject = 256;

const textOf = (claims: Claims, name: string, longest: number): string | null => {
  const value = claims[name];
  if (typeof value !== 'string') return null;
  const text = value.normalize('NFC').trim();
  // oxlint-disable-next-line no-control-regex
  return text.length > 0 && text.length <= longest && !/[\u0000-\u001f\u007f-\u009f]/.test(text) ? text : null;
};

/**
 * The person of an ID token or userinfo, or null when there is no name. Codes asserted by an eID are checked for their
 * form only (S-3.3); a code of another country is no key of ours and is left out (S-3.5).
 */
export function assertedPerson(claims: Claims): AssertedPerson | null {
  const subject = textOf(claims, 'sub', longestSubject);
  const givenName = textOf(claims, 'given_name', 100);
  const familyName = textOf(claims, 'family_name', 100);
  if (!subject || !givenName || !familyName) return null;
  const country = textOf(claims, 'country', 2)?.toUpperCase();
  const code = (textOf(claims, 'personal_code', 20) ?? '').replace(/[-\s]/g, '');
  const isOurs = (country === 'LV' || country === 'EE') && /^\d{11}$/.test(code);
  return {
    subject,
    givenName,
    familyName,
    birthDate: parseDate(textOf(claims, 'birthdate', 10) ?? ''),
    personCode: isOurs ? { country, code } : null,
  };
}
