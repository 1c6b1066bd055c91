import { Inject, Injectable } from '@nestjs/common';
import { requireSomewhere, type StaffActor } from '#libs/access';
import type { DayColumn, DayOfBranchAnswer } from '#libs/appointments';
import { CalendarsOfClinic, type ClinicBranchChoice, type ClinicCalendar } from '#libs/calendars';
import { CLOCK, type Clock, Refusal } from '#libs/platform';
import { localDate, parseDate } from '#libs/time';
import type { DayQuery, Step } from './day.query.js';
import { KeptViews } from './kept-view.js';

export interface ChosenDay {
  day: Temporal.PlainDate;
  today: Temporal.PlainDate;
  now: Temporal.Instant;
  branch: ClinicBranchChoice;
  branches: ClinicBranchChoice[];
  /** Null: every column. */
  resources: string[] | null;
  /** Null: every specialty. */
  specialty: string | null;
  step: Step;
  /** What of it stands in the address: links keep that, and leave to the reader's own view what they keep. */
  told: { practitioners: string | null; specialty: string | null };
}

/**
 * Turns what the address says into a day of a branch of the reader's clinic. What it does not say is as the reader keeps
 * it; a practitioner who keeps nothing sees their own branch and column first.
 */
@Injectable()
export class ChooseDay {
  constructor(
    private readonly calendars: CalendarsOfClinic,
    private readonly views: KeptViews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** As `orNothing`, where a calendar there is no branch for is not found. */
  async run(staff: StaffActor, query: DayQuery): Promise<ChosenDay> {
    const chosen = await this.orNothing(staff, query);
    if (chosen === null) throw new Refusal('not-found');
    return chosen;
  }

  /**
   * Null: there is no branch yet, or none of the reader's.
   * @throws Refusal `not-allowed` for who may see nobody's calendar; `not-found` for a branch that is not theirs to see;
   *   `invalid` for a day that does not exist
   */
  async orNothing(staff: StaffActor, query: DayQuery): Promise<ChosenDay | null> {
    requireSomewhere(staff, staff.clinicId, 'calendar.read');
    const [branches, kept, own] = await Promise.all([
      this.calendars.branches(staff.clinicId, staff.branchIds),
      this.views.of(staff),
      this.ownCalendars(staff),
    ]);
    if (branches.length === 0 && query.branch === undefined) return null;
    const wanted =
      query.branch ?? [kept.branch, own[0]?.branch.id].find((id) => branches.some((each) => each.id === id));
    const branch = wanted === undefined ? branches[0] : branches.find(({ id }) => id === wanted);
    if (branch === undefined) throw new Refusal('not-found');
    const now = this.clock.now();
    const today = localDate(now, branch.zone);
    const day = query.day === undefined ? today : parseDate(query.day);
    if (day === null) throw new Refusal('invalid', { errors: [{ path: 'day', code: 'date' }] });
    const filter = kept.filters[branch.id];
    const ownHere = own.filter((each) => each.branch.id === branch.id).map(({ resourceId }) => resourceId);
    const first = ownHere.length > 0 ? [...new Set(ownHere)] : null;
    const listed = query.practitioners;
    const specialty = query.specialty ?? filter?.specialty ?? null;
    return {
      day,
      today,
      now,
      branch,
      branches,
      resources: listed ? (listed.length > 0 ? listed : null) : filter ? filter.columns : first,
      specialty: specialty === 'all' ? null : specialty,
      step: query.step ?? kept.step,
      told: {
        practitioners: listed ? listed.join(',') || 'all' : null,
        specialty: query.specialty ?? null,
      },
    };
  }

  /** Calendars of the practitioner who reads, or of those whom they assist, published ones first. */
  private async ownCalendars({ clinicId, practitionerIds, branchIds }: StaffActor): Promise<ClinicCalendar[]> {
    if (practitionerIds.length === 0) return [];
    const own = await this.calendars.run(clinicId, { practitionerIds, branchIds });
    return own.toSorted((a, b) => Number(b.published) - Number(a.published));
  }
}

/** Whether the reader wants to see a column. */
export const isChosen = ({ resources, specialty }: ChosenDay, column: DayColumn): boolean =>
  (resources?.includes(column.resourceId) ?? true) && (specialty === null || column.specialties.includes(specialty));

/** Only what the reader wants to see of it. */
export function chosenOf(chosen: ChosenDay, all: DayOfBranchAnswer): DayOfBranchAnswer {
  const columns = all.columns.filter((column) => isChosen(chosen, column));
  if (columns.length === all.columns.length) return all;
  const shown = new Set(columns.map(({ resourceId }) => resourceId));
  const within = <Each extends { resourceId: string | null }>(rows: readonly Each[]): Each[] =>
    rows.filter(({ resourceId }) => resourceId === null || shown.has(resourceId));
  return {
    ...all,
    columns,
    openings: within(all.openings),
    appointments: within(all.appointments),
    sessions: within(all.sessions),
    taken: within(all.taken),
    closures: within(all.closures),
    free: within(all.free),
  };
}

/** The address of this view at another day, with what was told of it. */
export function searchOf(
  { branch, told }: Pick<ChosenDay, 'branch' | 'told'>,
  day: Temporal.PlainDate,
): URLSearchParams {
  const search = new URLSearchParams({ branch: branch.id, day: day.toString() });
  if (told.practitioners !== null) search.set('practitioners', told.practitioners);
  if (told.specialty !== null) search.set('specialty', told.specialty);
  return search;
}
