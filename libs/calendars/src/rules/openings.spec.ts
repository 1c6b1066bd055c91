import { describe, expect, it } from '@jest/globals';
import { isPublicHoliday } from '#libs/holidays';
import { instantAt, merge, type Interval, type WeeklyHours } from '#libs/time';
import { ordinaryDay } from './day-rule.js';
import { expandOpenings } from './openings.js';

const zone = 'Europe/Riga';
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const on = (weekday: number, starts: string, ends: string, more: Partial<WeeklyHours> = {}): WeeklyHours => ({
  weekday,
  starts,
  ends,
  validFrom: day('2026-01-01'),
  validTo: null,
  everyNthWeek: 1,
  weekAnchor: day('2026-01-05'),
  ...more,
});
const daily = (starts: string, ends: string): WeeklyHours[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => on(weekday, starts, ends));
const open = (from: string, to: string, hours: WeeklyHours[], closures: Interval[] = []): string[] =>
  expandOpenings({
    hours,
    closures,
    dayRule: (each) => ({ ...ordinaryDay(each), isOpen: !isPublicHoliday('LV', each) }),
    zone,
    from: day(from),
    to: day(to),
  }).map(({ start, end }) => `${start.toString().slice(0, 16)}/${end.toString().slice(0, 16)}`);

describe('openings', () => {
  it('keep the wall clock across both clock changes', () => {
    expect(open('2026-03-28', '2026-03-30', daily('09:00', '12:00'))).toEqual([
      '2026-03-28T07:00/2026-03-28T10:00',
      '2026-03-29T06:00/2026-03-29T09:00',
    ]);
    expect(open('2026-10-24', '2026-10-26', daily('09:00', '12:00'))).toEqual([
      '2026-10-24T06:00/2026-10-24T09:00',
      '2026-10-25T07:00/2026-10-25T10:00',
    ]);
  });

  it('are one where they adjoin, over midnight too', () => {
    expect(
      open('2026-06-02', '2026-06-04', [on(2, '09:00', '12:00'), on(2, '12:00', '24:00'), on(3, '00:00', '03:00')]),
    ).toEqual(['2026-06-02T06:00/2026-06-03T00:00']);
  });

  it('are interrupted by a break and end where a closure begins', () => {
    const closure = {
      start: instantAt(day('2026-06-03'), '15:00', zone),
      end: instantAt(day('2026-06-04'), '10:00', zone),
    };
    expect(
      open('2026-06-03', '2026-06-05', [...daily('09:00', '12:00'), ...daily('13:00', '17:00')], [closure]),
    ).toEqual([
      '2026-06-03T06:00/2026-06-03T09:00',
      '2026-06-03T10:00/2026-06-03T12:00',
      '2026-06-04T07:00/2026-06-04T09:00',
      '2026-06-04T10:00/2026-06-04T14:00',
    ]);
  });

  it('are none on public holidays, unless the clinic says otherwise', () => {
    expect(open('2026-05-01', '2026-05-05', daily('09:00', '10:00'))).toHaveLength(2);
    const anyDay = { hours: daily('09:00', '10:00'), closures: [], dayRule: ordinaryDay, zone };
    expect(expandOpenings({ ...anyDay, from: day('2026-05-01'), to: day('2026-05-05') })).toHaveLength(4);
  });

  it('come every other week', () => {
    expect(open('2026-06-01', '2026-07-01', [on(3, '09:00', '10:00', { everyNthWeek: 2 })])).toEqual([
      '2026-06-10T06:00/2026-06-10T07:00',
    ]);
  });

  it('hold a skipped hour not at all and a repeated one twice', () => {
    expect(open('2026-03-29', '2026-03-30', [on(7, '02:00', '03:30'), on(7, '03:45', '05:00')])).toEqual([
      '2026-03-29T00:00/2026-03-29T02:00',
    ]);
    expect(open('2026-03-29', '2026-03-30', [on(7, '03:00', '04:00')])).toEqual([]);
    expect(open('2026-10-25', '2026-10-26', [on(7, '03:00', '04:00')])).toEqual(['2026-10-25T00:00/2026-10-25T02:00']);
  });

  it('of a longer time are those of its parts', () => {
    const hours = [...daily('00:00', '24:00')];
    const from = (a: string, b: string): Interval[] =>
      expandOpenings({ hours, closures: [], dayRule: ordinaryDay, zone, from: day(a), to: day(b) });
    expect(merge([...from('2026-01-01', '2026-06-30'), ...from('2026-06-30', '2027-01-01')])).toEqual(
      from('2026-01-01', '2027-01-01'),
    );
  });
});
