import { isEmpty, type Interval } from '#libs/time';

/** A time of an event in Google's words: a day, or a moment with its offset. */
export interface EventTime {
  date?: string | null | undefined;
  dateTime?: string | null | undefined;
  timeZone?: string | null | undefined;
}

/** All that is ever asked of an event (developers.google.com/workspace/calendar/api/v3/reference/events). */
export interface AskedEvent {
  id?: string | null | undefined;
  iCalUID?: string | null | undefined;
  status?: string | null | undefined;
  start?: EventTime | undefined;
  end?: EventTime | undefined;
  transparency?: string | null | undefined;
  attendees?: readonly { self?: boolean | null; responseStatus?: string | null }[] | undefined;
}

/**
 * When somebody is busy with an event, or null: it does not keep them. What is cancelled, shown as "free" or declined by
 * them does not; an invitation that waits for an answer does, as it does for whoever looks at them in Google.
 * @param zone where whole days begin and end: the clinic's, because a day off is meant where one works
 * @throws RangeError for a time that is none: whoever cannot be understood is not taken for free
 */
export function busyOfEvent(event: AskedEvent, zone: string): Interval | null {
  if (event.status === 'cancelled' || event.transparency === 'transparent') return null;
  if (event.attendees?.some(({ self, responseStatus }) => self === true && responseStatus === 'declined')) return null;
  const [start, end] = [instantOf(event.start, zone), instantOf(event.end, zone)];
  const during = { start: withinReason(start), end: withinReason(end) };
  return isEmpty(during) ? null : during;
}

const earliest = Temporal.Instant.from('2000-01-01T00:00:00Z');
const latest = Temporal.Instant.from('2200-01-01T00:00:00Z');

/** Nobody is booked before or after; a moment in the year 10,000, which no database takes, must not hide the others. */
function withinReason(at: Temporal.Instant): Temporal.Instant {
  if (Temporal.Instant.compare(at, earliest) < 0) return earliest;
  return Temporal.Instant.compare(at, latest) > 0 ? latest : at;
}

function instantOf(time: EventTime | undefined, zone: string): Temporal.Instant {
  if (time?.date) return Temporal.PlainDate.from(time.date).toZonedDateTime(zone).toInstant();
  const { dateTime } = time ?? {};
  if (!dateTime) throw new RangeError('an event without a time');
  // Google always names the offset; without one its own zone says which of two o'clocks is meant.
  if (/(?:[zZ]|[+-]\d\d:?\d\d)$/.test(dateTime)) return Temporal.Instant.from(dateTime);
  return Temporal.PlainDateTime.from(dateTime)
    .toZonedDateTime(time?.timeZone ?? zone)
    .toInstant();
}
