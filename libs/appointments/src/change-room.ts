import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx } from '#libs/platform';
import type { AppointmentRow } from './appointment-rows.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { openCase } from './open-case.js';
import { placeOfVisit } from './place-of-visit.js';
import { nextStepOf, recordStep } from './record-step.js';
import { after } from './rules/status.js';
import type { UntoldCode } from './rules/untold-codes.js';
import { noteForUndo } from './stand.js';

/** How long a room's name may be, in characters. */
export const longestRoom = 50;

interface RoomChange {
  actor: Actor;
  id: string;
  /** The version that the actor saw. */
  version: number;
  /** Where this visit takes place, in the clinic's words, at most `longestRoom`; null: as its branch and rooms say. */
  room: string | null;
  /** Why the portal does not tell the patient; null or left out: it does, ten seconds later. */
  untold?: UntoldCode | null;
  request: Request;
}

/**
 * Gives one visit another room and leaves all else as it is: same time, same UID, and the event in the patient's calendar
 * is raised so that its place changes (RFC 5545 § 3.8.7.4). Staff can undo it for ten seconds, and only then is the
 * patient told. Where the room is that already, nothing happens.
 * Refusals: `not-found`, `not-allowed`, `state-changed`, `wrong-state` it is over, or nothing is known of a place because
 * it is by phone or video, `invalid` (`room`), `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class ChangeRoom {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(change: RoomChange): Promise<{ id: string }> {
    return inTurn(change.request, () => this.database.transaction((tx) => this.change(tx, change)));
  }

  private async change(tx: Tx, { actor, id, version, untold, request, ...wish }: RoomChange): Promise<{ id: string }> {
    if (await carriedOutBefore(tx, request, id, this.clock.now())) return { id };
    const room = wish.room?.trim() || null;
    if (room !== null && room.length > longestRoom)
      throw new Refusal('invalid', { errors: [{ path: 'room', code: 'length' }] });
    const { appointment, now } = await openCase(tx, this.clock, {
      actor,
      id,
      version,
      permission: 'appointments.change',
    });
    const from = await placeOfVisit(tx, id);
    if (after(appointment.status, 'move') === null || from === null) throw new Refusal('wrong-state');
    if (room === appointment.room) return { id };
    await noteForUndo(tx, appointment);
    await write(tx, appointment, room);
    const to = (await placeOfVisit(tx, id)) ?? from;
    await recordStep(tx, this.jobs, {
      ...nextStepOf(appointment),
      at: now,
      kind: 'details-changed',
      actor,
      to: appointment,
      places: { from, to },
      // The same room by another way, as where the branch's own was typed: nobody needs to hear of it.
      tells: from.room !== to.room,
      untoldWhy: untold ?? null,
      isHeld: true,
    });
    return { id };
  }
}

const write = (tx: Tx, { id }: AppointmentRow, room: string | null): Promise<unknown> =>
  tx.query(`update appointment set room = $2, version = version + 1, sequence = sequence + 1 where id = $1`, [
    id,
    room,
  ]);
