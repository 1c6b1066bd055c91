import { describe, expect, it } from '@jest/globals';
import { maskedCode, parsePersonCode, type PersonCodeCountry, printedCode } from './person-code.js';

const today = Temporal.PlainDate.from('2026-11-22');
const typed = (country: PersonCodeCountry, text: string) => parsePersonCode(country, text, 'typed', today);
const asserted = (country: PersonCodeCountry, text: string) => parsePersonCode(country, text, 'asserted', today);
const why = (check: ReturnType<typeof typed>) => (check.ok ? 'ok' : check.why);

/** A Latvian code with the right last digit, by the other form of the formula. */
const latvian = (ten: string): string => {
  const sum = [10, 5, 8, 4, 2, 1, 6, 3, 7, 9].reduce((total, weight, n) => total + weight * Number(ten[n]), 1);
  return ten + String((sum % 11) % 10);
};

describe('an Estonian person code', () => {
  it.each(['60001019906', '60001017869', '30303039914', '38001085718', '51001091072', '39901012239'])(
    '%s is one',
    (code) => {
      expect(typed('EE', code)).toMatchObject({ ok: true, personCode: { country: 'EE', code }, isDoubtful: false });
    },
  );

  it.each([
    ['36805280108', 'checksum'],
    ['60002309906', 'date'],
    ['90001019906', 'format'],
    ['00001019906', 'format'],
  ])('%s is none because of its %s', (code, reason) => {
    expect(why(typed('EE', code))).toBe(reason);
  });

  it.each([
    ['60001019906', '2000-01-01'],
    ['38001085718', '1980-01-08'],
    ['30303039914', '1903-03-03'],
    ['51001091072', '2010-01-09'],
    ['39901012239', '1999-01-01'],
  ])('%s tells the birth date %s', (code, date) => {
    expect(typed('EE', code)).toMatchObject({ birthDate: Temporal.PlainDate.from(date) });
  });

  it('of tomorrow is refused, of today is not', () => {
    expect(why(typed('EE', '52611230000'))).toBe('future');
    expect(['ok', 'checksum']).toContain(why(typed('EE', '52611220000')));
  });

  it('of another century is refused as not yet born', () => {
    expect(why(typed('EE', '70001010000'))).toBe('future');
  });
});

describe('a Latvian person code', () => {
  it.each(['010190-1', '311285-1', '290200-2', '150505-2'])('of the old kind beginning %s is one', (start) => {
    const code = latvian(`${start.replace('-', '')}123`);
    expect(typed('LV', code)).toMatchObject({ ok: true, personCode: { country: 'LV', code }, isDoubtful: false });
    expect(why(typed('LV', code.slice(0, 10) + ((Number(code[10]) + 1) % 10)))).toBe('checksum');
  });

  it.each(['32503511782', '32867300679', '32000000008'])(
    '%s of the new kind is one and tells no birth date',
    (code) => {
      expect(typed('LV', code)).toEqual({
        ok: true,
        personCode: { country: 'LV', code },
        birthDate: null,
        isDoubtful: false,
      });
    },
  );

  it.each(['33000000000', '39999999999', '38123456789'])('%s begins 3 and 2 to 9, so it is one', (code) => {
    expect(typed('LV', code).ok).toBe(true);
  });

  it('of the new kind with another checksum is taken, and worth a second look', () => {
    expect(typed('LV', '32503511783')).toMatchObject({ ok: true, isDoubtful: true });
  });

  it.each([
    ['300290-11111', 'date'],
    ['310490-11111', 'date'],
    ['290201-21111', 'date'],
    ['010190-31111', 'format'],
    ['410190-11111', 'format'],
    ['231126-21111', 'future'],
  ])('%s is none because of its %s', (code, reason) => {
    expect(why(typed('LV', code))).toBe(reason);
  });

  it('010111-22341, asserted by an eID, is taken though its checksum fails', () => {
    expect(why(typed('LV', '010111-22341'))).toBe('checksum');
    expect(asserted('LV', '010111-22341')).toMatchObject({
      ok: true,
      personCode: { country: 'LV', code: '01011122341' },
      birthDate: Temporal.PlainDate.from('2011-01-01'),
    });
  });

  it('010111-23474 is taken however it comes', () => {
    expect(typed('LV', '010111-23474').ok).toBe(true);
    expect(asserted('LV', '010111-23474').ok).toBe(true);
  });
});

describe('how a code is typed', () => {
  it.each(['320000-00008', '320000 00008', '320000\u00a000008', ' 32000000008 ', '320 000-000 08'])('as %j', (text) => {
    expect(typed('LV', text)).toMatchObject({ personCode: { code: '32000000008' } });
  });

  it.each([
    '',
    '3200000000',
    '320000000080',
    '３２０００００００００８',
    '32000000008a',
    '٣٢٠٠٠٠٠٠٠٠٨',
    `${'-'.repeat(100_000)}32000000008`,
  ])('is not understood as %#', (text) => {
    expect(typed('LV', text)).toEqual({ ok: false, why: 'format' });
    expect(asserted('EE', text)).toEqual({ ok: false, why: 'format' });
  });

  it('is not an Estonian code in the Latvian field', () => {
    expect(typed('LV', '60001019906').ok).toBe(false);
  });
});

describe('how a code is shown', () => {
  it('is masked but for its first digit and its last two', () => {
    expect(maskedCode('32000000006')).toBe('3********06');
  });

  it('has a hyphen in Latvia', () => {
    expect(printedCode({ country: 'LV', code: '32000000008' })).toBe('320000-00008');
    expect(printedCode({ country: 'EE', code: '60001019906' })).toBe('60001019906');
  });
});
