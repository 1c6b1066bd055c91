import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Actor, requireStaff } from '#libs/access';
import { allChanged, becomeAppointment, type Claim, findHold, lockResources, take } from '#libs/calendars';
import { type Keeper, keepPatient, mayActFor, type PatientDetails } from '#libs/people';
import {
  CLOCK,
  type Clock,
  Database,
  Jobs,
  type Language,
  newReference,
  Refusal,
  seal,
  type Tx,
  violated,
} from '#libs/platform';
import { historyActor, lockPatient, patientIsBusy } from './appointment-rows.js';
import { meetConditions, type ToldBefore } from './booking-conditions.js';
import type { Origin } from './appointment.entity.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { requireLiveHold } from './hold-proof.js';
import { patientOfClinic } from './queries/patient-of-clinic.js';
import { recordStep } from './record-step.js';
import { takeReferral } from './referral.js';
import { answerDue } from './rules/deadlines.js';
import type { Status } from './rules/status.js';
import { claimTarget, peekTarget, type TargetSlot, type WantedSlot } from './target-slot.js';

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
  /** Why staff book a time that is not free or not open (F089, R4-10). */
  override?: string | null;
  request: Request;
}

interface Written {
  id: string;
  patientId: string;
  status: Status;
  answersSealed: Buffer | null;
  now: Temporal.Instant;
}

/**
 * Books a visit: `pending` in a calendar that the clinic confirms by hand, else `booked`; what staff book is booked.
 * Promises 1 to 7. A patient is found or added inside the account's or clinic's own records, and never overwritten.
 * Refusals: `not-signed-in`, `not-found`, `not-allowed`, `hold-expired`, `slot-taken`, `not-bookable` with why,
 * `patient-busy`, those of `meetConditions`, `in-progress`, `idempotency-key-reused`.
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
    return inTurn(booking.request, async () => {
      try {
        return await this.database.transaction((tx) => this.book(tx, booking));
      } catch (thrown) {
        const constraint = violated(thrown);
        if (constraint === 'occupation_taken_once') throw new Refusal('slot-taken');
        if (constraint === 'appointment_patient_free') throw new Refusal('patient-busy');
        throw thrown;
      }
    });
  }

  private async book(tx: Tx, booking: Booking): Promise<{ id: string }> {
    const { actor, slot, request } = booking;
    const id = randomUUID();
    const before = await carriedOutBefore(tx, request, id, this.clock.now());
    if (before) return { id: before };
    const target = await peekTarget(tx, slot, this.clock.now());
    const { terms } = target;
    if (actor.kind === 'staff')
      requireStaff(actor, terms.clinicId, 'appointments.book', { practitionerId: terms.resourceId });
    await lockResources(tx, target.resources);
    const now = this.clock.now();
    const patientId = await this.patientOf(tx, booking, target, now);
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
    await this.write(tx, booking, target, { id, patientId, status, answersSealed, now });
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
      reasonNote: booking.override ?? null,
    });
    return { id };
  }

  /** @throws Refusal `not-found` for a patient that the actor may not act for */
  private async patientOf(
    tx: Tx,
    { actor, patient }: Booking,
    { terms }: TargetSlot,
    now: Temporal.Instant,
  ): Promise<string> {
    const keeper: Keeper =
      actor.kind === 'guest' || actor.kind === 'patient'
        ? { accountId: actor.accountId }
        : { clinicId: terms.clinicId };
    if ('givenName' in patient) return keepPatient(tx, keeper, patient, now);
    const isTheirs =
      'accountId' in keeper
        ? await mayActFor(tx, keeper.accountId, patient.id)
        : await patientOfClinic(tx, keeper.clinicId, patient.id);
    if (!isTheirs) throw new Refusal('not-found');
    return patient.id;
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

  private async write(
    tx: Tx,
    booking: Booking,
    { terms, visit }: TargetSlot,
    { id, patientId, status, answersSealed, now }: Written,
  ): Promise<void> {
    const { actor } = booking;
    const by = historyActor(actor);
    await tx.query(
      `insert into appointment
         (id, reference, clinic_id, branch_id, calendar_id, service_id, resource_id, patient_id, account_id, payer, status,
          origin, starts_at, ends_at, promised_wall_time, zone, price_cents, contact_email, contact_phone, language,
          reason_sealed, terms_version, answer_due_at, created_at, created_by_kind, created_by_id, answers_sealed)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13::timestamptz at time zone $15, $15, $16, $17,
               $18, $19, $20, $21, $22, $23, $24, $25, $26)`,
      [
        id,
        newReference(),
        terms.clinicId,
        terms.branchId,
        terms.calendarId,
        terms.serviceId,
        terms.resourceId,
        patientId,
        actor.kind === 'guest' || actor.kind === 'patient' ? actor.accountId : null,
        terms.payer,
        status,
        booking.origin,
        visit.start.toString(),
        visit.end.toString(),
        terms.zone,
        terms.priceCents,
        booking.contact.email,
        booking.contact.phone,
        booking.language,
        booking.reason ? seal(booking.reason) : null,
        booking.termsVersion,
        status === 'pending' ? answerDue(now, visit.start, terms.answerWithinHours).toString() : null,
        now.toString(),
        by.kind,
        by.id,
        answersSealed,
      ],
    );
  }
}
