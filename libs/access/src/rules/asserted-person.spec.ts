import { describe, expect, it } from '@jest/globals';
import { assertedPerson } from './asserted-person.js';

describe('what an identity provider says of a person', () => {
  const claims = {
    sub: 'LV0101',
    given_name: 'MARY ÄNN',
    family_name: 'O’CONNEŽ-ŠUSLIK',
    birthdate: '2000-01-01',
    personal_code: '320000-00008',
    country: 'lv',
  };

  it('is read from its claims, the code by its form only', () => {
    expect(assertedPerson(claims)).toEqual({
      subject: 'LV0101',
      givenName: 'MARY ÄNN',
      familyName: 'O’CONNEŽ-ŠUSLIK',
      birthDate: Temporal.PlainDate.from('2000-01-01'),
      personCode: { country: 'LV', code: '32000000008' },
    });
  });

  it('leaves out a code of another country and a date that does not exist', () => {
    expect(assertedPerson({ ...claims, country: 'FI', birthdate: '2000-02-30' })).toMatchObject({
      personCode: null,
      birthDate: null,
    });
  });

  it.each([
    ['no name', { given_name: undefined }],
    ['an empty name', { family_name: ' ' }],
    ['a name with a line end', { given_name: 'A\r\nBcc: x' }],
    ['a name that is no text', { given_name: ['Ilze'] }],
    ['no subject', { sub: 12 }],
  ])('is nobody with %s', (_, changed) => {
    expect(assertedPerson({ ...claims, ...changed })).toBeNull();
  });
});
