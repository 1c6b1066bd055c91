import { mayDo, type StaffActor } from '#libs/access';
import type { DayAppointment, DayColumn, DayOfBranchAnswer } from '#libs/appointments';
import { wallTimes, type WallTimes } from './wall-times.js';

/** A column of a grid, or a section of lists: what one resource has on one day. */
export interface ShownColumn {
  /** The resource in a view of one day, the day in a view of several. */
  id: string;
  column: DayColumn;
  date: Temporal.PlainDate;
  clocks: WallTimes;
  openings: DayOfBranchAnswer['openings'];
  visits: DayAppointment[];
  sessions: DayOfBranchAnswer['sessions'];
  taken: DayOfBranchAnswer['taken'];
  closures: DayOfBranchAnswer['closures'];
  free: DayOfBranchAnswer['free'];
}

interface Row {
  start: number;
  end: number;
}

const byResource = <Each extends { resourceId: string | null }>(rows: readonly Each[]): Map<string | null, Each[]> =>
  Map.groupBy(rows, (row) => row.resourceId);

/** Every column of every day, in their order; those with nothing at all, too. */
export function shownColumns(answer: DayOfBranchAnswer, dates: readonly Temporal.PlainDate[]): ShownColumn[] {
  const openings = byResource(answer.openings);
  const visits = byResource(answer.appointments);
  const sessions = byResource(answer.sessions);
  const taken = byResource(answer.taken);
  const free = byResource(answer.free);
  const closures = byResource(answer.closures);
  const everyones = closures.get(null) ?? [];
  return dates.flatMap((date) => {
    const clocks = wallTimes(date, answer.branch.timeZone);
    const onDay = <Each extends Row>(rows: readonly Each[] | undefined): Each[] =>
      (rows ?? []).filter(({ start, end }) => start < clocks.last && end > clocks.first);
    return answer.columns.map((column) => ({
      id: dates.length === 1 ? column.resourceId : date.toString(),
      column,
      date,
      clocks,
      openings: onDay(openings.get(column.resourceId)),
      visits: onDay(visits.get(column.resourceId)),
      sessions: onDay(sessions.get(column.resourceId)),
      taken: onDay(taken.get(column.resourceId)),
      closures: onDay([...everyones, ...(closures.get(column.resourceId) ?? [])]),
      free: onDay(free.get(column.resourceId)),
    }));
  });
}

/** The shortest visit, in seconds, and how far apart starts are at least. */
const shortest = 300;

/** What is still free of a column from a moment on (seconds since 1970), where a visit can begin and fits. */
export const freeFrom = (now: number, { free }: ShownColumn): ShownColumn['free'] =>
  free
    .map((gap) => ({ ...gap, start: Math.max(gap.start, Math.ceil(now / shortest) * shortest) }))
    .filter(({ start, end }) => end - start >= shortest);

/** Who works that day, is booked or is taken: the others would be empty columns. */
export const isPresent = ({ openings, visits, sessions, taken }: ShownColumn): boolean =>
  openings.length + visits.length + sessions.length + taken.length > 0;

/** Whether the portal made it: for whoever booked it there, or from the waiting list. */
export const isPortal = ({ origin }: DayAppointment): boolean => origin === 'portal' || origin === 'waiting-list';

/** Whether no opening of its column and payer holds the whole visit: its hours were withdrawn (domain.md, orphaned). */
export const isOutside = (visit: DayAppointment, { openings }: ShownColumn): boolean =>
  visit.status !== 'noshow' &&
  visit.orphaned !== 'kept' &&
  !openings.some((each) => each.payer === visit.payer && each.start <= visit.start && visit.end <= each.end);

/** What the reader may do in a column. */
export function mayIn(
  staff: StaffActor,
  { column }: ShownColumn,
  branchId: string,
): { move: boolean; book: boolean; step: boolean } {
  const record = { practitionerId: column.practitionerId, branchId };
  return {
    move: mayDo(staff, 'appointments.change', record),
    book: column.payers.length > 0 && mayDo(staff, 'appointments.book', record),
    step: mayDo(staff, 'appointments.step', record),
  };
}
