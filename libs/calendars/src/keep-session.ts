import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { allChanged, dropExpiredHolds, freeTime, lockResources, resourcesOfOwner, timeChanged } from './ledger.js';

interface Session {
  id: string;
  clinicId: string;
  resourceId: string;
  branchId: string;
  during: Interval;
  seats: number;
}

async function sessionOf(tx: Tx, id: string): Promise<Session> {
  const [row] = await tx.query<{
    id: string;
    clinic_id: string;
    resource_id: string;
    branch_id: string;
    starts_at: Date;
    ends_at: Date;
    seats: number;
  }>(
    `select g.id, g.clinic_id, c.resource_id, c.branch_id, g.starts_at, g.ends_at, g.seats
       from group_session g join calendar c on c.id = g.calendar_id where g.id = $1`,
    [id],
  );
  if (!row) throw new Refusal('not-found');
  return {
    id,
    clinicId: row.clinic_id,
    resourceId: row.resource_id,
    branchId: row.branch_id,
    during: { start: row.starts_at.toTemporalInstant(), end: row.ends_at.toTemporalInstant() },
    seats: row.seats,
  };
}

/** Locks what the session takes, drops holds that ended, and loads it again. @throws Refusal `not-found`, `not-allowed` */
async function lockedSession(tx: Tx, actor: Actor, id: string, clock: Clock): Promise<Session> {
  const peek = await sessionOf(tx, id);
  requireStaff(actor, peek.clinicId, 'hours.edit', { practitionerId: peek.resourceId, branchId: peek.branchId });
  await lockResources(tx, [peek.resourceId, ...(await resourcesOfOwner(tx, id))]);
  await dropExpiredHolds(tx, peek.resourceId, clock.now());
  return sessionOf(tx, id);
}

const seatsTaken = async (tx: Tx, id: string): Promise<number[]> =>
  (await tx.query<{ seat: number }>(`select seat from seat where session_id = $1 order by seat`, [id])).map(
    ({ seat }) => seat,
  );

const peopleInside = (path: string, code: string): Refusal => new Refusal('invalid', { errors: [{ path, code }] });

/**
 * Calls a session off that nobody has a seat in; its time is free at once.
 * Refusals: `not-found` another clinic's session, `not-allowed`, `invalid` (path `session`, code
 * `calendars.sessions.people-inside`) while seats are taken or held: those people are moved or cancelled first.
 */
@Injectable()
export class CancelSession {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, sessionId }: { actor: Actor; sessionId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const session = await lockedSession(tx, actor, sessionId, this.clock);
      if ((await seatsTaken(tx, sessionId)).length > 0) {
        throw peopleInside('session', 'calendars.sessions.people-inside');
      }
      const now = this.clock.now();
      const freed = await freeTime(tx, sessionId, 'session');
      await tx.query(`delete from group_session where id = $1`, [sessionId]);
      await allChanged(tx, freed, now);
      // Where the session took no time of its resource any more, its seats were still to be seen.
      if (freed.length === 0) await timeChanged(tx, session.resourceId, [session.during], now);
    });
  }
}

/**
 * Gives a session more or fewer seats, never fewer than are taken or held.
 * Refusals: `not-found`, `not-allowed`, `invalid` (path `seats`, codes `min`, `max`, `calendars.sessions.seats-taken`).
 */
@Injectable()
export class KeepSeats {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, sessionId, seats }: { actor: Actor; sessionId: string; seats: number }): Promise<void> {
    if (!Number.isInteger(seats) || seats < 1) throw peopleInside('seats', 'min');
    if (seats > 500) throw peopleInside('seats', 'max');
    await this.database.transaction(async (tx) => {
      const session = await lockedSession(tx, actor, sessionId, this.clock);
      const taken = await seatsTaken(tx, sessionId);
      if (taken.length > seats) throw peopleInside('seats', 'calendars.sessions.seats-taken');
      // Seats move up to the first free number, one by one, so that none lies beyond the fewer seats.
      for (const [index, seat] of taken.entries()) {
        if (seat !== index + 1) {
          await tx.query(`update seat set seat = $3 where session_id = $1 and seat = $2`, [sessionId, seat, index + 1]);
        }
      }
      await tx.query(`update group_session set seats = $2 where id = $1`, [sessionId, seats]);
      await timeChanged(tx, session.resourceId, [session.during], this.clock.now());
    });
  }
}
