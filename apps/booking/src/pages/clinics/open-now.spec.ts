import { describe, expect, it } from '@jest/globals';
import { isOpenAt } from './open-now.js';

const riga = {
  zone: 'Europe/Riga',
  reception: [{ specialty: 'cardiology', weekday: 1, from: '09:00', to: '17:00' }],
};
const at = (time: string): Temporal.Instant => Temporal.Instant.from(time);

describe('a branch', () => {
  // 2027-03-01 is a Monday; Rīga is two hours ahead of UTC in winter, three in summer.
  it.each([
    ['2027-03-01T06:59:59Z', false],
    ['2027-03-01T07:00:00Z', true],
    ['2027-03-01T14:59:00Z', true],
    ['2027-03-01T15:00:00Z', false],
    ['2027-03-02T08:00:00Z', false],
    ['2027-06-07T06:00:00Z', true],
  ])('at %s is open: %s', (moment, isOpen) => {
    expect(isOpenAt(at(moment), riga, undefined)).toBe(isOpen);
  });

  it('is closed by a closure of its own, and not by one of a single practitioner', () => {
    const closure = { start: at('2027-03-01T00:00:00Z'), end: at('2027-03-02T00:00:00Z'), words: 'Remonts' };
    const told = (practitioner: string | null) => ({ closures: [{ ...closure, practitioner }], days: [] });
    expect(isOpenAt(at('2027-03-01T08:00:00Z'), riga, told(null))).toBe(false);
    expect(isOpenAt(at('2027-03-01T08:00:00Z'), riga, told('Anna'))).toBe(true);
  });

  it('keeps a holiday, and a Saturday that is worked as a Monday', () => {
    const day = { shorterBy: 0, holiday: undefined };
    const saturday = Temporal.PlainDate.from('2027-03-06');
    const worked = { closures: [], days: [{ ...day, day: saturday, isOpen: true, worksAs: 1 }] };
    expect(isOpenAt(at('2027-03-06T08:00:00Z'), riga, worked)).toBe(true);
    const monday = Temporal.PlainDate.from('2027-03-01');
    const holiday = { closures: [], days: [{ ...day, day: monday, isOpen: false, worksAs: 1 }] };
    expect(isOpenAt(at('2027-03-01T08:00:00Z'), riga, holiday)).toBe(false);
  });

  it('without hours on its board says neither', () => {
    expect(isOpenAt(at('2027-03-01T08:00:00Z'), { ...riga, reception: [] }, undefined)).toBeUndefined();
  });
});
