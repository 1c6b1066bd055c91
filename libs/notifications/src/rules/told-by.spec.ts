import { describe, expect, it } from '@jest/globals';
import { toldBy } from './told-by.js';

const riga = { country: 'LV', zone: 'Europe/Riga' } as const;
const tallinn = { country: 'EE', zone: 'Europe/Tallinn' } as const;
const within = (local: string, place: typeof riga | typeof tallinn = riga): string[] => {
  const { alarm, due } = toldBy(Temporal.PlainDateTime.from(local).toZonedDateTime(place.zone).toInstant(), place);
  return [alarm, due].map((each) =>
    each.toZonedDateTimeISO(place.zone).toPlainDateTime().toString({ smallestUnit: 'minute' }),
  );
};

describe('a patient hears of what a clinic changed within one working day', () => {
  it('at the latest at the same hour of the next one, with an alarm two working hours before', () => {
    expect(within('2026-12-01T12:00')).toEqual(['2026-12-02T10:00', '2026-12-02T12:00']);
    expect(within('2026-12-01T09:00')).toEqual(['2026-12-01T15:00', '2026-12-01T17:00']);
    expect(within('2026-12-01T03:00')).toEqual(['2026-12-01T15:00', '2026-12-01T17:00']);
  });

  it('counts no evenings, weekends and holidays', () => {
    // Faults D13: Wednesday evening before Christmas; Thursday to Saturday are holidays in both countries.
    expect(within('2026-12-23T17:30')).toEqual(['2026-12-28T15:00', '2026-12-28T17:00']);
    expect(within('2026-12-23T17:30', tallinn)).toEqual(['2026-12-28T15:00', '2026-12-28T17:00']);
    expect(within('2026-12-04T16:00')).toEqual(['2026-12-07T14:00', '2026-12-07T16:00']);
    expect(within('2026-12-05T10:00')).toEqual(['2026-12-07T15:00', '2026-12-07T17:00']);
  });

  it('uses the holidays of the branch’s country', () => {
    // 18 November is a holiday in Latvia only, 24 February in Estonia only.
    expect(within('2026-11-17T12:00')[1]).toBe('2026-11-19T12:00');
    expect(within('2026-11-17T12:00', tallinn)[1]).toBe('2026-11-18T12:00');
    expect(within('2027-02-23T12:00')[1]).toBe('2027-02-24T12:00');
    expect(within('2027-02-23T12:00', tallinn)[1]).toBe('2027-02-25T12:00');
  });

  it('keeps wall-clock hours over the change of the clock', () => {
    expect(within('2026-10-23T16:00')).toEqual(['2026-10-26T14:00', '2026-10-26T16:00']);
  });
});
