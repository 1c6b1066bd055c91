import { Inject, Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CalendarsOfClinic, type ClinicBranchChoice, type ClinicCalendar } from '#libs/calendars';
import { CLOCK, type Clock, Refusal } from '#libs/platform';
import { localDate, parseDate } from '#libs/time';
import type { DayQuery } from './day.query.js';

export interface ChosenDay {
  day: Temporal.PlainDate;
  today: Temporal.PlainDate;
  now: Temporal.Instant;
  branch: ClinicBranchChoice;
  branches: ClinicBranchChoice[];
  /** Null: every column. */
  resources: string[] | null;
}

/** Turns what the address says into a day of a branch of the reader's clinic: a practitioner's own branch and column first. */
@Injectable()
export class ChooseDay {
  constructor(
    private readonly calendars: CalendarsOfClinic,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found` for a branch of another clinic; `invalid` for a day that does not exist */
  async run(staff: StaffActor, query: DayQuery): Promise<ChosenDay> {
    const branches = await this.calendars.branches(staff.clinicId, staff.branchIds);
    const own = query.branch === undefined ? await this.ownCalendars(staff) : [];
    const wanted = query.branch ?? own[0]?.branch.id ?? branches[0]?.id;
    const branch = branches.find(({ id }) => id === wanted);
    if (branch === undefined) throw new Refusal('not-found');
    const now = this.clock.now();
    const today = localDate(now, branch.zone);
    const day = query.day === undefined ? today : parseDate(query.day);
    if (day === null) throw new Refusal('invalid', { errors: [{ path: 'day', code: 'date' }] });
    const ownColumns = new Set(own.map(({ resourceId }) => resourceId));
    const first = ownColumns.size > 0 ? [...ownColumns] : null;
    const resources = query.practitioners?.length ? query.practitioners : first;
    return { day, today, now, branch, branches, resources };
  }

  /** Calendars of the practitioner who reads, or of those whom they assist, published ones first. */
  private async ownCalendars({ clinicId, practitionerIds, branchIds }: StaffActor): Promise<ClinicCalendar[]> {
    if (practitionerIds.length === 0) return [];
    const own = await this.calendars.run(clinicId, { practitionerIds, branchIds });
    return own.toSorted((a, b) => Number(b.published) - Number(a.published));
  }
}
