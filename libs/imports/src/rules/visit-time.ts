import { hasAmbiguousWallTime, parseInstant } from '#libs/time';
import { day, type Read, wallTime } from './cells.js';

const parts = /^(\S+?)(?:T|\s+)(\d{1,2}:\d{2}(?::\d{2})?)(?:\.0+)?\s*(Z|[+-]\d{2}:\d{2})?$/i;

/**
 * When a visit begins: the branch's wall clock (`2027-01-11 09:30`, `11.01.2027 9:30`), or with an offset
 * (`2026-10-25T03:30+02:00`). An offset is needed where the clocks show the time twice; one that the zone does not have
 * then is a mistake of whoever wrote it, and so is a time that the clocks skip (03:30 on 29 March 2026). `Z` is always
 * understood.
 */
export function visitStart(cell: string, zone: string): Read<Temporal.Instant> {
  const found = parts.exec(cell);
  if (!found) return { ok: false, code: 'moment' };
  const [, date = '', clock = '', offset] = found;
  const onDay = day(date);
  const at = wallTime(clock);
  if (!onDay.ok || !at.ok || at.value === '24:00') return { ok: false, code: 'moment' };
  if (offset) return withOffset(`${onDay.value.toString()}T${at.value}:00${offset.toUpperCase()}`, zone);
  const wanted = onDay.value.toPlainDateTime(Temporal.PlainTime.from(at.value));
  const meant = wanted.toZonedDateTime(zone, { disambiguation: 'compatible' });
  if (!meant.toPlainDateTime().equals(wanted)) return { ok: false, code: 'time-skipped' };
  const instant = meant.toInstant();
  if (hasAmbiguousWallTime(instant, zone)) return { ok: false, code: 'time-ambiguous' };
  return { ok: true, value: instant };
}

function withOffset(text: string, zone: string): Read<Temporal.Instant> {
  const instant = parseInstant(text);
  if (!instant) return { ok: false, code: 'moment' };
  if (text.endsWith('Z')) return { ok: true, value: instant };
  const offset = text.slice(-6).replace('-00:00', '+00:00');
  const ofZone = instant.toZonedDateTimeISO(zone).offset;
  if (offset === ofZone || offset === '+00:00') return { ok: true, value: instant };
  return { ok: false, code: 'offset-of-other-zone' };
}
