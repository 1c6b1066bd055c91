import { describe, expect, it } from '@jest/globals';
import {
  dayBounds,
  hasAmbiguousWallTime,
  instantAt,
  instantReaching,
  localDate,
  localTime,
  offsetLabel,
  parseWallTime,
} from './wall-clock.js';
import { fc } from '../../../test/support/properties.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const hoursOf = (text: string, zone: string): number => {
  const { start, end } = dayBounds(day(text), zone);
  return start.until(end).total('hours');
};

describe.each(['Europe/Riga', 'Europe/Tallinn'])('the wall clock of %s', (zone) => {
  const at = (date: string, time: string): string => instantAt(day(date), time, zone).toString();
  const reaching = (date: string, time: string): string => instantReaching(day(date), time, zone).toString();

  it('keeps nine o’clock at nine in summer and in winter', () => {
    expect(at('2026-03-28', '09:00')).toBe('2026-03-28T07:00:00Z');
    expect(at('2026-03-29', '09:00')).toBe('2026-03-29T06:00:00Z');
    expect(at('2026-10-25', '09:00')).toBe('2026-10-25T07:00:00Z');
  });

  it('has days of 23, 24 and 25 hours', () => {
    expect(hoursOf('2026-03-29', zone)).toBe(23);
    expect(hoursOf('2026-03-30', zone)).toBe(24);
    expect(hoursOf('2026-10-25', zone)).toBe(25);
  });

  it('ends a day where the next begins', () => {
    expect(at('2026-12-31', '24:00')).toBe(at('2027-01-01', '00:00'));
  });

  it('takes the first of two equal times and can tell them apart', () => {
    const first = instantAt(day('2026-10-25'), '03:30', zone);
    const second = first.add({ hours: 1 });
    expect(first.toString()).toBe('2026-10-25T00:30:00Z');
    expect([localTime(first, zone), localTime(second, zone)]).toEqual(['03:30', '03:30']);
    expect([offsetLabel(first, zone), offsetLabel(second, zone)]).toEqual(['+03:00', '+02:00']);
    expect([first, second].map((each) => hasAmbiguousWallTime(each, zone))).toEqual([true, true]);
    expect(hasAmbiguousWallTime(second.add({ minutes: 30 }), zone)).toBe(false);
  });

  it('shifts one skipped time, but reaches all of them at the skip', () => {
    expect(at('2026-03-29', '03:30')).toBe('2026-03-29T01:30:00Z');
    expect(reaching('2026-03-29', '03:00')).toBe('2026-03-29T01:00:00Z');
    expect(reaching('2026-03-29', '03:30')).toBe('2026-03-29T01:00:00Z');
    expect(reaching('2026-03-29', '04:00')).toBe('2026-03-29T01:00:00Z');
    expect(reaching('2026-03-29', '04:15')).toBe('2026-03-29T01:15:00Z');
  });

  it('reaches a later time never earlier, on any day', () => {
    const time = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    const days = fc.oneof(
      fc.constantFrom('2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31').map(day),
      fc.nat(1000).map((days) => day('2025-01-01').add({ days })),
    );
    fc.assert(
      fc.property(days, time, time, (on, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const [start, end] = [instantReaching(on, early, zone), instantReaching(on, late, zone)];
        expect(Temporal.Instant.compare(start, end)).toBeLessThanOrEqual(0);
        expect(localDate(start, zone).equals(on)).toBe(true);
        expect(localTime(start, zone) >= early).toBe(true);
      }),
    );
  });
});

describe('a time of day', () => {
  it('is two digits, a colon and two digits', () => {
    expect(['00:00', '23:59', '24:00'].map(parseWallTime)).toEqual(['00:00', '23:59', '24:00']);
    for (const text of ['24:01', '9:00', '12:60', '12:00:00', '', ' 09:00', '٠٩:٠٠'])
      expect(parseWallTime(text)).toBe(null);
  });

  it('is refused loudly where it should have been parsed', () => {
    expect(() => instantAt(day('2026-01-01'), '25:00', 'Europe/Riga')).toThrow(RangeError);
  });
});
