import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { DayOfBranch } from '#libs/appointments';
import { ChooseDay, type ChosenDay, isChosen } from '../calendar/chosen-day.js';
import type { DayQuery } from '../calendar/day.query.js';

/** The day as the calendar shows it to the reader, with those whom it shows named one by one; null: everybody. */
@Injectable()
export class PaperDay {
  constructor(
    private readonly chosen: ChooseDay,
    private readonly days: DayOfBranch,
  ) {}

  /** @throws Refusal as `ChooseDay` */
  async run(staff: StaffActor, query: DayQuery): Promise<ChosenDay> {
    const chosen = await this.chosen.run(staff, query);
    if (chosen.specialty === null) return chosen;
    const { columns } = await this.days.run(staff, chosen.branch.id, chosen.day);
    return {
      ...chosen,
      resources: columns.filter((column) => isChosen(chosen, column)).map(({ resourceId }) => resourceId),
    };
  }
}

/** The same day in the address of another page. */
export const searchOfPaper = ({ branch, day, resources }: ChosenDay): URLSearchParams =>
  new URLSearchParams({
    branch: branch.id,
    day: day.toString(),
    practitioners: resources?.join(',') ?? 'all',
    specialty: 'all',
  });
