import type { StaffActor } from '#libs/access';
import type { DayAppointment, DayOfBranchAnswer } from '#libs/appointments';
import { formatPlainDate, type Language, translate, wordsIn } from '#libs/platform';
import type { BlockJson, ColumnJson, DayJson, VisitJson } from '../browser/day-json.js';
import { sessionJson } from './day-sessions.view.js';
import { type GridWords, gridWords } from './grid-words.js';
import { freeFrom, isOutside, isPortal, isPresent, mayIn, type ShownColumn, shownColumns } from './shown-day.js';

const onceMovable: readonly string[] = ['pending', 'booked'];

/** What a grid needs besides its rows. */
export interface GridReading {
  staff: StaffActor;
  /** One day of many columns, or several days of one. */
  dates: readonly Temporal.PlainDate[];
  now: Temporal.Instant;
  language: Language;
  /** Where the name of a column leads. */
  hrefOf(shown: ShownColumn): string;
}

/** On the axis; in a grid of several days, which has one axis, what the clocks of each show. */
const placeOf =
  (dates: readonly unknown[]) =>
  ({ clocks }: ShownColumn, seconds: number): number =>
    dates.length === 1 ? clocks.axis(seconds) : clocks.minutes(seconds);

type Place = ReturnType<typeof placeOf>;

const blockOf = (shown: ShownColumn, row: { start: number; end: number }, place: Place): BlockJson => ({
  column: shown.id,
  at: place(shown, row.start),
  until: place(shown, row.end),
});

/** Whole hours around everything that happens; 8 to 18 where nothing does. */
function shownHours(columns: readonly ShownColumn[], place: Place): { from: number; to: number } {
  const rows = columns.flatMap((shown) =>
    [...shown.openings, ...shown.visits, ...shown.sessions].map((row) => blockOf(shown, row, place)),
  );
  if (rows.length === 0) return { from: 480, to: 1080 };
  const from = rows.reduce((least, { at }) => Math.min(least, at), 1440);
  const to = rows.reduce((most, { until }) => Math.max(most, until), 0);
  return { from: Math.floor(from / 60) * 60, to: Math.min(1440, Math.ceil(to / 60) * 60) };
}

/** The stretches of the shown hours outside all openings of a column. */
function closedParts(shown: ShownColumn, hours: { from: number; to: number }, place: Place): BlockJson[] {
  const parts: BlockJson[] = [];
  let at = hours.from;
  for (const { at: opens, until: closes } of shown.openings.map((each) => blockOf(shown, each, place))) {
    if (opens > at) parts.push({ column: shown.id, at, until: opens });
    at = Math.max(at, closes);
  }
  if (at < hours.to) parts.push({ column: shown.id, at, until: hours.to });
  return parts;
}

function visitJson(
  visit: DayAppointment,
  shown: ShownColumn,
  place: Place,
  movable: (start: number) => boolean,
): VisitJson {
  const { clocks } = shown;
  return {
    id: visit.id,
    ...blockOf(shown, visit, place),
    start: clocks.dateTime(visit.start),
    end: clocks.dateTime(visit.end),
    version: visit.version,
    status: visit.status,
    payer: visit.payer,
    isPortal: isPortal(visit),
    isMovable: onceMovable.includes(visit.status) && movable(visit.start),
    isOrphaned: isOutside(visit, shown),
    isBeside: visit.lane > 0,
    isPromised: visit.isPromised,
    name: visit.patientName ?? '',
    service: '',
  };
}

const detailOf = ({ column }: ShownColumn, language: Language, words: GridWords): string =>
  // Who pays first: a narrow column cuts the end.
  [
    [...column.payers]
      .sort()
      .reverse()
      .map((payer) => words.payerShort[payer])
      .join(' + '),
    wordsIn(language, column.title),
  ]
    .filter(Boolean)
    .join(' · ');

/** How long something is: `45 min`, `1 h 30 min`. */
export const lengthOf = (language: Language, minutes: number): string =>
  translate(language, 'grid.length', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }).trim();

/** One part of a date, such as its weekday, as the language writes it alone. */
export const partOf = (language: Language, date: Temporal.PlainDate, part: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(language, { ...part, timeZone: 'UTC' }).format(date.toZonedDateTime('UTC').epochMilliseconds);

/** Days of a branch for the script of the grid. */
export function gridJson(answer: DayOfBranchAnswer, reading: GridReading): DayJson {
  const { dates, language, now, staff, hrefOf } = reading;
  const words = gridWords(language);
  const { closure: _closure, busyOwn: _busyOwn, busy: _busy, taken: _taken, ...spoken } = words;
  const [first] = dates;
  const isWeek = dates.length > 1;
  const place = placeOf(dates);
  const all = shownColumns(answer, dates);
  const columns = isWeek ? all : all.filter(isPresent);
  const hours = shownHours(columns, place);
  const nowSeconds = now.epochMilliseconds / 1000;
  const today = columns.filter(({ clocks }) => clocks.first <= nowSeconds && nowSeconds < clocks.last);
  const each = <Part>(of: (shown: ShownColumn) => Part[]): Part[] => columns.flatMap(of);
  const headOf = (shown: ShownColumn): ColumnJson => ({
    id: shown.id,
    resourceId: shown.column.resourceId,
    day: shown.date.toString(),
    name: isWeek ? partOf(language, shown.date, { weekday: 'long' }) : shown.column.name,
    detail: isWeek ? formatPlainDate(language, shown.date, 'day-month') : detailOf(shown, language, words),
    href: hrefOf(shown),
    isBookable: mayIn(staff, shown, answer.branch.id).book,
  });
  const taken = (shown: ShownColumn): DayJson['taken'] => [
    ...shown.taken.map((row) => ({
      ...blockOf(shown, row, place),
      label: row.kind === 'inside' ? (row.by ?? words.taken.elsewhere) : words.taken[row.kind],
    })),
    ...shown.visits
      .filter(({ patientName }) => patientName === null)
      .map((row) => ({ ...blockOf(shown, row, place), label: words.busy })),
  ];
  return {
    version: answer.version,
    view: isWeek ? 'week' : 'day',
    day: first?.toString() ?? '',
    zone: answer.branch.timeZone,
    ...hours,
    grid: answer.grid,
    shift: isWeek ? null : (all[0]?.clocks.shift ?? null),
    now: today[0] ? { at: place(today[0], nowSeconds), columns: today.map(({ id }) => id) } : null,
    columns: columns.map(headOf),
    visits: each((shown) => {
      const { move } = mayIn(staff, shown, answer.branch.id);
      return shown.visits
        .filter(({ sessionId, patientName }) => sessionId === null && patientName !== null)
        .map((visit) => ({
          ...visitJson(visit, shown, place, (start) => move && start > nowSeconds),
          service: visit.serviceName === null ? '' : wordsIn(language, visit.serviceName),
        }));
    }),
    sessions: each((shown) =>
      shown.sessions.map((session) => ({
        ...sessionJson(session, shown.clocks, language),
        ...blockOf(shown, session, place),
      })),
    ),
    openings: each((shown) => shown.openings.map((row) => ({ ...blockOf(shown, row, place), payer: row.payer }))),
    closed: each((shown) => (shown.column.payers.length === 0 ? [] : closedParts(shown, hours, place))),
    closures: each((shown) =>
      shown.closures
        .map((row) => ({
          ...blockOf(shown, row, place),
          label: row.kind === 'external' ? words.busyOwn : (row.reason ?? words.closure),
        }))
        .filter(({ at, until }) => until > hours.from && at < hours.to),
    ),
    free: each((shown) =>
      freeFrom(nowSeconds, shown).map((row) => ({
        ...blockOf(shown, row, place),
        label: lengthOf(language, Math.round((row.end - row.start) / 60)),
      })),
    ),
    taken: each(taken),
    words: spoken,
  };
}
