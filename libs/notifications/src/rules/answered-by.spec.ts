import { describe, expect, it } from '@jest/globals';
import { answeredBy } from './answered-by.js';

const riga = { country: 'LV', zone: 'Europe/Riga' } as const;
const tallinn = { country: 'EE', zone: 'Europe/Tallinn' } as const;
const local = (text: string, zone: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
const within = (asked: string, place: typeof riga | typeof tallinn = riga, lapses = '2027-12-31T12:00'): string[] => {
  const { alarm, due } = answeredBy(local(asked, place.zone), local(lapses, place.zone), place);
  return [alarm, due].map((each) =>
    each.toZonedDateTimeISO(place.zone).toPlainDateTime().toString({ smallestUnit: 'minute' }),
  );
};

describe('a request in writing is answered', () => {
  it('by the end of the second working day after it came, with an alarm when three quarters are over', () => {
    expect(within('2026-12-01T08:00')).toEqual(['2026-12-03T13:00', '2026-12-03T17:00']);
    expect(within('2026-12-01T23:59')).toEqual(['2026-12-03T13:00', '2026-12-03T17:00']);
    expect(within('2026-12-04T12:00')).toEqual(['2026-12-08T13:00', '2026-12-08T17:00']);
  });

  it('counting no weekends and no holidays of the branch’s country', () => {
    expect(within('2026-12-23T10:00')[1]).toBe('2026-12-29T17:00');
    expect(within('2026-11-16T10:00')[1]).toBe('2026-11-19T17:00');
    expect(within('2026-11-16T10:00', tallinn)[1]).toBe('2026-11-18T17:00');
  });

  it('before it lapses, where the clinic gives itself less time', () => {
    expect(within('2026-12-01T12:00', riga, '2026-12-02T12:00')).toEqual(['2026-12-02T06:00', '2026-12-02T12:00']);
  });
});
