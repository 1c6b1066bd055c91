import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { findHold, type HeldTime } from '#libs/calendars';
import { CLOCK, type Clock, Database, Jobs, type Tx } from '#libs/platform';
import { requireLiveHold } from './hold-proof.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { moveCase } from './move-case.js';
import { openCase } from './open-case.js';
import { loadAppointment } from './appointment-rows.js';
import type { Override } from './rules/override.js';
import type { ReasonCode } from './rules/reason-codes.js';
import type { UntoldCode } from './rules/untold-codes.js';
import { orTaken } from './or-taken.js';
import { endHold, peekTarget, type WantedSlot } from './target-slot.js';

interface Move {
  actor: Actor;
  id: string;
  version: number;
  to: WantedSlot;
  reason?: ReasonCode | null;
  note?: string | null;
  /** Why staff move it to a time that is not free or not open (F089); with it the move is carried out. */
  override?: Override | null;
  /** The visit's length, 5 to 480, where staff want another than it has; without it the length stays. */
  minutes?: number | null;
  /** Why the portal does not tell the patient; null or left out: it does, ten seconds later. */
  untold?: UntoldCode | null;
  request: Request;
}

/**
 * Moves a visit in one step: same id, same UID, and the old time is free only with the new one taken. The appointment's own
 * time counts as free. A patient's move in a calendar that the clinic confirms by hand waits for the answer: the new time is
 * taken and the old one kept (domain.md, States of an appointment). The payer never changes (promise 7). A move by staff can
 * be undone for ten seconds, and only then is the patient told.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `state-changed`, `not-cancellable` it is over, `wrong-state` it
 * stands there already, `other-payer`, `hold-expired`, `slot-taken`, `not-bookable` with why, `patient-busy`, `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class MoveAppointment {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(move: Move): Promise<{ id: string }> {
    return inTurn(move.request, () => orTaken(this.database.transaction((tx) => this.move(tx, move))));
  }

  private async move(
    tx: Tx,
    { actor, id, version, to, reason, note, override, minutes, untold, request }: Move,
  ): Promise<{ id: string }> {
    if (await carriedOutBefore(tx, request, id, this.clock.now())) return { id };
    const byStaff = actor.kind === 'staff';
    const length = (byStaff && minutes) || (await lengthOf(tx, id, to));
    const target = await peekTarget(tx, to, this.clock.now(), length);
    const { appointment, now } = await openCase(tx, this.clock, {
      actor,
      id,
      version,
      permission: 'appointments.change',
      otherResources: target.resources,
    });
    // Who may take it from one calendar may not yet put it into another.
    if (byStaff) {
      const { clinicId, resourceId: practitionerId, branchId } = target.terms;
      requireStaff(actor, clinicId, 'appointments.change', { practitionerId, branchId });
    }
    if (target.hold) await this.endLiveHold(tx, target.hold, to, now);
    const isHeld = target.hold !== null;
    await moveCase(tx, this.jobs, {
      actor,
      appointment,
      target,
      isHeld,
      now,
      reason: reason ?? null,
      note: note ?? null,
      override: override ?? null,
      untold: byStaff ? (untold ?? null) : null,
      isUndoable: byStaff,
    });
    return { id };
  }

  /** The hold's time goes over to the appointment in this transaction; it is given back first, under the lock. */
  private async endLiveHold(tx: Tx, peeked: HeldTime, to: WantedSlot, now: Temporal.Instant): Promise<void> {
    const hold = 'holdId' in to ? requireLiveHold(await findHold(tx, to.holdId), to.proof, now) : peeked;
    await endHold(tx, hold, now);
  }
}

/** The length that staff gave the visit: it keeps it wherever it goes, unless it becomes another service. */
async function lengthOf(tx: Tx, id: string, to: WantedSlot): Promise<number | null> {
  const appointment = await loadAppointment(tx, id);
  const isOther = 'serviceId' in to && to.serviceId !== appointment?.serviceId;
  return isOther ? null : (appointment?.minutes ?? null);
}
