import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { allChanged, becomeAppointment, type Claim, findHold, lockResources, take } from '#libs/calendars';
import type { PatientDetails } from '#libs/people';
import { CLOCK, type Clock, Database, Jobs, type Language, Refusal, type Tx } from '#libs/platform';
import { lockPatient, patientIsBusy } from './appointment-rows.js';
import { meetConditions, type ToldBefore } from './booking-conditions.js';
import type { Origin } from './appointment.entity.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { requireLiveHold } from './hold-proof.js';
import { orTaken } from './or-taken.js';
import { patientToBook } from './patient-to-book.js';
import { recordStep } from './record-step.js';
import { takeReferral } from './referral.js';
import type { Override } from './rules/override.js';
import type { Status } from './rules/status.js';
import type { UntoldCode } from './rules/untold-codes.js';
import { claimTarget, peekTarget, type TargetSlot, toldOverride, type WantedSlot } from './target-slot.js';
import { type Wishes, writeAppointment } from './write-appointment.js';

/** What a booking meets, such as a registered request: both happen, or neither. */
export interface Meeting {
  /** Locks it before anything is taken, and refuses when it can be met no more. */
  begin(tx: Tx): Promise<void>;
  /** Says that this appointment meets it. */
  end(tx: Tx, appointmentId: string): Promise<void>;
}

/** What is booked, for whom, and how to reach them. */
export interface Booking extends ToldBefore {
  actor: Actor;
  slot: WantedSlot;
  patient: { id: string } | PatientDetails;
  /** At least one of the two; the e-mail address of a guest is the proven one. */
  contact: { email: string | null; phone: string | null };
  /** The language of the letters. */
  language: Language;
  termsVersion: string | null;
  /** Why the person comes; optional, sealed, and never in a letter. */
  reason?: string | null;
  origin: Origin;
  wishes?: Wishes | undefined;
  /** Staff book a time that is not free or not open, knowing what stands against it (F089, R4-10). */
  override?: Override | null;
  /** How staff tell the patient themselves; the portal then tells nobody of the booking (R3-19, R3-20). */
  untold?: UntoldCode | null;
  meets?: Meeting | undefined;
  request: Request;
}

/**
 * Books a visit: `pending` in a calendar that the clinic confirms by hand, else `booked`; what staff book is booked.
 * Promises 1 to 7. A patient is found or added inside the account's or clinic's own records, and never overwritten.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `hold-expired`, `slot-taken`, `not-bookable` with why,
 * `patient-busy`, those of `meetConditions` and of `meets`, `in-progress`, `idempotency-key-reused`.
 */
@Injectable()
export class BookAppointment {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(booking: Booking): Promise<{ id: string }> {
    if (booking.actor.kind === 'anonymous') throw new Refusal('not-signed-in');
    return inTurn(booking.request, () => orTaken(this.database.transaction((tx) => this.book(tx, booking))));
  }

  private async book(tx: Tx, booking: Booking): Promise<{ id: string }> {
    const { actor, slot, request } = booking;
    const id = randomUUID();
    const before = await carriedOutBefore(tx, request, id, this.clock.now());
    if (before) return { id: before };
    await booking.meets?.begin(tx);
    const target = await peekTarget(tx, slot, this.clock.now());
    const { terms } = target;
    if (actor.kind === 'staff')
      requireStaff(actor, terms.clinicId, 'appointments.book', {
        practitionerId: terms.resourceId,
        branchId: terms.branchId,
      });
    await lockResources(tx, target.resources);
    const now = this.clock.now();
    const patientId = await patientToBook(tx, actor, booking.patient, terms.clinicId, now);
    await lockPatient(tx, patientId);
    const { hold } = target;
    if (hold && 'holdId' in slot) requireLiveHold(await findHold(tx, hold.id), slot.proof, now);
    const claim = await claimTarget(tx, target, {
      actor,
      now,
      ignored: hold?.id ?? null,
      isHeld: hold !== null,
      override: booking.override,
    });
    if (await patientIsBusy(tx, patientId, target.visit, null)) throw new Refusal('patient-busy');
    const told = { ...booking, holdId: hold?.id ?? null };
    const { answersSealed, referral } = await meetConditions(tx, told, { terms, visit: target.visit, patientId, now });
    await this.takeSlot(tx, target, claim, id, now);
    const status: Status = terms.confirmation === 'manual' && actor.kind !== 'staff' ? 'pending' : 'booked';
    await writeAppointment(tx, booking, target, { id, patientId, status, answersSealed, now });
    if (referral) await takeReferral(tx, referral, { appointmentId: id, clinicId: terms.clinicId, now });
    await recordStep(tx, this.jobs, {
      appointmentId: id,
      clinicId: terms.clinicId,
      version: 1,
      sequence: 0,
      at: now,
      kind: status === 'pending' ? 'requested' : 'booked',
      actor,
      from: null,
      to: { status, visit: target.visit, resourceId: terms.resourceId },
      ...toldOverride(claim, booking.override),
      untoldWhy: actor.kind === 'staff' ? (booking.untold ?? null) : null,
    });
    await booking.meets?.end(tx, id);
    return { id };
  }

  private async takeSlot(
    tx: Tx,
    { terms, hold }: TargetSlot,
    claim: Claim,
    id: string,
    now: Temporal.Instant,
  ): Promise<void> {
    if (hold) {
      if (!(await becomeAppointment(tx, hold.id, id))) throw new Refusal('hold-expired');
      return;
    }
    if (!(await take(tx, { kind: 'appointment', id, clinicId: terms.clinicId }, claim)))
      throw new Refusal('slot-taken');
    await allChanged(tx, claim.touched, now);
  }
}
