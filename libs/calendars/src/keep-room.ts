import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import { lockResources } from './ledger.js';
import { needChanged } from './need-changed.js';
import { termsChanged } from './keep-calendar-terms.js';

/** A room or device as the clinic describes it. */
export interface RoomWish {
  kind: 'room' | 'device';
  name: string;
  branchId: string;
  /** What it can be used for, as services name what they need: `ultrasound`; null: nothing in particular. */
  capability: string | null;
  /** Whether it can be taken; a room that is being repaired for long is not. */
  active: boolean;
}

interface Kept {
  branchId: string | null;
  capability: string | null;
  active: boolean;
}

const wrong = (path: string, code: string): Refusal => new Refusal('invalid', { errors: [{ path, code }] });

/**
 * Adds a room or device, or changes one. Visits that need its capability take it from then on, the first free one by name.
 * Refusals: `not-found` another clinic's room or branch, `not-allowed`, `invalid`: path `name` (codes `required`,
 * `too-long`, `calendars.rooms.name-taken`), `capability` (`format`), and `active`, `branchId` or `capability` (code
 * `calendars.rooms.people-inside`) while visits to come take it, and `branchId` (`calendars.rooms.has-calendar`) while it
 * is booked by itself there.
 */
@Injectable()
export class KeepRoom {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param id the room to change; null for a new one */
  async run({
    actor,
    clinicId,
    id,
    room,
  }: {
    actor: Actor;
    clinicId: string;
    id: string | null;
    room: RoomWish;
  }): Promise<{ id: string }> {
    requireStaff(actor, clinicId, 'profile.edit', { branchId: room.branchId });
    if (room.name.trim() === '') throw wrong('name', 'required');
    if (room.name.length > 100) throw wrong('name', 'too-long');
    if (room.capability !== null && !isCapability(room.capability)) throw wrong('capability', 'format');
    return this.database.transaction(async (tx) => {
      await requireBranch(tx, clinicId, room.branchId);
      const now = this.clock.now();
      if (id === null) return this.add(tx, clinicId, room);
      await lockResources(tx, [id]);
      const [before] = await tx.query<Kept>(
        `select branch_id as "branchId", capability, active from resource
          where id = $1 and clinic_id = $2 and kind <> 'practitioner'`,
        [id, clinicId],
      );
      if (!before) throw new Refusal('not-found');
      requireStaff(actor, clinicId, 'profile.edit', { branchId: before.branchId });
      await requireUnused(tx, id, before, room, now);
      await requireName(tx, clinicId, id, room);
      await tx.query(
        `update resource set kind = $2, name = $3, branch_id = $4, capability = $5, active = $6, version = version + 1
          where id = $1`,
        [id, room.kind, room.name, room.branchId, room.capability, room.active],
      );
      if (before.active !== room.active) await this.openOwn(tx, id, room.active, now);
      for (const kept of [before, room]) {
        if (kept.capability !== null && kept.branchId !== null)
          await needChanged(tx, clinicId, { capability: kept.capability, branchId: kept.branchId });
      }
      return { id };
    });
  }

  private async add(tx: Tx, clinicId: string, room: RoomWish): Promise<{ id: string }> {
    await requireName(tx, clinicId, null, room);
    const [row] = await tx.query<{ id: string }>(
      `insert into resource (id, kind, clinic_id, name, branch_id, capability, active)
       values (uuidv7(), $1, $2, $3, $4, $5, $6) returning id`,
      [room.kind, clinicId, room.name, room.branchId, room.capability, room.active],
    );
    if (!row) throw new Error('the room was not written');
    if (room.capability !== null) {
      await needChanged(tx, clinicId, { capability: room.capability, branchId: room.branchId });
    }
    return row;
  }

  /** A room that is out of use is not booked by itself either; in use again, what was published counts again. */
  private async openOwn(tx: Tx, id: string, active: boolean, now: Temporal.Instant): Promise<void> {
    const calendars = await tx.query<{ zone: string }>(
      `update calendar c set published = $2 and c.published_until is not null
         from branch b where b.id = c.branch_id and c.resource_id = $1 returning b.zone`,
      [id, active],
    );
    const [calendar] = calendars;
    if (calendar) await termsChanged(tx, { resourceId: id, zone: calendar.zone }, now);
  }
}

/** Lower-case words of letters and digits, joined by hyphens. */
export const isCapability = (text: string): boolean => text.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);

async function requireBranch(tx: Tx, clinicId: string, branchId: string): Promise<void> {
  const known = await tx.query(`select from branch where clinic_id = $1 and id = $2`, [clinicId, branchId]);
  if (known.length === 0) throw new Refusal('not-found');
}

/** Two rooms of one name at a branch could not be told apart by whoever is sent there. */
async function requireName(tx: Tx, clinicId: string, id: string | null, room: RoomWish): Promise<void> {
  const others = await tx.query(
    `select from resource
      where clinic_id = $1 and branch_id = $2 and lower(name) = lower($3) and id is distinct from $4::uuid`,
    [clinicId, room.branchId, room.name, id],
  );
  if (others.length > 0) throw wrong('name', 'calendars.rooms.name-taken');
}

async function requireUnused(tx: Tx, id: string, before: Kept, room: RoomWish, now: Temporal.Instant): Promise<void> {
  const path =
    before.active && !room.active
      ? 'active'
      : before.branchId !== room.branchId
        ? 'branchId'
        : before.capability !== room.capability
          ? 'capability'
          : null;
  if (path === null) return;
  const inside = await tx.query(
    `select from occupation
      where resource_id = $1 and upper(during) > $2 and (expires_at is null or expires_at > $2) limit 1`,
    [id, now.toString()],
  );
  if (inside.length > 0) throw wrong(path, 'calendars.rooms.people-inside');
  if (path !== 'branchId') return;
  const own = await tx.query(`select from calendar where resource_id = $1 limit 1`, [id]);
  if (own.length > 0) throw wrong('branchId', 'calendars.rooms.has-calendar');
}
