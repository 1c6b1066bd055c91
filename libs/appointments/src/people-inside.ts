import { beginChange, type CalendarChange, changeResource, type BegunChange } from '#libs/calendars';
import type { Database, Tx } from '#libs/platform';
import { visitsOutside } from './queries/visits-outside.js';

class Rehearsed extends Error {
  constructor(readonly outcome: unknown) {
    super('rehearsed');
  }
}

/**
 * Does something in a transaction that is rolled back, and says what it led to. Nobody's booking waits for it: no
 * resource is locked.
 */
export async function rehearse<Outcome>(database: Database, work: (tx: Tx) => Promise<Outcome>): Promise<Outcome> {
  try {
    return await database.transaction(async (tx) => {
      throw new Rehearsed(await work(tx));
    });
  } catch (thrown) {
    if (thrown instanceof Rehearsed) return thrown.outcome as Outcome;
    throw thrown;
  }
}

/**
 * Makes the change in the caller's transaction and says whose opening it takes away: those who had one before and have none
 * after it. What is asked beforehand and what is carried out is this same derivation.
 * @param begun what `beginChange` answered, if the change has begun already
 */
export async function changeAndSee(
  tx: Tx,
  {
    clinicId,
    change,
    resources,
    begun,
    by,
    now,
    isRehearsal,
  }: {
    clinicId: string;
    change: CalendarChange;
    resources: readonly string[];
    begun: BegunChange | null;
    by: string;
    now: Temporal.Instant;
    isRehearsal: boolean;
  },
): Promise<{ begun: BegunChange; inside: Set<string> }> {
  // A closure of a room is felt by everybody at once, and each practitioner's part still has to see whom it puts outside.
  const before = await visitsOutside(tx, clinicId, resources, now, begun?.closureIds);
  const known = begun ?? (await beginChange(tx, clinicId, change, { by, now }));
  for (const resourceId of resources)
    await changeResource(tx, clinicId, change, resourceId, { begun: known, now, isRehearsal });
  const after = await visitsOutside(tx, clinicId, resources, now);
  return { begun: known, inside: new Set([...after].filter((id) => !before.has(id))) };
}
