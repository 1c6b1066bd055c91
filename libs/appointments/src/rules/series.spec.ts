import { describe, expect, it } from '@jest/globals';
import { daysOfSeries, nearestTo } from './series.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const said = (days: readonly Temporal.PlainDate[]): string[] => days.map(String);
const weekly = { unit: 'weeks', every: 1, weekdays: [], count: 3 } as const;

describe('the days of a series', () => {
  it('are every n-th day', () => {
    const days = daysOfSeries({ first: day('2027-02-27'), unit: 'days', every: 2, weekdays: [], count: 3 });
    expect(said(days)).toEqual(['2027-02-27', '2027-03-01', '2027-03-03']);
  });

  it('are the same weekday of every n-th week', () => {
    expect(said(daysOfSeries({ ...weekly, first: day('2026-12-24') }))).toEqual([
      '2026-12-24',
      '2026-12-31',
      '2027-01-07',
    ]);
    expect(said(daysOfSeries({ ...weekly, every: 2, first: day('2026-12-24') }))[2]).toBe('2027-01-21');
  });

  it('are chosen weekdays, from the first day on', () => {
    const days = daysOfSeries({ ...weekly, first: day('2027-03-03'), weekdays: [5, 1, 3, 3], count: 5 });
    expect(said(days)).toEqual(['2027-03-03', '2027-03-05', '2027-03-08', '2027-03-10', '2027-03-12']);
    const others = daysOfSeries({ ...weekly, every: 2, first: day('2027-03-03'), weekdays: [1], count: 2 });
    expect(said(others)).toEqual(['2027-03-15', '2027-03-29']);
  });

  it('are fifty-two at most, and none where none are wanted', () => {
    expect(daysOfSeries({ ...weekly, first: day('2027-03-03'), count: 500 })).toHaveLength(52);
    expect(daysOfSeries({ ...weekly, first: day('2027-03-03'), count: 0 })).toEqual([]);
    expect(daysOfSeries({ ...weekly, every: 0, first: day('2027-03-03') })).toHaveLength(3);
  });
});

describe('the nearest free times', () => {
  const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2027-03-03T${time}:00Z`);
  it('are the last before and the first after, in any order of what is free', () => {
    const found = nearestTo(at('10:00'), [at('12:00'), at('08:00'), at('09:30'), at('10:30'), at('10:00')]);
    expect([found.before?.toString(), found.after?.toString()]).toEqual([
      '2027-03-03T09:30:00Z',
      '2027-03-03T10:30:00Z',
    ]);
    expect(nearestTo(at('10:00'), [])).toEqual({ before: null, after: null });
  });
});
