import { Inject, Injectable } from '@nestjs/common';
import { StaffToday } from '#libs/access';
import { lockResources } from '#libs/calendars';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { CarryOutChange } from './carry-out-change.js';
import { unmarkCovered } from './orphan-marks.js';
import { isOutside } from './queries/visits-outside.js';

/** Staff are asked for so long about people who came in while a change was under way; then those are kept. */
const patienceMinutes = 60;
/** A plan that nobody carried out, and one that is done, is forgotten after a day. */
const keptHours = 24;

interface UnderWay {
  created_at: Date;
  created_by: string;
}

/** Goes on with changes of many calendars that were left half done, as whoever began them; and forgets old plans. */
@Injectable()
export class ResumeChanges {
  constructor(
    private readonly database: Database,
    private readonly carryOut: CarryOutChange,
    private readonly staffToday: StaffToday,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Changes that have been under way for a minute, oldest first. */
  async due(): Promise<string[]> {
    const rows = await this.database.read<{ id: string }>(
      `select id from planned_change where state = 'under-way' and created_at <= $1 order by created_at limit 50`,
      [this.clock.now().subtract({ minutes: 1 }).toString()],
    );
    return rows.map(({ id }) => id);
  }

  /** Does the next parts. Whoever came in meanwhile is asked about for an hour; after that they are kept. */
  async run({ id }: { id: string }): Promise<void> {
    const [plan] = await this.database.read<UnderWay>(
      `select created_at, created_by from planned_change where id = $1 and state = 'under-way'`,
      [id],
    );
    const staff = plan && (await this.staffToday.run(plan.created_by, id));
    if (!staff) return;
    const waited = plan.created_at.toTemporalInstant().until(this.clock.now()).total('minutes');
    try {
      await this.carryOut.resume(staff.actor, id, { keepsOthers: waited > patienceMinutes });
    } catch (thrown) {
      // Staff are asked on the page of the change.
      if (!(thrown instanceof Refusal) || thrown.code !== 'state-changed') throw thrown;
    }
  }

  /** Takes the mark from visits that are covered again without a change, as when a calendar's terms name a service anew. */
  async noticeCovered(): Promise<void> {
    const covered = await this.database.read<{ clinicId: string; resourceId: string }>(
      `select distinct a.clinic_id as "clinicId", a.resource_id as "resourceId" from appointment a
        where a.orphaned_at is not null and a.status in ('pending', 'booked') and a.starts_at > $1 and not (${isOutside})`,
      [this.clock.now().toString()],
    );
    for (const { clinicId, resourceId } of covered)
      await this.database.transaction(async (tx) => {
        await lockResources(tx, [resourceId]);
        await unmarkCovered(tx, clinicId, [resourceId]);
      });
  }

  async forget(): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query(`delete from planned_change where state <> 'under-way' and created_at < $1`, [
        this.clock.now().subtract({ hours: keptHours }).toString(),
      ]),
    );
  }
}
