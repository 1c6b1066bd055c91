import { describe, expect, it } from '@jest/globals';
import { answerDue, cancelDeadline, holdEnds, isLateCancel } from './deadlines.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

describe('cancelling', () => {
  const visit = at('2026-12-10T12:00:00Z');

  it('is in time 24 hours before, to the second', () => {
    expect(isLateCancel(visit, 24, at('2026-12-09T12:00:00Z'))).toBe(false);
    expect(isLateCancel(visit, 24, at('2026-12-09T12:00:01Z'))).toBe(true);
  });

  it('counts elapsed hours over the October clock change', () => {
    const morning = at('2026-10-25T11:00:00+02:00');
    expect(isLateCancel(morning, 24, at('2026-10-24T11:30:00+03:00'))).toBe(false);
    expect(isLateCancel(morning, 24, at('2026-10-24T12:30:00+03:00'))).toBe(true);
  });

  it('counts elapsed hours over the March clock change', () => {
    const morning = at('2026-03-29T11:00:00+03:00');
    expect(cancelDeadline(morning, 24).toString()).toBe('2026-03-28T08:00:00Z');
    expect(isLateCancel(morning, 24, at('2026-03-28T10:30:00+02:00'))).toBe(true);
  });

  it('is never late where the clinic has no such rule', () => {
    expect(isLateCancel(visit, 0, visit)).toBe(false);
  });
});

describe('a request', () => {
  it('is answered within the clinic’s hours', () => {
    expect(answerDue(at('2026-12-01T10:00:00Z'), at('2026-12-10T10:00:00Z'), 24).toString()).toBe(
      '2026-12-02T10:00:00Z',
    );
  });

  it('is answered before the visit would begin', () => {
    expect(answerDue(at('2026-12-01T10:00:00Z'), at('2026-12-01T15:00:00Z'), 24).toString()).toBe(
      '2026-12-01T15:00:00Z',
    );
  });
});

describe('a hold', () => {
  const held = at('2026-12-01T10:00:00Z');

  it('lasts ten minutes from its last extension', () => {
    expect(holdEnds(held, held).toString()).toBe('2026-12-01T10:10:00Z');
    expect(holdEnds(held, at('2026-12-01T10:08:00Z')).toString()).toBe('2026-12-01T10:18:00Z');
  });

  it('ends an hour after it was taken, however often it is extended', () => {
    expect(holdEnds(held, at('2026-12-01T10:57:00Z')).toString()).toBe('2026-12-01T11:00:00Z');
  });
});
