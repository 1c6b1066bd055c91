import { describe, expect, it } from '@jest/globals';
import { identityOf } from './identity.js';

const today = Temporal.PlainDate.from('2027-03-01');

describe('the one field of a new patient', () => {
  it('is a code of the country whose rules it fits', () => {
    expect(identityOf('328673-00679', 'EE', today)).toEqual({ personCode: { country: 'LV', code: '32867300679' } });
    expect(identityOf('38005120016', 'EE', today)).toMatchObject({ personCode: { country: 'EE' } });
    expect(identityOf('60001019906', 'LV', today)).toMatchObject({ personCode: { country: 'EE' } });
  });

  it('is a birth date in many ways of writing', () => {
    for (const text of ['12.05.1980', '12.5.80', '1980-05-12', '120580'])
      expect([text, String(Object.values(identityOf(text, 'LV', today))[0])]).toEqual([text, '1980-05-12']);
  });

  it('is a mistake otherwise, said in words; a code that fits nowhere is checked as the own country’s', () => {
    expect(identityOf(undefined, 'LV', today)).toEqual({ mistake: 'caller.new.identity-needed' });
    expect(identityOf('berzins', 'LV', today)).toEqual({ mistake: 'caller.new.identity-wrong' });
    expect(identityOf('12.05.2080', 'LV', today)).toEqual({ mistake: 'caller.new.identity-wrong' });
    expect(identityOf('99999911111', 'LV', today)).toEqual({ personCode: { country: 'LV', code: '99999911111' } });
  });
});
