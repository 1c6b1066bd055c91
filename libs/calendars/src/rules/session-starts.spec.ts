import { describe, expect, it } from '@jest/globals';
import { localDate, localTime } from '#libs/time';
import { type SessionPlan, sessionStarts } from './session-starts.js';

const zone = 'Europe/Riga';
const plan: SessionPlan = {
  from: Temporal.PlainDate.from('2027-03-01'),
  to: Temporal.PlainDate.from('2027-03-07'),
  weekdays: [1, 3],
  starts: '10:00',
  ends: '11:00',
  every: 15,
};
const shown = (starts: readonly Temporal.Instant[]): string[] =>
  starts.map((start) => `${localDate(start, zone).toString()} ${localTime(start, zone)}`);

describe('the sessions of a plan', () => {
  it('follow each other on its weekdays, and end in time', () => {
    expect(shown(sessionStarts(plan, 20, zone))).toEqual([
      '2027-03-01 10:00',
      '2027-03-01 10:15',
      '2027-03-01 10:30',
      '2027-03-03 10:00',
      '2027-03-03 10:15',
      '2027-03-03 10:30',
    ]);
  });

  it('are one a day where nothing more fits', () => {
    expect(shown(sessionStarts({ ...plan, ends: '10:00', weekdays: [7] }, 90, zone))).toEqual(['2027-03-07 10:00']);
  });

  it('never begin twice when the clocks change', () => {
    const night = { ...plan, from: Temporal.PlainDate.from('2027-03-28'), to: Temporal.PlainDate.from('2027-03-28') };
    const forward = sessionStarts({ ...night, weekdays: [7], starts: '02:00', ends: '05:00', every: 60 }, 60, zone);
    expect(shown(forward)).toEqual(['2027-03-28 02:00', '2027-03-28 04:00']);
  });

  it('are no more than can be planned at once', () => {
    expect(sessionStarts({ ...plan, to: Temporal.PlainDate.from('2037-03-07') }, 15, zone, 100)).toHaveLength(100);
  });
});
