import type { DayAppointment, DayOfBranchAnswer } from '#libs/appointments';
import { type Language, translate, wordsIn } from '#libs/platform';
import type { DayJson, VisitJson } from '../browser/day-json.js';
import { type DayListSession, listSession, sessionJson } from './day-sessions.view.js';
import { clockOf, type WallTimes, wallTimes } from './wall-times.js';

/** A column of the day as a list, for phones, screen readers and browsers without scripts. */
export interface DayList {
  id: string;
  name: string;
  detail: string;
  /** Working time: `09:00–13:00, 14:00–17:00`; empty on a day off. */
  hours: string;
  sessions: DayListSession[];
  visits: DayListVisit[];
}

export interface DayListVisit {
  id: string;
  time: string;
  name: string;
  service: string;
  payer: 'state' | 'paid';
  payerLabel: string;
  status: string;
  statusLabel: string;
  isPending: boolean;
  isPortal: boolean;
  isOrphaned: boolean;
}

const onceMovable: readonly string[] = ['pending', 'booked'];
const isPortal = (origin: string): boolean => origin === 'portal' || origin === 'waiting-list';

/** What one visit needs besides its row. */
interface Reading {
  language: Language;
  clocks: WallTimes;
  nowSeconds: number;
  openings: Map<string, DayOfBranchAnswer['openings']>;
  labels: Labels;
}

interface Labels {
  state: string;
  paid: string;
  /** In one word, where there is little room. */
  short: Record<'state' | 'paid', string>;
  portal: string;
  orphaned: string;
  status: Record<DayAppointment['status'], string>;
}

const labelsIn = (language: Language): Labels => {
  const t = (key: string): string => translate(language, key);
  return {
    state: t('common.payer.state'),
    paid: t('common.payer.paid'),
    short: { state: t('clinic.payer-short.state'), paid: t('clinic.payer-short.paid') },
    portal: t('common.origin.portal'),
    orphaned: t('clinic.day.orphaned'),
    status: {
      pending: t('common.status.pending'),
      booked: t('common.status.booked'),
      arrived: t('common.status.arrived'),
      'checked-in': t('common.status.checked-in'),
      fulfilled: t('common.status.fulfilled'),
      noshow: t('common.status.noshow'),
    },
  };
};

const byResource = <Each extends { resourceId: string }>(rows: readonly Each[]): Map<string, Each[]> =>
  Map.groupBy(rows, (row) => row.resourceId);

/** Whether no opening of its column and payer holds the whole visit: its hours were withdrawn (domain.md, orphaned). */
const isOrphaned = (visit: DayAppointment, openings: Reading['openings']): boolean =>
  visit.status !== 'noshow' &&
  !(openings.get(visit.resourceId) ?? []).some(
    (each) => each.payer === visit.payer && each.start <= visit.start && visit.end <= each.end,
  );

const readingOf = (
  day: DayOfBranchAnswer,
  date: Temporal.PlainDate,
  now: Temporal.Instant,
  language: Language,
): Reading => ({
  language,
  clocks: wallTimes(date, day.branch.timeZone),
  nowSeconds: now.epochMilliseconds / 1000,
  openings: byResource(day.openings),
  labels: labelsIn(language),
});

const detailOf = (column: DayOfBranchAnswer['columns'][number], { language, labels }: Reading): string =>
  [
    wordsIn(language, column.title),
    [...column.payers]
      .sort()
      .reverse()
      .map((payer) => labels.short[payer])
      .join(' + '),
  ]
    .filter(Boolean)
    .join(' · ');

function visitJson(visit: DayAppointment, reading: Reading): VisitJson {
  const { clocks, labels, language } = reading;
  const service = wordsIn(language, visit.serviceName);
  const orphaned = isOrphaned(visit, reading.openings);
  const portal = isPortal(visit.origin);
  const spoken = [
    `${clocks.time(visit.start)}–${clocks.time(visit.end)}`,
    visit.patientName,
    service,
    labels[visit.payer],
    labels.status[visit.status],
    ...(portal ? [labels.portal] : []),
    ...(orphaned ? [labels.orphaned] : []),
  ].join(', ');
  return {
    id: visit.id,
    column: visit.resourceId,
    resourceId: visit.resourceId,
    start: clocks.dateTime(visit.start),
    end: clocks.dateTime(visit.end),
    version: visit.version,
    status: visit.status,
    payer: visit.payer,
    isPortal: portal,
    isMovable: onceMovable.includes(visit.status) && visit.start > reading.nowSeconds,
    isOrphaned: orphaned,
    name: visit.patientName,
    service,
    payerShort: labels.short[visit.payer],
    spoken,
  };
}

/** Whole hours around everything that happens; 8 to 18 on an empty day. */
function shownHours(day: DayOfBranchAnswer, clocks: WallTimes): { from: number; to: number } {
  const rows = [...day.openings, ...day.appointments];
  if (rows.length === 0) return { from: 480, to: 1080 };
  const from = Math.min(...rows.map((row) => clocks.minutes(row.start)));
  const to = Math.max(...rows.map((row) => clocks.minutes(row.end)));
  return { from: Math.floor(from / 60) * 60, to: Math.min(1440, Math.ceil(to / 60) * 60) };
}

/** The stretches of [from, to), in minutes, outside all openings of a column. */
function closedParts(
  openings: DayOfBranchAnswer['openings'],
  from: number,
  to: number,
  clocks: WallTimes,
): [number, number][] {
  const parts: [number, number][] = [];
  let at = from;
  for (const { start, end } of [...openings].sort((a, b) => a.start - b.start)) {
    const opens = clocks.minutes(start);
    if (opens > at) parts.push([at, opens]);
    at = Math.max(at, clocks.minutes(end));
  }
  if (at < to) parts.push([at, to]);
  return parts;
}

/** Who works that day, is booked or is taken: the others would be empty columns. */
export function presentColumns(day: DayOfBranchAnswer): DayOfBranchAnswer['columns'] {
  const busy = new Set(
    [...day.openings, ...day.appointments, ...day.sessions, ...day.taken].map(({ resourceId }) => resourceId),
  );
  return day.columns.filter(({ resourceId }) => busy.has(resourceId));
}

/** The day for the calendar script. */
export function dayJson(
  day: DayOfBranchAnswer,
  date: Temporal.PlainDate,
  now: Temporal.Instant,
  language: Language,
): DayJson {
  const reading = readingOf(day, date, now, language);
  const { clocks } = reading;
  const { from, to } = shownHours(day, clocks);
  const local = (minutes: number): string =>
    minutes === 1440 ? `${date.add({ days: 1 }).toString()}T00:00` : `${date.toString()}T${clockOf(minutes)}`;
  const taken = {
    hold: translate(language, 'clinic.day.taken.hold'),
    former: translate(language, 'clinic.day.taken.former'),
    elsewhere: translate(language, 'clinic.day.taken.elsewhere'),
  };
  return {
    version: day.version,
    day: date.toString(),
    zone: day.branch.timeZone,
    from: clockOf(from),
    to: clockOf(to),
    grid: day.grid,
    columns: presentColumns(day).map((column) => ({
      id: column.resourceId,
      name: column.name,
      detail: detailOf(column, reading),
      isBookable: column.payers.length > 0,
    })),
    visits: day.appointments.filter(({ sessionId }) => sessionId === null).map((visit) => visitJson(visit, reading)),
    sessions: day.sessions.map((session) => sessionJson(session, clocks, language)),
    openings: day.openings.map((each) => ({
      column: each.resourceId,
      start: clocks.dateTime(each.start),
      end: clocks.dateTime(each.end),
      payer: each.payer,
    })),
    closed: presentColumns(day)
      .filter(({ payers }) => payers.length > 0)
      .flatMap(({ resourceId }) =>
        closedParts(reading.openings.get(resourceId) ?? [], from, to, clocks).map(([start, end]) => ({
          column: resourceId,
          start: local(start),
          end: local(end),
        })),
      ),
    taken: day.taken.map((each) => ({
      column: each.resourceId,
      start: clocks.dateTime(each.start),
      end: clocks.dateTime(each.end),
      label: each.kind === 'inside' ? (each.by ?? taken.elsewhere) : taken[each.kind],
    })),
  };
}

/** The same day as a list for each column. */
export function dayLists(
  day: DayOfBranchAnswer,
  date: Temporal.PlainDate,
  now: Temporal.Instant,
  language: Language,
): DayList[] {
  const reading = readingOf(day, date, now, language);
  const { clocks, labels } = reading;
  const visits = byResource(day.appointments);
  const sessions = byResource(day.sessions);
  return presentColumns(day).map((column) => ({
    id: column.resourceId,
    name: column.name,
    detail: detailOf(column, reading),
    hours: (reading.openings.get(column.resourceId) ?? [])
      .map(({ start, end }) => `${clocks.time(start)}–${clocks.time(end)}`)
      .join(', '),
    sessions: (sessions.get(column.resourceId) ?? []).map((session) => listSession(session, clocks, language)),
    visits: (visits.get(column.resourceId) ?? []).map((visit) => ({
      id: visit.id,
      time: `${clocks.time(visit.start)}–${clocks.time(visit.end)}`,
      name: visit.patientName,
      service: wordsIn(language, visit.serviceName),
      payer: visit.payer,
      payerLabel: labels[visit.payer],
      status: visit.status,
      statusLabel: labels.status[visit.status],
      isPending: visit.status === 'pending',
      isPortal: isPortal(visit.origin),
      isOrphaned: isOrphaned(visit, reading.openings),
    })),
  }));
}
