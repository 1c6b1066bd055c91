/**
 * Working time and slots the slow way, to compare the real ones with. It walks every minute of UTC, asks the zone's
 * clock what it shows, and knows nothing of intervals, instants or the portal's code. All numbers are minutes.
 */
export interface NaiveHours {
  readonly weekday: number;
  readonly starts: string;
  readonly ends: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly everyNthWeek: number;
  readonly weekAnchor: string;
  readonly weekParity?: 'odd' | 'even';
  /** The only services that can be booked in these hours. */
  readonly serviceIds?: readonly string[];
}

/** Hours of one day, which hold instead of the week's. */
export type NaiveRange = Pick<NaiveHours, 'starts' | 'ends' | 'serviceIds'>;

export interface NaiveDayRule {
  readonly worksAs: number;
  readonly shorterBy: number;
}

/** From the first minute, counted since 1970 in UTC, until the second. */
export type Minutes = readonly [number, number];

export interface NaiveWorkingTime {
  readonly hours: readonly NaiveHours[];
  readonly closures: readonly Minutes[];
  /** Closed days, 'YYYY-MM-DD'. */
  readonly closedDays: ReadonlySet<string>;
  /** Single days, which hold on closed days, too. */
  readonly singleDays?: ReadonlyMap<string, readonly NaiveRange[]>;
  /** Days that are worked as another weekday or shorter. */
  readonly oddDays?: ReadonlyMap<string, NaiveDayRule>;
}

export interface NaiveVisit {
  readonly minutes: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly grid: number;
  readonly buffersMayLeaveOpening: boolean;
  readonly busy: readonly Minutes[];
  readonly earliest: number;
  readonly latest: number;
}

/** What the clocks of a zone show in each minute of some local days. */
export interface Clocks {
  readonly first: number;
  /** 'YYYY-MM-DD' of each minute. */
  readonly days: readonly string[];
  /** The latest time of day that the clocks have shown so far that day: 03:10 does not come back. */
  readonly reached: readonly number[];
}

const seen = new Map<string, Clocks>();

/** The clocks of the zone from the first minute of `from` until the first of `to`, both 'YYYY-MM-DD'. */
export function clocksOf(zone: string, from: string, to: string): Clocks {
  const id = `${zone} ${from} ${to}`;
  const known = seen.get(id);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const days: string[] = [];
  const reached: number[] = [];
  let first = 0;
  let today = '';
  let latest = 0;
  for (let minute = dayNumber(from) * 1440 - 1440; ; minute++) {
    const shown = clock.format(minute * 60_000);
    const day = shown.slice(0, 10);
    if (day < from) continue;
    if (day >= to) break;
    if (days.length === 0) first = minute;
    if (day !== today) latest = 0;
    today = day;
    latest = Math.max(latest, timeOfDay(shown.slice(11)));
    days.push(day);
    reached.push(latest);
  }
  const clocks = { first, days, reached };
  seen.set(id, clocks);
  return clocks;
}

/** Whether each minute is working time; with a service, whether it is working time in which that can be booked. */
export function naiveOpenings({ first, days, reached }: Clocks, time: NaiveWorkingTime, service?: string): boolean[] {
  const ofDay = new Map<string, Minutes[]>();
  const serves = ({ serviceIds }: NaiveRange): boolean =>
    service === undefined || serviceIds === undefined || serviceIds.includes(service);
  const open = days.map((day, n) => {
    let today = ofDay.get(day);
    if (!today) {
      today = rangesOn(time, day).filter(serves).map(fromTo);
      // An end that came earlier cuts off whatever comes later, whomever it serves.
      const last = Math.max(0, ...rangesOn(time, day).map((range) => fromTo(range)[1]));
      const isSingle = time.singleDays?.has(day) ?? false;
      const end = last - (isSingle ? 0 : (time.oddDays?.get(day)?.shorterBy ?? 0));
      today = today.map(([starts, ends]): Minutes => [starts, Math.min(ends, end)]);
      ofDay.set(day, today);
    }
    const now = reached[n]!;
    return today.some(([starts, ends]) => starts <= now && now < ends);
  });
  for (const [from, to] of time.closures)
    for (let minute = Math.max(from, first); minute < Math.min(to, first + open.length); minute++)
      open[minute - first] = false;
  return open;
}

/**
 * The minutes in which a visit may start.
 * @param open in which minutes there is working time; the grid is counted from where it begins
 * @param served in which of them the visit's service can be booked, where that is not all
 */
export function naiveStarts(
  { first }: Clocks,
  open: readonly boolean[],
  visit: NaiveVisit,
  served: readonly boolean[] = open,
): number[] {
  const busy = new Set<number>();
  for (const [from, to] of visit.busy) for (let minute = from; minute < to; minute++) busy.add(minute);
  const starts: number[] = [];
  let openSince = 0;
  for (let n = 0; n < open.length; n++) {
    if (!open[n]) continue;
    if (!open[n - 1]) openSince = n;
    const minute = first + n;
    if ((n - openSince) % visit.grid !== 0 || minute < visit.earliest || minute >= visit.latest) continue;
    let fits = true;
    for (let m = n - visit.bufferBefore; m < n + visit.minutes + visit.bufferAfter; m++) {
      const isBuffer = m < n || m >= n + visit.minutes;
      if (busy.has(first + m)) fits = false;
      if (!open[m] && !(isBuffer && visit.buffersMayLeaveOpening)) fits = false;
      if (!isBuffer && !served[m]) fits = false;
    }
    if (fits) starts.push(minute);
  }
  return starts;
}

function rangesOn(time: NaiveWorkingTime, day: string): readonly NaiveRange[] {
  const single = time.singleDays?.get(day);
  if (single) return single;
  if (time.closedDays.has(day)) return [];
  return time.hours.filter((hours) => worksOn(hours, day, time.oddDays?.get(day)?.worksAs));
}

function worksOn(hours: NaiveHours, day: string, worksAs = weekday(dayNumber(day))): boolean {
  const today = dayNumber(day);
  if (worksAs !== hours.weekday || day < hours.validFrom) return false;
  if (hours.weekParity && (isoWeek(today) % 2 === 1) !== (hours.weekParity === 'odd')) return false;
  if (hours.validTo !== null && day > hours.validTo) return false;
  let monday = dayNumber(hours.weekAnchor);
  while (weekday(monday) !== 1) monday--;
  while (monday > today) monday -= 7 * hours.everyNthWeek;
  while (monday + 7 * hours.everyNthWeek <= today) monday += 7 * hours.everyNthWeek;
  return today < monday + 7;
}

/** Weeks are counted one by one from the Monday of the week with the year's first Thursday. */
function isoWeek(today: number): number {
  const thursday = today - weekday(today) + 4;
  const year = new Date(thursday * 86_400_000).getUTCFullYear();
  let week = 1;
  for (let each = thursday - 7; new Date(each * 86_400_000).getUTCFullYear() === year; each -= 7) week++;
  return week;
}

const fromTo = (hours: NaiveRange): Minutes => [timeOfDay(hours.starts), timeOfDay(hours.ends)];
const timeOfDay = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
/** 1970-01-01 was a Thursday. */
const weekday = (number: number): number => ((number + 3) % 7) + 1;
