import { Inject, Injectable } from '@nestjs/common';
import { type BusyTimes, keepBusyTimes, lockResources, meets } from '#libs/calendars';
import { CLOCK, type Clock, Database, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { markOrphaned, unmarkCovered } from './orphan-marks.js';
import { visitsOutside } from './queries/visits-outside.js';

/**
 * Closes what a practitioner is busy with in their own calendar, and opens what they are not, in one short transaction.
 * A visit that a busy time now meets stays as it is and stands on the work list; its patient is told nothing (faults.md
 * C8). What nothing changed in is not touched, so it may be called every minute. It asks nobody's rights: the worker calls
 * it, for the clinics at which the owner of the calendar is that practitioner.
 */
@Injectable()
export class KeepBusyTimes {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param first done first in the same transaction, under the practitioner's lock: what was read, before it takes effect
   * @returns whether anything changed
   */
  async run(times: BusyTimes, first: (tx: Tx) => Promise<void> = () => Promise.resolve()): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const { practitionerId } = times;
      await lockResources(tx, [practitionerId]);
      const now = this.clock.now();
      await first(tx);
      const before = new Map<string, Set<string>>();
      for (const clinicId of await clinicsOf(tx, practitionerId))
        before.set(clinicId, await visitsOutside(tx, clinicId, [practitionerId], now));
      const changed = await keepBusyTimes(tx, times, now);
      for (const clinicId of changed) {
        const after = await visitsOutside(tx, clinicId, [practitionerId], now);
        const newly = [...after].filter((id) => !before.get(clinicId)?.has(id));
        await markOrphaned(tx, await whoMeet(tx, newly, times.busy), 'own-calendar', now);
        await unmarkCovered(tx, clinicId, [practitionerId]);
      }
      return changed.length > 0;
    });
  }
}

async function clinicsOf(tx: Tx, practitionerId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(`select distinct clinic_id as id from calendar where resource_id = $1`, [
    practitionerId,
  ]);
  return rows.map(({ id }) => id);
}

/** Openings go on at the grid after a busy time: a visit that only stands between is met by nothing. */
async function whoMeet(tx: Tx, ids: readonly string[], busy: readonly Interval[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string; start: Date; end: Date }>(
    `select id, starts_at as start, ends_at as "end" from appointment where id = any($1)`,
    [ids],
  );
  return rows
    .filter(({ start, end }) => meets({ start: start.toTemporalInstant(), end: end.toTemporalInstant() }, busy))
    .map(({ id }) => id);
}
