import { describe, expect, it } from '@jest/globals';
import { isPublicHoliday } from '#libs/holidays';
import { instantAt, merge, type Interval } from '#libs/time';
import type { WeeklyRange } from './calendar-hours.js';
import { ordinaryDay } from './day-rule.js';
import { offeredSlots } from './offered-slots.js';
import { expandOpenings, openTime } from './openings.js';

const zone = 'Europe/Riga';
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const on = (weekday: number, starts: string, ends: string, more: Partial<WeeklyRange> = {}): WeeklyRange => ({
  weekday,
  starts,
  ends,
  validFrom: day('2026-01-01'),
  validTo: null,
  everyNthWeek: 1,
  weekAnchor: day('2026-01-05'),
  ...more,
});
const daily = (starts: string, ends: string): WeeklyRange[] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => on(weekday, starts, ends));
const open = (from: string, to: string, hours: WeeklyRange[], closures: Interval[] = []): string[] =>
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

  it('of a single day are that day’s own, also on a public holiday and where it is not worked', () => {
    const days = [
      { day: day('2026-05-01'), ranges: [{ starts: '10:00', ends: '11:00' }] },
      { day: day('2026-05-02'), ranges: [] },
    ];
    const closed = { dayRule: (each: Temporal.PlainDate) => ({ ...ordinaryDay(each), isOpen: false, shorterBy: 30 }) };
    const time = {
      hours: daily('09:00', '12:00'),
      days,
      closures: [],
      zone,
      from: day('2026-05-01'),
      to: day('2026-05-04'),
    };
    expect(expandOpenings({ ...time, ...closed }).map(({ start }) => start.toString())).toEqual([
      '2026-05-01T07:00:00Z',
    ]);
    expect(expandOpenings({ ...time, dayRule: ordinaryDay })).toHaveLength(2);
  });

  it('of a moved working day are those of the weekday it stands for, and a shortened day ends earlier', () => {
    const hours = [on(5, '08:00', '12:00'), on(5, '13:00', '16:00')];
    const moved = { isOpen: true, worksAs: 5, shorterBy: 180 };
    const time = { hours, closures: [], zone, from: day('2026-06-13'), to: day('2026-06-14') };
    expect(expandOpenings({ ...time, dayRule: () => moved }).map(String).length).toBe(1);
    expect(expandOpenings({ ...time, dayRule: () => moved })[0]?.end.toString()).toBe('2026-06-13T09:00:00Z');
    expect(expandOpenings({ ...time, dayRule: () => ({ ...moved, shorterBy: 60 }) })).toHaveLength(2);
  });

  it('hold a skipped hour not at all and a repeated one twice', () => {
    expect(open('2026-03-29', '2026-03-30', [on(7, '02:00', '03:30'), on(7, '03:45', '05:00')])).toEqual([
      '2026-03-29T00:00/2026-03-29T02:00',
    ]);
    expect(open('2026-03-29', '2026-03-30', [on(7, '03:00', '04:00')])).toEqual([]);
    expect(open('2026-10-25', '2026-10-26', [on(7, '03:00', '04:00')])).toEqual(['2026-10-25T00:00/2026-10-25T02:00']);
  });

  it('say in which part of them only some services can be booked', () => {
    const hours = [on(3, '09:00', '11:00'), on(3, '11:00', '12:00', { serviceIds: ['a'] })];
    const time = { hours, closures: [], dayRule: ordinaryDay, zone, from: day('2026-06-03'), to: day('2026-06-04') };
    const open = openTime(time);
    expect(open.openings).toHaveLength(1);
    const visit = { minutes: 30, bufferBefore: 0, bufferAfter: 15, buffersMayLeaveOpening: true, grid: 15 };
    const last = (service: string): string | undefined => offeredSlots(open, service, visit).at(-1)?.end.toString();
    expect([last('a'), last('b')]).toEqual(['2026-06-03T09:00:00Z', '2026-06-03T08:00:00Z']);
    const closure = {
      start: instantAt(day('2026-06-03'), '11:30', zone),
      end: instantAt(day('2026-06-03'), '18:00', zone),
    };
    expect(openTime({ ...time, closures: [closure] }).limits[0]?.end).toEqual(closure.start);
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
