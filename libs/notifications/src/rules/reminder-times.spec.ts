import { describe, expect, it } from '@jest/globals';
import { hoursAhead, offsetText, parseOffset, type ReminderSettings, usualReminders } from './reminder-settings.js';
import { dueNow, leavesAt, momentOf, queueNoticeAt, queueNoticeDueNow, type VisitAhead } from './reminder-times.js';

const riga = 'Europe/Riga';
const at = (wall: string, zone = riga): Temporal.Instant =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant();
const wall = (instant: Temporal.Instant | null | undefined, zone = riga): string | undefined =>
  instant?.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
const offset = (text: string) => parseOffset(text)!;

const visit = (start: string, more: { setAt?: string | null; createdAt?: string; zone?: string } = {}): VisitAhead => {
  const { zone = riga, setAt = '2026-01-02T10:00', createdAt = setAt ?? '2026-01-02T10:00' } = more;
  return {
    start: at(start, zone),
    zone,
    setAt: setAt === null ? null : at(setAt, zone),
    createdAt: at(createdAt, zone),
  };
};
const leaves = (text: string, ahead: VisitAhead, settings: Partial<ReminderSettings> = {}): string | undefined =>
  wall(leavesAt(offset(text), ahead, { ...usualReminders, ...settings }), ahead.zone);

describe('an offset', () => {
  it('is read as it is written, and nothing else is one', () => {
    for (const text of ['2d', '30d', '1d 10:00', '1h', '12h']) expect(offsetText(offset(text))).toBe(text);
    for (const text of ['0d', '31d', '13h', '24h', '2d 24:00', '2d10:00', '-1d', '', 'd', '1d 10:00 ', '٢d'])
      expect(parseOffset(text)).toBeNull();
  });

  it('says how far ahead a visit has to be looked for', () => {
    expect(hoursAhead(usualReminders.mail)).toBe(49);
    expect(hoursAhead([offset('2h')])).toBe(20);
    expect(hoursAhead([])).toBe(20);
  });

  it('never leads to a reminder before a visit is looked for', () => {
    const quiet = [
      { quietFrom: Temporal.PlainTime.from('16:00'), quietTo: Temporal.PlainTime.from('08:00') },
      { quietFrom: Temporal.PlainTime.from('21:00'), quietTo: Temporal.PlainTime.from('13:00') },
    ];
    for (const text of ['1h', '12h', '1d', '2d', '1d 00:00', '30d 23:59'])
      for (const times of quiet)
        for (let quarter = 0; quarter < 8 * 96; quarter++) {
          // A week around the night in which summer time ends.
          const start = at('2026-10-22T00:00').add({ minutes: 15 * quarter });
          const earliest = start.subtract({ hours: hoursAhead([offset(text)]) });
          for (const setAt of [null, earliest.add({ hours: 5 })]) {
            const leaving = leavesAt(
              offset(text),
              { start, zone: riga, setAt, createdAt: at('2026-01-02T10:00') },
              { ...usualReminders, ...times },
            );
            if (leaving && Temporal.Instant.compare(leaving, earliest) < 0)
              throw new Error(`${text} ${start.toString()} ${leaving.toString()}`);
          }
        }
  });
});

describe('the moment of a reminder', () => {
  // faults.md D4
  it('keeps the local clock across the night when summer time ends, and counts hours as they pass', () => {
    expect(wall(momentOf(offset('1d'), at('2026-10-25T12:00'), riga))).toBe('2026-10-24T12:00');
    expect(momentOf(offset('1d'), at('2026-10-25T12:00'), riga).until(at('2026-10-25T12:00')).total('hours')).toBe(25);
    expect(momentOf(offset('2h'), at('2026-10-25T12:00'), riga).until(at('2026-10-25T12:00')).total('hours')).toBe(2);
    // The night has an hour more than its clock.
    expect(wall(momentOf(offset('12h'), at('2026-10-25T12:00'), riga))).toBe('2026-10-25T01:00');
  });

  it.each([riga, 'Europe/Tallinn'])('keeps it across the night when summer time begins in %s', (zone) => {
    expect(wall(momentOf(offset('1d'), at('2026-03-29T12:00', zone), zone), zone)).toBe('2026-03-28T12:00');
    expect(wall(momentOf(offset('2d 09:30'), at('2026-03-30T15:00', zone), zone), zone)).toBe('2026-03-28T09:30');
    // 03:30 does not exist on that Sunday.
    expect(wall(momentOf(offset('1d'), at('2026-03-30T03:30', zone), zone), zone)).toBe('2026-03-29T04:30');
  });

  it('is by default the same clock two days before', () => {
    expect(leaves('2d', visit('2026-12-01T10:00'))).toBe('2026-11-29T10:00');
  });

  it('waits for the end of the quiet hours, also in the night of the change', () => {
    expect(leaves('1d 22:30', visit('2026-10-25T14:00'))).toBe('2026-10-25T08:00');
    expect(leaves('1d 07:59', visit('2026-12-02T14:00'))).toBe('2026-12-01T08:00');
    expect(leaves('1d 20:59', visit('2026-12-02T14:00'))).toBe('2026-12-01T20:59');
    expect(leaves('1d 22:30', visit('2026-12-02T14:00'), { quietTo: Temporal.PlainTime.from('21:00') })).toBe(
      '2026-12-01T22:30',
    );
  });

  it('comes an hour before the quiet hours where waiting for their end would be too late', () => {
    expect(leaves('2h', visit('2026-12-02T08:30'))).toBe('2026-12-01T20:00');
    expect(leaves('2h', visit('2026-12-02T10:00'))).toBe('2026-12-02T08:00');
    // Booked at 20:30 of the evening before: that hour is over.
    expect(leaves('2h', visit('2026-12-02T08:30', { setAt: '2026-12-01T20:30' }))).toBeUndefined();
  });

  it('waits a day after the letter of the booking, and does not come where that is too late', () => {
    expect(leaves('2d', visit('2026-12-04T15:00', { setAt: '2026-12-02T16:00' }))).toBe('2026-12-03T16:00');
    expect(leaves('2d', visit('2026-12-03T15:00', { setAt: '2026-12-02T16:00' }))).toBeUndefined();
    expect(leaves('2d', visit('2026-12-03T15:00', { setAt: '2026-12-02T16:00' }), { letterHours: 12 })).toBe(
      '2026-12-03T08:00',
    );
    expect(leaves('2d', visit('2026-12-03T15:00', { setAt: null }))).toBe('2026-12-01T15:00');
    expect(leaves('2h', visit('2026-12-03T15:00', { setAt: '2026-12-03T10:00' }))).toBe('2026-12-03T13:00');
    expect(leaves('2h', visit('2026-12-03T15:00', { setAt: '2026-12-03T14:30' }))).toBeUndefined();
  });
});

describe('what is due now', () => {
  const ahead = visit('2026-12-01T10:00');
  const due = (now: string, offsets: string[], done: string[] = [], of = ahead): string | undefined =>
    dueNow(of, offsets.map(offset), usualReminders, { now: at(now), done })?.rule;

  it('is nothing too early, too late, at night or twice', () => {
    expect(due('2026-11-29T09:59', ['2d'])).toBeUndefined();
    expect(due('2026-11-29T10:00', ['2d'])).toBe('2d');
    expect(due('2026-11-29T10:00', ['2d'], ['2d'])).toBeUndefined();
    expect(due('2026-11-29T23:00', ['2d'])).toBeUndefined();
    expect(due('2026-11-30T08:00', ['2d'])).toBe('2d');
    expect(due('2026-12-01T08:00', ['2d'])).toBe('2d');
    expect(due('2026-12-01T08:01', ['2d'])).toBeUndefined();
  });

  it('is once what a stopped worker missed several times', () => {
    expect(due('2026-11-30T12:00', ['7d', '2d', '1d'])).toBe('1d');
    expect(due('2026-11-30T12:00', ['7d', '2d', '1d'], ['1d'])).toBeUndefined();
  });

  it('is nothing again because the clinic has changed its offsets', () => {
    expect(due('2026-11-30T12:00', ['3d'], ['2d'])).toBeUndefined();
    expect(due('2026-11-30T12:00', ['1d'], ['2d'])).toBe('1d');
  });
});

describe('the notice a month ahead', () => {
  const queued = (start: string, createdAt: string, more: { setAt?: string } = {}) =>
    visit(start, { setAt: createdAt, createdAt, ...more });

  // R3-22: visits 7 months and 5 months ahead.
  it('goes to whoever was booked more than six months ahead', () => {
    expect(wall(queueNoticeAt(queued('2027-03-02T10:00', '2026-08-01T09:00'), usualReminders))).toBe(
      '2027-02-02T10:00',
    );
    expect(queueNoticeAt(queued('2027-01-02T10:00', '2026-08-01T09:00'), usualReminders)).toBeNull();
    expect(
      queueNoticeAt(queued('2026-10-05T10:00', '2026-08-01T09:00'), { ...usualReminders, queueMonths: 2 }),
    ).not.toBeNull();
    expect(
      queueNoticeAt(queued('2027-03-02T10:00', '2026-08-01T09:00'), { ...usualReminders, queueMonths: null }),
    ).toBeNull();
  });

  it('does not go where the time was set anew meanwhile, nor shortly before the visit', () => {
    const moved = queued('2027-03-02T10:00', '2026-08-01T09:00', { setAt: '2027-02-10T12:00' });
    expect(queueNoticeAt(moved, usualReminders)).toBeNull();
    const ahead = queued('2027-03-02T10:00', '2026-08-01T09:00');
    const due = (now: string, done: string[] = []) =>
      queueNoticeDueNow(ahead, usualReminders, { now: at(now), done })?.rule;
    expect(due('2027-02-02T09:59')).toBeUndefined();
    expect(due('2027-02-02T10:00')).toBe('queue');
    expect(due('2027-02-02T10:00', ['queue'])).toBeUndefined();
    expect(due('2027-02-24T12:00')).toBeUndefined();
  });
});
