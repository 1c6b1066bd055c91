import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { CLOCK, type Clock, Database, log } from '#libs/platform';
import { inTime } from './desk/changes-in-time.js';
import { requestInTime } from './desk/requests-in-time.js';
import { untoldChanges } from './queries/changes-to-tell.js';
import { requestsToAnswer } from './queries/requests-to-answer.js';

const untold = new Gauge({
  name: 'pieraksts_untold_changes',
  help: 'Changes by clinics of which patients have not heard: soon too late, or too late',
  labelNames: ['state'],
});

const unanswered = new Gauge({
  name: 'pieraksts_unanswered_requests',
  help: 'Requests in writing that clinics have not answered: soon too late, or too late',
  labelNames: ['state'],
});

interface Counts {
  soon: number;
  late: number;
}

/** Counts what is soon late and late, for whoever watches the portal. */
function watched(rows: readonly { state: 'fine' | 'soon' | 'late' }[], gauge: typeof untold, event: string): Counts {
  const count = (wanted: string): number => rows.filter(({ state }) => state === wanted).length;
  const counts = { soon: count('soon'), late: count('late') };
  gauge.set({ state: 'soon' }, counts.soon);
  gauge.set({ state: 'late' }, counts.late);
  if (counts.late > 0) log.warn({ event, code: 'late', count: counts.late });
  if (counts.soon > 0) log.warn({ event, code: 'soon', count: counts.soon });
  return counts;
}

/**
 * Notices that patients have not heard of what their clinic changed (R3-21), and that clinics have not answered what was
 * asked in writing (R4-09), before it is too late and after.
 */
@Injectable()
export class WatchLateness {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Counts them; who they are stands on the list of their clinic. Safe to repeat. */
  async run(): Promise<Counts & { requests: Counts }> {
    const now = this.clock.now();
    const changes = await untoldChanges(this.database.planned, { clinicId: null, now });
    const requests = await requestsToAnswer(this.database.planned, { clinicId: null });
    return {
      ...watched(
        changes.map((row) => inTime(row, now)),
        untold,
        'changes.untold',
      ),
      requests: watched(
        requests.map((row) => requestInTime(row, now)),
        unanswered,
        'requests.unanswered',
      ),
    };
  }
}
