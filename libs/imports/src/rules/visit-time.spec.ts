import { describe, expect, it } from '@jest/globals';
import { visitStart } from './visit-time.js';

const told = (cell: string, zone = 'Europe/Riga'): string => {
  const read = visitStart(cell, zone);
  return read.ok ? read.value.toString() : read.code;
};

describe('when a visit of a file begins', () => {
  it.each([
    ['2027-01-11 09:30', '2027-01-11T07:30:00Z'],
    ['2027-01-11T09:30:00', '2027-01-11T07:30:00Z'],
    ['11.01.2027 9:30', '2027-01-11T07:30:00Z'],
    ['1.7.2027. 9:30', '2027-07-01T06:30:00Z'],
    ['2027-01-11T09:30:00+02:00', '2027-01-11T07:30:00Z'],
    ['2027-01-11T07:30:00Z', '2027-01-11T07:30:00Z'],
    ['2027-01-11T07:30:00.000Z', '2027-01-11T07:30:00Z'],
    ['2026-10-25 03:30+03:00', '2026-10-25T00:30:00Z'],
    ['2026-10-25 03:30 +02:00', '2026-10-25T01:30:00Z'],
    ['2026-10-25 04:00', '2026-10-25T02:00:00Z'],
  ])('%s is %s', (cell, instant) => {
    expect(told(cell)).toBe(instant);
    expect(told(cell, 'Europe/Tallinn')).toBe(instant);
  });

  it.each([
    ['2026-03-29 03:30', 'time-skipped'],
    ['2026-03-29 03:00', 'time-skipped'],
    ['2026-10-25 03:30', 'time-ambiguous'],
    ['2026-10-25 03:00', 'time-ambiguous'],
    ['2027-01-11T09:30+03:00', 'offset-of-other-zone'],
    ['2026-03-29T03:30+02:00', 'offset-of-other-zone'],
    ['2027-02-30 09:30', 'moment'],
    ['2027-01-11 24:00', 'moment'],
    ['2027-01-11', 'moment'],
    ['09:30', 'moment'],
    ['01/11/2027 09:30', 'moment'],
    [`${'9'.repeat(100_000)} 09:30`, 'moment'],
  ])('%.30s is refused as %s', (cell, code) => {
    expect(told(cell)).toBe(code);
  });
});
