import type { DayLine, HoursLine, Stretch } from '#libs/calendars';
import { formatPlainDate, type Language, translate } from '#libs/platform';

/** Any Monday: only its weekday is read. */
const monday = Temporal.PlainDate.from('2026-01-05');

export interface WeekdayName {
  weekday: number;
  value: string;
  short: string;
  /** One or two letters, for little room. */
  tiny: string;
  long: string;
}

/** Monday to Sunday. */
export const weekdayNames = (language: Language): WeekdayName[] =>
  Array.from({ length: 7 }, (_, n) => {
    const at = monday.add({ days: n }).toZonedDateTime('UTC').epochMilliseconds;
    const name = (weekday: 'short' | 'long'): string =>
      new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(at);
    return {
      weekday: n + 1,
      value: String(n + 1),
      short: name('short'),
      tiny: translate(language, `booking.weekdays.${n + 1}`),
      long: name('long'),
    };
  });

/** Mon–Thu, Sat: three or more in a row are said from the first to the last. */
export function weekdaysInWords(language: Language, weekdays: readonly number[]): string {
  const names = weekdayNames(language);
  const runs: number[][] = [];
  for (const each of weekdays) {
    const run = runs.at(-1);
    if (run?.at(-1) === each - 1) run.push(each);
    else runs.push([each]);
  }
  const nameOf = (weekday: number | undefined): string => names[(weekday ?? 1) - 1]?.short ?? '';
  return runs
    .map((run) => (run.length < 3 ? run.map(nameOf).join(', ') : `${nameOf(run[0])}–${nameOf(run.at(-1))}`))
    .join(', ');
}

export interface Speaker {
  language: Language;
  /** Names of services by their id. */
  services: ReadonlyMap<string, string>;
}

function stretchWords({ language, services }: Speaker, { starts, ends, pause, serviceIds }: Stretch): string[] {
  const names = serviceIds?.map((id) => services.get(id) ?? id).join(', ');
  return [
    `${starts}–${ends}`,
    ...(pause ? [translate(language, 'hours.words.break', pause)] : []),
    ...(names === undefined ? [] : [translate(language, 'hours.words.only', { services: names })]),
  ];
}

/** Which weeks, in words; '' for all of them. */
export function weeksInWords(
  language: Language,
  { weekParity, everyNthWeek, weekAnchor }: Pick<HoursLine, 'weekParity' | 'everyNthWeek' | 'weekAnchor'>,
): string {
  if (weekParity !== undefined) return translate(language, `hours.weeks.${weekParity}`);
  if (everyNthWeek === 1) return '';
  const day = formatPlainDate(language, weekAnchor, 'medium');
  return translate(language, 'hours.words.nth', { n: everyNthWeek, day });
}

/** `Mon–Thu 09:00–17:00, break 12:00–13:00, odd weeks, from 1 Dec 2026`. A first day that is past is not said. */
export function lineInWords(speaker: Speaker, line: HoursLine, today: Temporal.PlainDate): string {
  const { language } = speaker;
  const [times = '', ...more] = stretchWords(speaker, line);
  const weeks = weeksInWords(language, line);
  const starts = Temporal.PlainDate.compare(line.validFrom, today) > 0;
  const date = (day: Temporal.PlainDate): string => formatPlainDate(language, day, 'medium');
  return [
    `${weekdaysInWords(language, line.weekdays)} ${times}`,
    ...more,
    ...(weeks ? [weeks] : []),
    ...(starts ? [translate(language, 'hours.words.from', { day: date(line.validFrom) })] : []),
    ...(line.validTo ? [translate(language, 'hours.words.until', { day: date(line.validTo) })] : []),
  ].join(', ');
}

/** `09:00–17:00, break 12:00–13:00`, or that it is not worked. */
export const dayLineInWords = (speaker: Speaker, { stretch }: DayLine): string =>
  stretch === null ? translate(speaker.language, 'hours.words.off') : stretchWords(speaker, stretch).join(', ');
