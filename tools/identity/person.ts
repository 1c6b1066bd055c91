/** Somebody to be: what an eID would say about a person. */
export interface Person {
  givenName: string;
  familyName: string;
  /** YYYY-MM-DD */
  birthDate: string;
  country: 'LV' | 'EE';
  personalCode: string;
}

/** Invented people with well-formed codes, to sign in as with one press. */
export const examples: readonly Person[] = [
  { givenName: 'Ilze', familyName: 'Bērziņa', birthDate: '1958-03-12', country: 'LV', personalCode: '120358-11232' },
  { givenName: 'Juris', familyName: 'Kalniņš', birthDate: '1979-07-05', country: 'LV', personalCode: '050779-10524' },
  { givenName: 'Anna', familyName: 'Ivanova', birthDate: '1992-01-24', country: 'LV', personalCode: '240192-11745' },
  { givenName: 'Mari', familyName: 'Tamm', birthDate: '1990-06-15', country: 'EE', personalCode: '49006152733' },
  { givenName: 'Priit', familyName: 'Saar', birthDate: '1968-11-23', country: 'EE', personalCode: '36811230342' },
];

/** The same person gets the same subject each time: country and the digits of the code. */
export const subjectOf = (person: Person): string => `${person.country}${person.personalCode.replaceAll('-', '')}`;

export type PersonErrors = Partial<Record<keyof Person, string>>;

/** What was typed, and what is wrong with it; being anybody is allowed, being nobody is not. */
export function readPerson(form: URLSearchParams): { person: Person; errors: PersonErrors } {
  const field = (name: string): string => (form.get(name) ?? '').normalize('NFC').trim().slice(0, 100);
  const person: Person = {
    givenName: field('givenName'),
    familyName: field('familyName'),
    birthDate: field('birthDate'),
    country: field('country') === 'EE' ? 'EE' : 'LV',
    personalCode: field('personalCode'),
  };
  const errors: PersonErrors = {};
  if (!person.givenName) errors.givenName = 'Enter a given name.';
  if (!person.familyName) errors.familyName = 'Enter a family name.';
  if (!isDate(person.birthDate)) errors.birthDate = 'Enter a date as 1990-06-15.';
  const pattern = person.country === 'LV' ? /^\d{6}-?\d{5}$/ : /^\d{11}$/;
  if (!pattern.test(person.personalCode)) {
    errors.personalCode = person.country === 'LV' ? 'Enter a code as 120358-11232.' : 'Enter 11 digits.';
  }
  return { person, errors };
}

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}
