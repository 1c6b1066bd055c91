import { describe, expect, it } from '@jest/globals';
import { type AskedEvent, busyOfEvent } from './busy-of-event.js';

const timed: AskedEvent = {
  id: 'a',
  status: 'confirmed',
  start: { dateTime: '2026-12-01T10:00:00+02:00' },
  end: { dateTime: '2026-12-01T11:00:00+02:00' },
};
const busy = (event: Partial<AskedEvent>): string | null => {
  const found = busyOfEvent({ ...timed, ...event }, 'Europe/Riga');
  return found && `${found.start.toString()} ${found.end.toString()}`;
};
const hour = '2026-12-01T08:00:00Z 2026-12-01T09:00:00Z';

describe('an event of one’s own calendar', () => {
  it('keeps whoever has it', () => {
    expect(busy({})).toBe(hour);
    expect(busy({ status: 'tentative' })).toBe(hour);
    expect(busy({ attendees: [{ self: true, responseStatus: 'needsAction' }] })).toBe(hour);
    expect(busy({ attendees: [{ responseStatus: 'declined' }] })).toBe(hour);
  });

  it('keeps nobody who cancelled, declined or shows it as free', () => {
    expect(busy({ status: 'cancelled', start: undefined, end: undefined })).toBeNull();
    expect(busy({ transparency: 'transparent' })).toBeNull();
    expect(busy({ attendees: [{ self: true, responseStatus: 'declined' }] })).toBeNull();
    expect(busy({ end: { dateTime: '2026-12-01T10:00:00+02:00' } })).toBeNull();
  });

  it('lasts whole days of the clinic, also those of 23 and 25 hours', () => {
    expect(busy({ start: { date: '2027-03-28' }, end: { date: '2027-03-29' } })).toBe(
      '2027-03-27T22:00:00Z 2027-03-28T21:00:00Z',
    );
    expect(busy({ start: { date: '2026-10-25' }, end: { date: '2026-10-26' } })).toBe(
      '2026-10-24T21:00:00Z 2026-10-25T22:00:00Z',
    );
  });

  it('tells the two o’clocks of the night apart by their offsets', () => {
    const night = { start: { dateTime: '2026-10-25T03:30:00+03:00' }, end: { dateTime: '2026-10-25T03:30:00+02:00' } };
    expect(busy(night)).toBe('2026-10-25T00:30:00Z 2026-10-25T01:30:00Z');
    const zoned = { dateTime: '2026-12-01T10:00:00', timeZone: 'Europe/Berlin' };
    expect(busy({ start: zoned, end: { dateTime: '2026-12-01T11:00:00', timeZone: 'Europe/Berlin' } })).toBe(
      '2026-12-01T09:00:00Z 2026-12-01T10:00:00Z',
    );
  });

  it('is not taken for free when its time cannot be understood', () => {
    expect(() => busy({ start: {} })).toThrow(RangeError);
  });
});
