import type { BusyState } from '#libs/calendar-sync';
import type { ClinicClosure } from '#libs/calendars';
import { formatDate, formatDateRange, formatDateTime, formatTime, type Language, translate } from '#libs/platform';
import { type Interval, localDate, localTime } from '#libs/time';
import { pathTo } from '#libs/web';

/** A closure, or a series of them, as one line of the list. */
export interface ClosureLine {
  when: string;
  who: string;
  reason: string;
  publicReason: string;
  createdBy: string;
  /** Where the whole of it is opened again, or nowhere: somebody else's. */
  action: string | undefined;
  isSeries: boolean;
  /** Of a series: each time, to be opened again by itself. */
  times: { when: string; action: string }[];
}

export function closureLine(closure: ClinicClosure, language: Language, mayReopen: boolean): ClosureLine {
  const { times, zone } = closure;
  const [first, last] = [times[0], times.at(-1)];
  const one = first ? timeOfClosure(first, zone, language) : '';
  const series =
    first && last
      ? translate(language, 'days.closures.series', {
          n: times.length,
          days: formatDateRange(language, localDate(first.start, zone), localDate(last.start, zone), 'medium'),
        })
      : '';
  return {
    when: closure.isSeries ? series : one,
    who: closure.resource ?? closure.branch ?? translate(language, 'clinic.closures.whole-clinic'),
    reason: closure.reason ?? '',
    publicReason: closure.publicReason ?? '',
    createdBy: closure.createdBy,
    action: mayReopen
      ? pathTo(language, closure.isSeries ? '/closures/series/' : '/closures/', closure.id, '/reopen')
      : undefined,
    isSeries: closure.isSeries,
    times: closure.isSeries
      ? times.map((time) => ({
          when: timeOfClosure(time, zone, language),
          action: mayReopen ? pathTo(language, '/closures/', time.id, '/reopen') : '',
        }))
      : [],
  };
}

/** Whole days are named by their dates, parts of days by their hours. */
function timeOfClosure({ start, end }: Interval, zone: string, language: Language): string {
  const first = localDate(start, zone);
  const last = localDate(end.subtract({ seconds: 1 }), zone);
  const isOneDay = first.equals(last);
  if (localTime(start, zone) === '00:00' && localTime(end, zone) === '00:00')
    return isOneDay ? formatDate(language, start, zone, 'full') : formatDateRange(language, first, last, 'long');
  const until = isOneDay ? formatTime(language, end, zone) : formatDateTime(language, end, zone, 'weekday');
  return `${formatDateTime(language, start, zone, 'weekday')} – ${until}`;
}

/** How much a practitioner's own calendar closes, and whether it can be read. With what they are busy nobody knows. */
export const busyLine = (
  { practitioner: name, closed: n, unreadSince }: BusyState,
  language: Language,
): { text: string; isUnread: boolean; unread: string } => ({
  text: translate(language, 'busy.closures.line', { name, n }),
  isUnread: unreadSince !== null,
  unread: translate(language, 'busy.badge.unread'),
});
