import { describe, expect, it } from '@jest/globals';
import type { Interval } from '#libs/time';
import { differenceOf, leaveOut } from './busy-times.js';

const at = (hour: string): Temporal.Instant => Temporal.Instant.from(`2026-12-01T${hour}Z`);
const during = (from: string, to: string): Interval => ({ start: at(from), end: at(to) });
const every = (grid: number) => ({ grid, zone: 'Europe/Riga' });
const told = (times: readonly Interval[]): string[] =>
  times.map(({ start, end }) => `${start.toString().slice(11, 16)}–${end.toString().slice(11, 16)}`);

describe('a busy time in an opening', () => {
  const day = { openings: [during('07:00', '15:00')], limits: [] };

  it('leaves the rest of the day on the grid of the opening', () => {
    expect(told(leaveOut(day, [during('10:10', '10:40')], every(30)).openings)).toEqual(['07:00–10:10', '11:00–15:00']);
    expect(told(leaveOut(day, [during('06:00', '07:50')], every(20)).openings)).toEqual(['08:00–15:00']);
    expect(told(leaveOut(day, [during('14:00', '14:50')], every(15)).openings)).toEqual(['07:00–14:00']);
  });

  it('begins anew with the day where an opening goes through the night', () => {
    const night = { openings: [{ start: at('20:10'), end: at('20:10').add({ hours: 24 }) }], limits: [] };
    const toMidnight = [{ start: at('21:00'), end: at('21:55') }];
    expect(told(leaveOut(night, toMidnight, every(50)).openings)).toEqual(['20:10–21:00', '22:00–20:10']);
    const past = [{ start: at('21:00'), end: at('22:10') }];
    expect(told(leaveOut(night, past, every(50)).openings)).toEqual(['20:10–21:00', '22:50–20:10']);
  });

  it('cuts hours for some services with it', () => {
    const limits = [{ ...during('10:00', '12:00'), serviceIds: ['a'] }];
    const left = leaveOut({ ...day, limits }, [during('10:10', '10:40')], every(30)).limits;
    expect(told(left)).toEqual(['10:00–10:10', '11:00–12:00']);
    expect(left.every(({ serviceIds }) => serviceIds.includes('a'))).toBe(true);
  });
});

describe('what is stored against what is read', () => {
  const within = { start: at('08:00'), end: Temporal.Instant.from('2027-04-01T00:00Z') };
  const kept = [
    { id: 'over', ...during('06:00', '07:00') },
    { id: 'now', ...during('07:30', '09:00') },
    { id: 'later', ...during('12:00', '13:00') },
  ];

  it('is the same while nothing changes, also when the time goes on', () => {
    const busy = [during('07:30', '09:00'), during('12:00', '13:00')];
    expect(differenceOf(kept, busy, within)).toEqual({ gone: [], come: [], changed: [] });
  });

  it('differs only where something does', () => {
    const { gone, come, changed } = differenceOf(kept, [during('07:30', '09:00'), during('12:30', '13:30')], within);
    expect(gone).toEqual(['later']);
    expect(told(come)).toEqual(['12:30–13:30']);
    expect(told(changed)).toEqual(['12:00–13:30']);
  });

  it('takes what lies near together and keeps what lies far apart', () => {
    const later = (days: number): Interval => ({
      start: at('10:00').add({ hours: 24 * days }),
      end: at('11:00').add({ hours: 24 * days }),
    });
    const { changed } = differenceOf([], [later(1), later(3), later(30)], within);
    expect(changed).toEqual([{ start: later(1).start, end: later(3).end }, later(30)]);
  });
});
