import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { CLOCK, type Clock, Database, log } from '#libs/platform';
import { inTime } from './desk/changes-in-time.js';
import { untoldChanges } from './queries/changes-to-tell.js';

const untold = new Gauge({
  name: 'pieraksts_untold_changes',
  help: 'Changes by clinics of which patients have not heard: soon too late, or too late',
  labelNames: ['state'],
});

/** Notices that patients have not heard of what their clinic changed, before it is too late and after (R3-21). */
@Injectable()
export class WatchLateness {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Counts them for whoever watches the portal; who they are stands on the list of their clinic. Safe to repeat. */
  async run(): Promise<{ soon: number; late: number }> {
    const now = this.clock.now();
    const rows = await untoldChanges({ query: this.database.readPlanned.bind(this.database) }, { clinicId: null, now });
    const states = rows.map((row) => inTime(row, now).state);
    const count = (wanted: string): number => states.filter((state) => state === wanted).length;
    const counts = { soon: count('soon'), late: count('late') };
    untold.set({ state: 'soon' }, counts.soon);
    untold.set({ state: 'late' }, counts.late);
    if (counts.late > 0) log.warn({ event: 'changes.untold', code: 'late', count: counts.late });
    if (counts.soon > 0) log.warn({ event: 'changes.untold', code: 'soon', count: counts.soon });
    return counts;
  }
}
