import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { type CalendarChange, requireMayChangeCalendars, resourcesOfChange } from '#libs/calendars';
import { CLOCK, type Clock, Database } from '#libs/platform';
import { changeAndSee, rehearse } from './people-inside.js';
import { writePlan } from './planned-changes.js';

/** Whatever takes published times away or gives them back, and may leave people outside. */
export type Change = CalendarChange;

/**
 * Looks at a change before it is made: remembers it and counts the appointments that would lose their opening. Nothing
 * changes until CarryOutChange says so; a plan is forgotten after a day.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `invalid` times that are empty or past, `wrong-state` hours
 * without a draft.
 */
@Injectable()
export class PlanChange {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    clinicId,
    change,
  }: {
    actor: Actor;
    clinicId: string;
    change: Change;
  }): Promise<{ id: string; peopleInside: number }> {
    const now = this.clock.now();
    const { reader } = this.database;
    const { staffMemberId: by } = await requireMayChangeCalendars(reader, actor, clinicId, change, now);
    const inside = await rehearse(this.database, async (tx) => {
      const resources = await resourcesOfChange(tx, clinicId, change);
      const seen = await changeAndSee(tx, { clinicId, change, resources, begun: null, by, now, isRehearsal: true });
      return seen.inside.size;
    });
    const id = await this.database.transaction((tx) => writePlan(tx, { clinicId, change, by, at: now }));
    return { id, peopleInside: inside };
  }
}
