import type { Country } from '#libs/holidays';
import type { Interval } from '#libs/time';
import type { ClinicDayKind } from './rules/clinic-days.js';

/** What is closed: one resource, one branch, or (neither) the whole clinic; always in the calendars of this clinic only. */
export interface ClosureScope {
  clinicId: string;
  branchId: string | null;
  resourceId: string | null;
}

/** How a clinic or branch keeps one day from now on; `usual` takes its own word back. */
export interface KeptDay {
  day: Temporal.PlainDate;
  kind: ClinicDayKind | 'usual';
  /** ISO weekday, for `works-as`. */
  worksAs: number | null;
  /** Minutes, for `shortened` and, if wanted, `works-as`. */
  shorterBy: number | null;
  note: string | null;
}

/** Whatever takes published times away or gives them back, and may leave people outside. */
export type CalendarChange =
  /** The drafts of these calendars become their hours. */
  | { kind: 'publish-hours'; calendarIds: readonly string[] }
  /** One closure, or with several times a series of them. */
  | {
      kind: 'close';
      scope: ClosureScope;
      times: readonly Interval[];
      /** Staff's own words. */
      reason: string | null;
      /** What patients read. */
      publicReason: string | null;
    }
  /** These closures are taken back. */
  | { kind: 'reopen'; closureIds: readonly string[] }
  /** These calendars, or (null) all of the clinic's, offer the service no longer. */
  | { kind: 'end-service'; serviceId: string; calendarIds: readonly string[] | null }
  /** After their last day the practitioner has no times at this clinic. */
  | { kind: 'end-role'; practitionerId: string; lastDay: Temporal.PlainDate }
  /** Days of all the clinic's branches in a country, or (branchId) of one branch there, are kept otherwise. */
  | { kind: 'keep-days'; country: Country; branchId: string | null; days: readonly KeptDay[] };

export type ChangeKind = CalendarChange['kind'];

/** As it comes back from JSON, where Temporal's values have become text. */
type Stored<Value> = Value extends Temporal.Instant | Temporal.PlainDate
  ? string
  : Value extends object
    ? { [Key in keyof Value]: Stored<Value[Key]> }
    : Value;

export type StoredChange = Stored<CalendarChange>;

/** A change as it was stored: JSON.stringify wrote it. */
export function changeOf(stored: StoredChange): CalendarChange {
  switch (stored.kind) {
    case 'close':
      return {
        ...stored,
        times: stored.times.map(({ start, end }) => ({
          start: Temporal.Instant.from(start),
          end: Temporal.Instant.from(end),
        })),
      };
    case 'end-role':
      return { ...stored, lastDay: Temporal.PlainDate.from(stored.lastDay) };
    case 'keep-days':
      return { ...stored, days: stored.days.map((each) => ({ ...each, day: Temporal.PlainDate.from(each.day) })) };
    default:
      return stored;
  }
}
