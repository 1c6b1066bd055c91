import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import {
  allChanged,
  type Claim,
  findHold,
  freeTime,
  type HeldTime,
  keepSeat,
  type Take,
  take,
  takeTime,
  timeOf,
} from '#libs/calendars';
import { CLOCK, type Clock, Database, Jobs, Refusal, type Tx, violated } from '#libs/platform';
import { subtract } from '#libs/time';
import { type AppointmentRow, patientIsBusy, promisedStart } from './appointment-rows.js';
import type { Former } from './appointment.entity.js';
import type { ReasonCode } from './cancel-appointment.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { takesOf } from './give-time-back.js';
import { requireLiveHold } from './hold-proof.js';
import { openCase } from './open-case.js';
import { recordStep } from './record-step.js';
import { answerDue } from './rules/deadlines.js';
import { after, type Status } from './rules/status.js';
import { claimTarget, endHold, peekTarget, type TargetSlot, type WantedSlot } from './target-slot.js';

interface Move {
  actor: Actor;
  id: string;
  version: number;
  to: WantedSlot;
  reason?: ReasonCode | null;
  note?: string | null;
  /** Why staff move it to a time that is not free or not open (F089); with it the move is carried out. */
  override?: string | null;
  request: Request;
}

/**
 * Moves a visit in one step: same id, same UID, and the old time is free only with the new one taken. The appointment's own
 * time counts as free. A patient's move in a calendar that the clinic confirms by hand waits for the answer: the new time is
 * taken and the old one kept (domain.md, States of an appointment). The payer never changes (promise 7).
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `state-changed`, `not-cancellable` it is over, `other-payer`,
 * `hold-expired`, `slot-taken`, `not-bookable` with why, `patient-busy`, `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class MoveAppointment {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(move: Move): Promise<{ id: string }> {
    return inTurn(move.request, async () => {
      try {
        return await this.database.transaction((tx) => this.move(tx, move));
      } catch (thrown) {
        const constraint = violated(thrown);
        if (constraint === 'occupation_taken_once') throw new Refusal('slot-taken');
        if (constraint === 'appointment_patient_free') throw new Refusal('patient-busy');
        throw thrown;
      }
    });
  }

  private async move(
    tx: Tx,
    { actor, id, version, to, reason, note, override, request }: Move,
  ): Promise<{ id: string }> {
    if (await carriedOutBefore(tx, request, id, this.clock.now())) return { id };
    const target = await peekTarget(tx, to, this.clock.now());
    const { appointment, now } = await openCase(tx, this.clock, {
      actor,
      id,
      version,
      permission: 'appointments.change',
      otherResources: target.resources,
    });
    this.requireMovable(actor, appointment, target, now);
    if (target.hold) await this.endLiveHold(tx, target.hold, to, now);
    const claim = await claimTarget(tx, target, { actor, now, ignored: id, isHeld: target.hold !== null, override });
    if (await patientIsBusy(tx, appointment.patientId, target.visit, id)) throw new Refusal('patient-busy');
    const waits =
      appointment.status === 'pending' || (actor.kind !== 'staff' && target.terms.confirmation === 'manual');
    const former = waits
      ? await this.takeBeside(tx, appointment, claim, now)
      : await this.takeInstead(tx, appointment, claim, now);
    const status: Status = waits ? 'pending' : 'booked';
    await this.write(tx, appointment, target, { status, former, now });
    await recordStep(tx, this.jobs, {
      appointmentId: id,
      clinicId: appointment.clinicId,
      version: appointment.version + 1,
      sequence: appointment.sequence + 1,
      at: now,
      kind: waits ? 'move-requested' : 'moved',
      actor,
      from: appointment,
      to: { status, visit: target.visit, resourceId: target.terms.resourceId },
      reasonCode: reason ?? null,
      reasonNote: note ?? override ?? null,
    });
    return { id };
  }

  private requireMovable(actor: Actor, appointment: AppointmentRow, target: TargetSlot, now: Temporal.Instant): void {
    if (target.terms.clinicId !== appointment.clinicId) throw new Refusal('not-found');
    if (target.terms.payer !== appointment.payer) throw new Refusal('other-payer');
    const hasBegun = Temporal.Instant.compare(promisedStart(appointment), now) <= 0;
    if (after(appointment.status, 'move') === null || (actor.kind !== 'staff' && hasBegun))
      throw new Refusal('not-cancellable');
  }

  /** The hold's time goes over to the appointment in this transaction; it is given back first, under the lock. */
  private async endLiveHold(tx: Tx, peeked: HeldTime, to: WantedSlot, now: Temporal.Instant): Promise<void> {
    const hold = 'holdId' in to ? requireLiveHold(await findHold(tx, to.holdId), to.proof, now) : peeked;
    await endHold(tx, hold, now);
  }

  /** The new time instead of the old one. */
  private async takeInstead(tx: Tx, appointment: AppointmentRow, claim: Claim, now: Temporal.Instant): Promise<null> {
    const { id, clinicId } = appointment;
    const freed = await freeTime(tx, id, 'appointment');
    if (!(await take(tx, { kind: 'appointment', id, clinicId }, claim))) throw new Refusal('slot-taken');
    await allChanged(tx, [...freed, ...claim.touched], now);
    return null;
  }

  /**
   * The new time beside the old one, which stays taken until the clinic answers. Where the two overlap, only the rest of the
   * old one is kept in rows of its own, so that together they are exactly both times. A request that was never confirmed has
   * no old time to keep.
   */
  private async takeBeside(
    tx: Tx,
    appointment: AppointmentRow,
    claim: Claim,
    now: Temporal.Instant,
  ): Promise<Former | null> {
    const { id, clinicId } = appointment;
    const former = appointment.status === 'pending' ? appointment.former : await this.formerOf(tx, appointment);
    const oldTime = await timeOf(tx, id, 'former');
    const freed = await freeTime(tx, id, 'appointment');
    if (oldTime.length > 0) freed.push(...(await freeTime(tx, id, 'former')));
    if (!(await take(tx, { kind: 'appointment', id, clinicId }, claim))) throw new Refusal('slot-taken');
    for (const old of former ? takesOf(former) : []) {
      // A time that staff had booked beside another is that other's in the ledger.
      if (old.override && old.override.lane > 0) continue;
      const ours = claim.takes.filter(({ resourceId }) => resourceId === old.resourceId).map(({ during }) => during);
      const rest = subtract([old.during], ours).map((during): Take => ({ ...old, during, counts: null }));
      if (!(await takeTime(tx, { kind: 'former', id, clinicId }, rest))) throw new Refusal('slot-taken');
    }
    await allChanged(tx, [...freed, ...claim.touched], now);
    return former;
  }

  /** Where the appointment stands, so that a rejection can bring it back. A seat is kept as it is. */
  private async formerOf(tx: Tx, appointment: AppointmentRow): Promise<Former> {
    const { calendarId, serviceId, resourceId, branchId, visit, priceCents } = appointment;
    const times = await timeOf(tx, appointment.id, 'appointment');
    const own = times.find((time) => time.resourceId === resourceId);
    const sessionId = await keepSeat(tx, appointment.id, 'appointment', 'former');
    if (!own && !sessionId) throw new Refusal('state-changed');
    const taken = own?.during ?? visit;
    const rooms = times.filter((time) => time !== own).map((time) => time.resourceId);
    return {
      calendarId,
      serviceId,
      resourceId,
      branchId,
      startsAt: visit.start.toString(),
      endsAt: visit.end.toString(),
      takenFrom: taken.start.toString(),
      takenTo: taken.end.toString(),
      priceCents,
      tariffCents: own?.tariffCents ?? 0,
      ...(rooms.length > 0 && { rooms }),
      ...(sessionId && { sessionId }),
      ...(own?.override && { override: own.override }),
    };
  }

  private async write(
    tx: Tx,
    appointment: AppointmentRow,
    { terms, visit }: TargetSlot,
    { status, former, now }: { status: Status; former: Former | null; now: Temporal.Instant },
  ): Promise<void> {
    // Nobody waits in vain for the old time: whatever comes first, it or the new one, bounds the wait for the answer.
    const old = promisedStart({ visit, former });
    const { compare } = Temporal.Instant;
    const soonest = compare(old, now) > 0 && compare(old, visit.start) < 0 ? old : visit.start;
    await tx.query(
      `update appointment
          set status = $2, branch_id = $3, calendar_id = $4, service_id = $5, resource_id = $6, starts_at = $7, ends_at = $8,
              promised_wall_time = $7::timestamptz at time zone $9, zone = $9, price_cents = $10, answer_due_at = $11,
              former = $12, version = version + 1, sequence = sequence + 1
        where id = $1`,
      [
        appointment.id,
        status,
        terms.branchId,
        terms.calendarId,
        terms.serviceId,
        terms.resourceId,
        visit.start.toString(),
        visit.end.toString(),
        terms.zone,
        terms.priceCents,
        status === 'pending' ? answerDue(now, soonest, terms.answerWithinHours).toString() : null,
        former ? JSON.stringify(former) : null,
      ],
    );
  }
}
