import { describe, expect, it } from '@jest/globals';
import { stampsOf } from './stamps.js';

const stamps = (...steps: string[]): string[] => stampsOf(steps.map((step) => Temporal.Instant.from(step))).map(String);

describe('the stamps of an appointment’s invitations', () => {
  it('are the seconds in which the steps happened', () => {
    expect(stamps('2026-12-01T10:00:00.999Z', '2026-12-01T10:05:00.2Z')).toEqual([
      '2026-12-01T10:00:00Z',
      '2026-12-01T10:05:00Z',
    ]);
  });

  it('rise also when several steps fall into one second', () => {
    expect(
      stamps('2026-12-01T10:00:00.1Z', '2026-12-01T10:00:00.2Z', '2026-12-01T10:00:00.3Z', '2026-12-01T10:00:01Z'),
    ).toEqual(['2026-12-01T10:00:00Z', '2026-12-01T10:00:01Z', '2026-12-01T10:00:02Z', '2026-12-01T10:00:03Z']);
  });

  it('rise also when a clock was set back', () => {
    expect(stamps('2026-12-01T10:00:00Z', '2026-12-01T09:00:00Z')).toEqual([
      '2026-12-01T10:00:00Z',
      '2026-12-01T10:00:01Z',
    ]);
  });
});
