import { describe, expect, it } from '@jest/globals';
import { slotsWindow } from './slots-window.js';

describe('the days for which free times are asked', () => {
  const now = Temporal.Instant.from('2026-11-22T08:15:42Z');
  const window = (from?: string, to?: string) => {
    const asked = slotsWindow(from, to, now);
    return asked.ok ? `${asked.from} – ${asked.to}` : `${asked.path} ${asked.code}`;
  };

  it.each([
    ['2026-12-01', '2026-12-01', '2026-11-30T22:00:00Z – 2026-12-01T22:00:00Z'],
    ['2026-12-01', '2026-12-31', '2026-11-30T22:00:00Z – 2026-12-31T22:00:00Z'],
    ['2026-12-01T09:00:00+02:00', '2026-12-01T10:00:00Z', '2026-12-01T07:00:00Z – 2026-12-01T10:00:00Z'],
    ['2027-03-27', '2027-03-28', '2027-03-26T22:00:00Z – 2027-03-28T21:00:00Z'],
    ['2026-12-01', undefined, '2026-11-30T22:00:00Z – 2026-12-31T22:00:00Z'],
    [undefined, undefined, '2026-11-22T08:15:00Z – 2026-12-23T08:15:00Z'],
    ['2026-12-01', '2027-02-01', '2026-11-30T22:00:00Z – 2027-02-01T22:00:00Z'],
  ])('from %s to %s are %s', (from, to, expected) => {
    expect(window(from, to)).toBe(expected);
  });

  it.each([
    ['2026-12-02', '2026-12-01', 'to order'],
    ['2026-12-01T09:00:00Z', '2026-12-01T09:00:00Z', 'to order'],
    ['2026-12-01', '2027-02-02', 'to max'],
    ['2026-02-30', '2026-03-01', 'from date'],
    ['2026-12-01', '2026-12-31T24:00:00Z', 'to date'],
    ['2026-12-01T09:00:00', undefined, 'from date'],
    ['2026-12-01T23:59:60Z', undefined, 'from date'],
    ['0000-00-00', undefined, 'from date'],
    ['9999-12-31', undefined, 'from date'],
    ['2026-12-01', '2200-01-01', 'to max'],
    ['', undefined, 'from date'],
  ])('from %j to %j are refused: %s', (from, to, expected) => {
    expect(window(from, to)).toBe(expected);
  });
});
