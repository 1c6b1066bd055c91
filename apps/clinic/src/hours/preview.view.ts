import { type HoursPreview, offeredSlots, type ServiceOfHours } from '#libs/calendars';
import { formatDateRange, type Language, translate, wordsIn } from '#libs/platform';
import {
  dayBounds,
  type Interval,
  intersect,
  localDate,
  localTime,
  mondayOf,
  overlaps,
  weekParityOf,
} from '#libs/time';
import { holidayName } from './hours.view.js';
import { weekdayNames } from './words-of-hours.js';

/** A stretch of a day in the picture. Its place is in per cent, as SVG takes it. */
export interface Bar {
  kind: 'open' | 'limit' | 'closed' | 'elsewhere';
  y: string;
  height: string;
}

export interface PreviewDay {
  /** YYYY-MM-DD. */
  date: string;
  weekday: string;
  label: string;
  isToday: boolean;
  isPast: boolean;
  bars: Bar[];
  /** `09:00–12:00, 13:00–17:00`, or ''. */
  hours: string;
  /** Why it is as it is: a holiday, a closure, single hours, hours for some services. */
  notes: string[];
}

export interface PreviewWeek {
  heading: string;
  parity: string;
  days: PreviewDay[];
  /** Whether there is more to say of a day. */
  hasNotes: boolean;
  /** How many slots each service has in the week. */
  slots: { service: string; n: number }[];
}

export interface PreviewModel {
  weeks: PreviewWeek[];
  /** Full hours of the picture with their places, from top to bottom. */
  axis: { label: string; y: string }[];
}

export interface PreviewQuestion {
  preview: HoursPreview;
  services: readonly ServiceOfHours[];
  /** Days with hours of their own, YYYY-MM-DD. */
  singleDays: ReadonlySet<string>;
  /** Any day of the first week. */
  from: Temporal.PlainDate;
  weeks: number;
  today: Temporal.PlainDate;
  zone: string;
  country: 'LV' | 'EE';
  language: Language;
}

/** Minutes of the day as its clock shows them; the end of the day is 24:00. */
function clockMinutes({ start, end }: Interval, day: Interval, zone: string): [number, number] {
  const minutes = (at: Temporal.Instant): number => {
    const [hour = 0, minute = 0] = localTime(at, zone).split(':').map(Number);
    return hour * 60 + minute;
  };
  return [minutes(start), end.equals(day.end) ? 1440 : minutes(end)];
}

const clockText = (interval: Interval, day: Interval, zone: string): string =>
  `${localTime(interval.start, zone)}–${interval.end.equals(day.end) ? '24:00' : localTime(interval.end, zone)}`;

/** Weeks as a picture: openings, limits, closures and what is open elsewhere, with the same in words. */
export function previewModel(asked: PreviewQuestion): PreviewModel {
  const { zone, language, weeks, today } = asked;
  const monday = mondayOf(asked.from);
  const question = { ...asked, preview: during(asked.preview, monday, weeks, zone) };
  const { preview } = question;
  const days = Array.from({ length: weeks * 7 }, (_, n) => monday.add({ days: n }));
  const bounds = new Map(days.map((day) => [day.toString(), dayBounds(day, zone)]));
  const within = (all: readonly Interval[], day: Temporal.PlainDate): Interval[] =>
    intersect(all, [bounds.get(day.toString()) ?? dayBounds(day, zone)]);
  const shown = days.flatMap((day) =>
    [...within(preview.open.openings, day), ...within(preview.elsewhere, day)].map((each) =>
      clockMinutes(each, dayBounds(day, zone), zone),
    ),
  );
  const top = Math.min(8 * 60, ...shown.map(([start]) => Math.floor(start / 60) * 60));
  const bottom = Math.max(18 * 60, ...shown.map(([, end]) => Math.ceil(end / 60) * 60));
  const place = (minutes: number): number => (100 * (minutes - top)) / (bottom - top);
  const bars = (kind: Bar['kind'], all: readonly Interval[], day: Temporal.PlainDate): Bar[] =>
    within(all, day).flatMap((each) => {
      const [start, end] = clockMinutes(each, dayBounds(day, zone), zone);
      const [y, height] = [place(Math.max(start, top)), place(Math.min(end, bottom)) - place(Math.max(start, top))];
      return height > 0 ? [{ kind, y: `${y.toFixed(2)}%`, height: `${height.toFixed(2)}%` }] : [];
    });
  const weekdays = weekdayNames(language);
  const dates = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'numeric',
    timeZone: 'UTC',
  });
  const slots = slotsByWeek(question, monday);
  const notes = new Map(
    days
      .filter((day) => Temporal.PlainDate.compare(day, today) >= 0)
      .map((day) => [day, notesOf(question, day, within)] as const)
      .filter(([, said]) => said.length > 0),
  );
  return {
    axis: Array.from({ length: Math.floor((bottom - top) / 120) + 1 }, (_, n) => top + n * 120)
      .filter((minutes) => minutes > top && minutes < bottom)
      .map((minutes) => ({ label: String(minutes / 60), y: `${place(minutes).toFixed(2)}%` })),
    weeks: Array.from({ length: weeks }, (_, week) => {
      const first = monday.add({ weeks: week });
      return {
        heading: translate(language, 'hours.preview.week', {
          n: first.weekOfYear ?? 0,
          days: formatDateRange(language, first, first.add({ days: 6 })),
          year: first.add({ days: 3 }).year,
        }),
        parity: translate(language, `hours.preview.${weekParityOf(first)}`),
        slots: slots(week),
        hasNotes: days.slice(week * 7, week * 7 + 7).some((day) => notes.has(day)),
        days: days.slice(week * 7, week * 7 + 7).map((day) => ({
          date: day.toString(),
          weekday: weekdays[day.dayOfWeek - 1]?.tiny ?? '',
          label: dates.format(day.toZonedDateTime('UTC').epochMilliseconds),
          isToday: day.equals(today),
          isPast: Temporal.PlainDate.compare(day, today) < 0,
          bars: [
            ...bars('open', preview.open.openings, day),
            ...bars('limit', preview.open.limits, day),
            ...bars('closed', preview.closures, day),
            ...bars('elsewhere', preview.elsewhere, day),
          ],
          hours: within(preview.open.openings, day)
            .map((each) => clockText(each, dayBounds(day, zone), zone))
            .join(', '),
          notes: notes.get(day) ?? [],
        })),
      };
    }),
  };
}

/** Only what touches the weeks that are shown, whole: the grid is counted from an opening's start, which may lie before. */
function during(preview: HoursPreview, monday: Temporal.PlainDate, weeks: number, zone: string): HoursPreview {
  const span = { start: dayBounds(monday, zone).start, end: dayBounds(monday.add({ weeks }), zone).start };
  const touching = <Time extends Interval>(all: readonly Time[]): Time[] => all.filter((each) => overlaps(each, span));
  return {
    open: { openings: touching(preview.open.openings), limits: touching(preview.open.limits) },
    closures: touching(preview.closures),
    dayRule: preview.dayRule,
    elsewhere: touching(preview.elsewhere),
  };
}

function slotsByWeek(
  { preview, services, zone, language }: PreviewQuestion,
  monday: Temporal.PlainDate,
): (week: number) => PreviewWeek['slots'] {
  const counted = services
    .filter(({ hasSlots }) => hasSlots)
    .map(({ id, name, visit }) => {
      const perWeek = new Map<number, number>();
      for (const { start } of offeredSlots(preview.open, id, visit)) {
        const week = Math.floor(monday.until(localDate(start, zone)).days / 7);
        perWeek.set(week, (perWeek.get(week) ?? 0) + 1);
      }
      return { service: wordsIn(language, name), perWeek };
    });
  return (week) => counted.map(({ service, perWeek }) => ({ service, n: perWeek.get(week) ?? 0 }));
}

function notesOf(
  { preview, services, singleDays, zone, country, language }: PreviewQuestion,
  day: Temporal.PlainDate,
  within: (all: readonly Interval[], day: Temporal.PlainDate) => Interval[],
): string[] {
  const say = (key: string, args: Record<string, string | number> = {}): string =>
    translate(language, `hours.preview.${key}`, args);
  const bounds = dayBounds(day, zone);
  const { isOpen, worksAs, shorterBy } = preview.dayRule(day);
  const holiday = holidayName(country, day, language);
  const closures = within(preview.closures, day);
  const isAllDay = closures.some(({ start, end }) => start.equals(bounds.start) && end.equals(bounds.end));
  const names = new Map(services.map(({ id, name }) => [id, wordsIn(language, name)]));
  return [
    ...(holiday ? [holiday] : []),
    ...(!isOpen && !holiday ? [say('day-off')] : []),
    ...(singleDays.has(day.toString()) ? [say('single')] : []),
    ...(isOpen && worksAs !== day.dayOfWeek
      ? [say('works-as', { weekday: weekdayNames(language)[worksAs - 1]?.long ?? '' })]
      : []),
    ...(isOpen && shorterBy > 0 ? [say('shorter', { n: shorterBy })] : []),
    ...(isAllDay
      ? [say('closed')]
      : closures.map((each) => say('closed-part', { times: clockText(each, bounds, zone) }))),
    ...preview.open.limits.flatMap((limit) =>
      within([limit], day).map((each) =>
        say('only', {
          times: clockText(each, bounds, zone),
          services: limit.serviceIds.map((id) => names.get(id) ?? '').join(', '),
        }),
      ),
    ),
  ];
}
