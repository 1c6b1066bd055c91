import { describe, expect, it } from '@jest/globals';
import { runsAmong, startsOfRun, strideOf } from './runs.js';

const at = (time: string): Temporal.Instant => Temporal.Instant.from(`2027-03-02T${time}:00Z`);
const times = (...all: string[]): Temporal.Instant[] => all.map(at);
const said = (starts: readonly Temporal.Instant[]): string[] => starts.map((start) => start.toString().slice(11, 16));
const half = { minutes: 30, bufferBefore: 0, bufferAfter: 0, grid: 30 };

describe('visits one right after another', () => {
  it('start a visit and its buffers apart, on the grid', () => {
    expect(strideOf(half)).toBe(30);
    expect(strideOf({ ...half, bufferAfter: 5 })).toBe(60);
    expect(strideOf({ ...half, bufferBefore: 5, bufferAfter: 5, grid: 10 })).toBe(40);
    expect(said(startsOfRun(at('09:00'), 3, { ...half, bufferAfter: 10, grid: 20 }))).toEqual([
      '09:00',
      '09:40',
      '10:20',
    ]);
  });

  it('are found wherever every one of them is free', () => {
    const free = times('09:00', '09:30', '10:00', '11:00', '11:30');
    expect(said(runsAmong(free, 2, half))).toEqual(['09:00', '09:30', '11:00']);
    expect(said(runsAmong(free, 3, half))).toEqual(['09:00']);
    expect(said(runsAmong(free, 4, half))).toEqual([]);
    expect(said(runsAmong(times('09:00', '09:15', '09:30', '09:45', '10:00'), 2, { ...half, grid: 15 }))).toEqual([
      '09:00',
      '09:15',
      '09:30',
    ]);
  });

  it('may cross the change of the clock: what counts is elapsed time', () => {
    const night = ['2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:30:00Z'].map((text) =>
      Temporal.Instant.from(text),
    );
    expect(runsAmong(night, 3, half)).toHaveLength(1);
  });
});
