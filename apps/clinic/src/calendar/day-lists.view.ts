import type { DayAppointment, DayOfBranchAnswer } from '#libs/appointments';
import { formatPlainDate, type Language, translate, wordsIn } from '#libs/platform';
import { nextStep, type NextStep } from '../arrivals/next-step.js';
import { type DayListSession, listSession } from './day-sessions.view.js';
import type { GridReading } from './grid.view.js';
import { type GridWords, gridWords } from './grid-words.js';
import { freeFrom, isOutside, isPortal, isPresent, mayIn, type ShownColumn, shownColumns } from './shown-day.js';

/** A column of the day as a list, for phones, screen readers and browsers without scripts. */
export interface DayList {
  id: string;
  name: string;
  detail: string;
  /** Where its name leads. */
  href: string;
  /** Working time: `09:00–13:00, 14:00–17:00`; empty on a day off. */
  hours: string;
  /** Why it is closed, in the staff's words. */
  closures: string[];
  /** Free stretches from now on, each with where it is booked. */
  free: { text: string; href: string }[];
  sessions: DayListSession[];
  visits: DayListVisit[];
  /** How many there are, where the rows themselves would be too many for one page. */
  count: number;
  pending: number;
}

export interface DayListVisit {
  id: string;
  time: string;
  /** Empty: it is not the reader's to see whose visit it is. */
  name: string;
  service: string;
  payer: 'state' | 'paid';
  payerLabel: string;
  status: DayAppointment['status'];
  isPortal: boolean;
  isOrphaned: boolean;
  isBeside: boolean;
  isPromised: boolean;
  /** What can be noted of it with one press; null: nothing now, or not by them. */
  next: NextStep | null;
}

export interface ListReading extends GridReading {
  /** Where a free time of a resource is booked. */
  bookAt(shown: ShownColumn, time: string): string;
  /** Whether only counts are wanted: a page of a thousand rows helps nobody. */
  isShort: boolean;
}

const span = ({ clocks }: ShownColumn, { start, end }: { start: number; end: number }): string =>
  `${clocks.time(start)}–${clocks.time(end)}`;

const rowOf = (visit: DayAppointment, shown: ShownColumn, language: Language, words: GridWords): DayListVisit => ({
  id: visit.id,
  time: span(shown, visit),
  name: visit.patientName ?? '',
  service: visit.serviceName === null ? '' : wordsIn(language, visit.serviceName),
  payer: visit.payer,
  payerLabel: words.payer[visit.payer],
  status: visit.status,
  isPortal: isPortal(visit),
  isOrphaned: isOutside(visit, shown),
  isBeside: visit.lane > 0,
  isPromised: visit.isPromised,
  next: null,
});

/** The same days as a list for each column: who works or is booked; in a week every day. */
export function dayLists(answer: DayOfBranchAnswer, reading: ListReading): DayList[] {
  const { dates, language, now, staff, isShort, hrefOf, bookAt } = reading;
  const words = gridWords(language);
  const isWeek = dates.length > 1;
  const nowSeconds = now.epochMilliseconds / 1000;
  const shown = shownColumns(answer, dates);
  return (isWeek ? shown : shown.filter(isPresent)).map((each) => {
    const { book, step } = mayIn(staff, each, answer.branch.id);
    return {
      id: each.id,
      name: isWeek ? formatPlainDate(language, each.date, 'full') : each.column.name,
      detail: isWeek ? '' : wordsIn(language, each.column.title),
      href: hrefOf(each),
      hours: each.openings.map((opening) => span(each, opening)).join(', '),
      closures: each.closures.map((closure) => `${span(each, closure)} ${closureWords(closure, language)}`),
      free: isShort
        ? []
        : freeFrom(nowSeconds, each).map((gap) => ({
            text: span(each, gap),
            href: book ? bookAt(each, each.clocks.time(gap.start)) : '',
          })),
      sessions: each.sessions.map((session) => listSession(session, each.clocks, language)),
      visits: isShort
        ? []
        : each.visits.map((visit) => ({
            ...rowOf(visit, each, language, words),
            next: step ? nextStep(visit, answer.branch.timeZone, now, language) : null,
          })),
      count: each.visits.length,
      pending: each.visits.filter(({ status }) => status === 'pending').length,
    };
  });
}

/** Staff's own words for a closure; of one that a practitioner's own calendar made, only that they are busy. */
const closureWords = ({ kind, reason }: { kind: string; reason: string | null }, language: Language): string =>
  kind === 'external' ? translate(language, 'grid.busy-own') : (reason ?? translate(language, 'grid.closure'));
