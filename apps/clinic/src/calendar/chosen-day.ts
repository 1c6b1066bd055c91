import { Inject, Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CalendarsOfClinic, type ClinicBranchChoice } from '#libs/calendars';
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

/** Turns what the address says into a day of a branch of the reader's clinic. */
@Injectable()
export class ChooseDay {
  constructor(
    private readonly calendars: CalendarsOfClinic,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found` for a branch of another clinic; `invalid` for a day that does not exist */
  async run(staff: StaffActor, query: DayQuery): Promise<ChosenDay> {
    const branches = await this.calendars.branches(staff.clinicId);
    const branch = query.branch === undefined ? branches[0] : branches.find(({ id }) => id === query.branch);
    if (branch === undefined) throw new Refusal('not-found');
    const now = this.clock.now();
    const today = localDate(now, branch.zone);
    const day = query.day === undefined ? today : parseDate(query.day);
    if (day === null) throw new Refusal('invalid', { errors: [{ path: 'day', code: 'date' }] });
    const resources = query.practitioners?.length ? query.practitioners : null;
    return { day, today, now, branch, branches, resources };
  }
}
