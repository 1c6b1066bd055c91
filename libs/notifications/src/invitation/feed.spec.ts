import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { type FeedEvent, writeFeed } from './feed.js';

const event = (start: string, end: string, more: Partial<FeedEvent> = {}): FeedEvent => ({
  uid: `of ${start}`,
  sequence: 1,
  status: 'CONFIRMED',
  changed: Temporal.Instant.from('2026-10-01T08:00:00Z'),
  start: Temporal.Instant.from(start),
  end: Temporal.Instant.from(end),
  summary: 'Vizīte',
  description: 'Apskatīt: https://book.example/lv/appointments/1',
  location: 'Brīvības iela 214, Rīga',
  page: 'https://book.example/lv/appointments/1',
  ...more,
});

/** What another program than the writer reads. */
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text) as never);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { startDate, endDate } = new ICAL.Event(component);
    const times = [startDate, endDate].map((time) => time.toJSDate().toISOString().replace('.000', ''));
    return [...times, String(component.getFirstPropertyValue('status'))];
  });
};

describe('a calendar that programs read', () => {
  it('says when visits are in both nights in which the clocks change', () => {
    const nights = [
      // From three o'clock of summer to the three o'clock that comes again an hour later.
      event('2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'),
      event('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'),
      // From half past two over the hour that there is not.
      event('2027-03-28T00:30:00Z', '2027-03-28T01:30:00Z', { status: 'CANCELLED' }),
    ];
    expect(read(writeFeed({ name: 'Vizītes', events: nights }))).toEqual([
      ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', 'CONFIRMED'],
      ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', 'CONFIRMED'],
      ['2027-03-28T00:30:00Z', '2027-03-28T01:30:00Z', 'CANCELLED'],
    ]);
  });

  it('is whole without a visit, and the same each time', () => {
    const empty = writeFeed({ name: 'Vizītes', events: [] });
    expect(read(empty)).toEqual([]);
    const [zone] = new ICAL.Component(ICAL.parse(empty) as never).getAllSubcomponents();
    expect(zone?.name).toBe('vtimezone');
    expect(empty.endsWith('END:VTIMEZONE\r\nEND:VCALENDAR\r\n')).toBe(true);
    expect(writeFeed({ name: 'Vizītes', events: [] })).toBe(empty);
  });
});
