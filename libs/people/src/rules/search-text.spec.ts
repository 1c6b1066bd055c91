import { describe, expect, it } from '@jest/globals';
import { datesOf, readSearch } from './search-text.js';

const today = Temporal.PlainDate.from('2027-03-01');
const read = (text: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(JSON.parse(JSON.stringify(readSearch(text, today))) as Record<string, unknown>).filter(
      ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );

describe('what is typed into the one box', () => {
  it.each([
    ['berzins', { name: 'berzins' }],
    ['  Bērziņa  Anna-Marija ', { name: 'Bērziņa Anna-Marija' }],
    ["O'Brien", { name: "O'Brien" }],
    ['12', {}],
    ['320101-12345', { code: '32010112345', phoneEnd: '32010112345' }],
    ['32010112345', { code: '32010112345', phoneEnd: '32010112345' }],
    ['+371 20 000 001', { phoneEnd: '37120000001' }],
    ['0037120000001', { phoneEnd: '37120000001' }],
    ['0001', { phoneEnd: '0001' }],
    ['12.05.1980', { birthDates: ['1980-05-12'], phoneEnd: '12051980' }],
    ['1980-05-12', { birthDates: ['1980-05-12'], phoneEnd: '19800512' }],
    ['bērziņš 12.05.1980', { name: 'bērziņš', birthDates: ['1980-05-12'], phoneEnd: '12051980' }],
    ['bērziņš 1980', { name: 'bērziņš', birthYear: 1980, phoneEnd: '1980' }],
    ['2055 bērziņš', { name: 'bērziņš', phoneEnd: '2055' }],
    ['BCDF GHJK 2345 6789', { reference: 'BCDFGHJK23456789' }],
  ])('%s', (text, meant) => {
    expect(read(text)).toEqual(meant);
  });

  it('may be the beginning of a code that tells its birth date', () => {
    expect(read('120580-1')).toMatchObject({ codeStart: { digits: '1205801', birthDates: ['1980-05-12'] } });
    expect(read('3800512')).toMatchObject({ codeStart: { digits: '3800512', birthDates: ['1980-05-12'] } });
    expect(read('120510')).toMatchObject({ codeStart: { digits: '120510', birthDates: ['2010-05-12', '1910-05-12'] } });
  });

  it('is a day in many ways of writing, and never one to come', () => {
    for (const text of [
      '12.05.1980',
      '12.5.80',
      '12/05/1980',
      '12 05 1980',
      '12. 05. 1980',
      '120580',
      '12051980',
      '19800512',
      '1980-05-12',
    ])
      expect([text, datesOf(text, today).map(String)]).toEqual([text, ['1980-05-12']]);
    expect(datesOf('12.05.10', today).map(String)).toEqual(['2010-05-12', '1910-05-12']);
    for (const text of ['32.01.1980', '12.13.1980', '01.04.2027', '1205', 'abc', ''])
      expect(datesOf(text, today)).toEqual([]);
  });
});
