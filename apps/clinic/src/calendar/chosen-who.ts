import { Injectable } from '@nestjs/common';
import { type StaffActor, within } from '#libs/access';
import { CalendarsOfClinic } from '#libs/calendars';
import { ChooseDay, type ChosenDay } from './chosen-day.js';
import type { WhoQuery } from './day.query.js';

/** Somebody, or a room or device, with a calendar at the branch. */
export interface Who {
  id: string;
  name: string;
}

/** Whose week or month it is: as the address says, else the reader's own, else the first of those whom they see. */
@Injectable()
export class ChooseWho {
  constructor(
    private readonly chosen: ChooseDay,
    private readonly calendars: CalendarsOfClinic,
  ) {}

  /** Null: there is no branch; `who` is null where it has no calendars. Refusals: as `ChooseDay`. */
  async run(staff: StaffActor, query: WhoQuery): Promise<{ chosen: ChosenDay; who: Who | null; whos: Who[] } | null> {
    const chosen = await this.chosen.orNothing(staff, query);
    if (chosen === null) return null;
    const calendars = await this.calendars.run(staff.clinicId, within(staff, 'calendar.read'));
    const here = calendars.filter(({ branch }) => branch.id === chosen.branch.id);
    const whos = [...new Map(here.map(({ resourceId: id, name }) => [id, { id, name }])).values()];
    const wanted = [query.who, ...staff.practitionerIds, ...(chosen.resources ?? [])];
    const found = wanted.map((id) => whos.find((each) => each.id === id)).find((each) => each !== undefined);
    return { chosen, who: found ?? whos[0] ?? null, whos };
  }
}
