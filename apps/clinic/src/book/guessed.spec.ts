import { describe, expect, it } from '@jest/globals';
import { guessed } from './guessed.js';

const today = Temporal.PlainDate.from('2027-03-01');

describe('what was searched for and not found', () => {
  it('fills the fields of somebody new', () => {
    const known = { patient: { language: 'lv' } };
    const named = (given: string, family: string) => ({
      ...known,
      'patient.givenName': given,
      'patient.familyName': family,
    });
    expect(guessed('jānis bērziņš-kalns', 'lv', today)).toEqual(named('Jānis', 'Bērziņš-Kalns'));
    expect(guessed('Anna von der Osten', 'lv', today)).toEqual(named('Anna', 'von der Osten'));
    expect(guessed('12.05.1980', 'en', today)).toEqual({ ...known, 'patient.identity': '12.05.1980' });
    expect(guessed('320101-12345', 'lv', today)).toEqual({ ...known, 'patient.identity': '320101-12345' });
    expect(guessed('20000001', 'lv', today)).toEqual({ ...known, phone: '20000001' });
    expect(guessed(undefined, 'et', today)).toEqual({ patient: { language: 'et' } });
  });
});
