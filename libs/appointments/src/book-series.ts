import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type StaffActor } from '#libs/access';
import {
  allChanged,
  calendarTerms,
  type CalendarTerms,
  lockResources,
  resourcesOf,
  takeTime,
  visitOf,
} from '#libs/calendars';
import { CLOCK, type Clock, Database, type FieldError, Jobs, Refusal, type Tx } from '#libs/platform';
import { lockPatient, patientIsBusy } from './appointment-rows.js';
import { meetConditions, type ToldBefore } from './booking-conditions.js';
import { carriedOutBefore, inTurn, type Request } from './idempotency.js';
import { orTaken } from './or-taken.js';
import { patientToBook } from './patient-to-book.js';
import { recordStep } from './record-step.js';
import { takeReferral } from './referral.js';
import { mostOfSeries } from './rules/series.js';
import { claimTarget } from './target-slot.js';
import { type SaidOfVisit, writeAppointment } from './write-appointment.js';

/** A series of visits of one patient for one service of one calendar. */
export interface SeriesBooking extends SaidOfVisit, ToldBefore {
  actor: StaffActor;
  calendarId: string;
  serviceId: string;
  /** Every one of them was looked at; 1 to 52. */
  starts: readonly Temporal.Instant[];
  patientId: string;
  request: Request;
}

interface Course {
  tx: Tx;
  booking: SeriesBooking;
  terms: CalendarTerms;
  resources: readonly string[];
  patientId: string;
  now: Temporal.Instant;
}

/**
 * Books all visits of a series in one transaction, or none (F031). What is told before a visit, the referral too, is told
 * for the whole course and stands with its first visit.
 * Refusals: those of `BookAppointment`; `slot-taken`, `not-bookable` or `patient-busy` name every date that stands in the
 * way (`starts.<n>` with why), so that all of them can be shown at once.
 */
@Injectable()
export class BookSeries {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(booking: SeriesBooking): Promise<{ seriesId: string }> {
    const { length } = booking.starts;
    if (length < 1 || length > mostOfSeries)
      throw new Refusal('invalid', { errors: [{ path: 'starts', code: 'choice' }] });
    return inTurn(booking.request, () => orTaken(this.database.transaction((tx) => this.book(tx, booking))));
  }

  private async book(tx: Tx, booking: SeriesBooking): Promise<{ seriesId: string }> {
    const { actor, request } = booking;
    const seriesId = randomUUID();
    const before = await carriedOutBefore(tx, request, seriesId, this.clock.now());
    if (before) return { seriesId: before };
    const terms = await calendarTerms(tx, booking.calendarId, booking.serviceId);
    if (!terms) throw new Refusal('not-found');
    requireStaff(actor, terms.clinicId, 'appointments.book', {
      practitionerId: terms.resourceId,
      branchId: terms.branchId,
    });
    if (terms.bySession) throw new Refusal('not-bookable', { why: 'one-by-one' });
    const resources = await resourcesOf(tx, terms);
    await lockResources(tx, resources);
    const now = this.clock.now();
    const patientId = await patientToBook(tx, actor, { id: booking.patientId }, terms.clinicId, now);
    await lockPatient(tx, patientId);
    const course: Course = { tx, booking, terms, resources, patientId, now };
    const ids = await this.takeAll(course);
    await this.writeAll(course, seriesId, ids);
    return { seriesId };
  }

  /** Takes the time of every date, or says of all of them that cannot be had why. @returns the appointments' ids */
  private async takeAll({ tx, booking, terms, resources, patientId, now }: Course): Promise<string[]> {
    const ids: string[] = [];
    const touched = [];
    const inTheWay: (FieldError & { refusal: Refusal })[] = [];
    for (const [n, start] of booking.starts.entries()) {
      const visit = visitOf(terms, start);
      const id = randomUUID();
      ids.push(id);
      try {
        const target = { terms, visit, hold: null, resources };
        const claim = await claimTarget(tx, target, { actor: booking.actor, now, ignored: null, isHeld: false });
        if (await patientIsBusy(tx, patientId, visit, null)) throw new Refusal('patient-busy');
        const owner = { kind: 'appointment', id, clinicId: terms.clinicId } as const;
        if (!(await takeTime(tx, owner, claim.takes))) throw new Refusal('slot-taken');
        touched.push(...claim.touched);
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown;
        inTheWay.push({ path: `starts.${n}`, code: thrown.details.why ?? thrown.code, refusal: thrown });
      }
    }
    const [first] = inTheWay;
    if (first) {
      const errors = inTheWay.map(({ path, code }) => ({ path, code }));
      throw new Refusal(first.refusal.code, { ...first.refusal.details, errors });
    }
    await allChanged(tx, touched, now);
    return ids;
  }

  private async writeAll(course: Course, seriesId: string, ids: readonly string[]): Promise<void> {
    const { tx, booking, terms, patientId, now } = course;
    const told = { ...booking, holdId: null };
    const { compare } = Temporal.Instant;
    const lastStart = booking.starts.reduce((latest, each) => (compare(each, latest) > 0 ? each : latest));
    const whole = { visits: ids.length, last: visitOf(terms, lastStart) };
    for (const [n, start] of booking.starts.entries()) {
      const visit = visitOf(terms, start);
      const id = ids[n] ?? '';
      const met = n === 0 ? await meetConditions(tx, told, { terms, visit, patientId, now, course: whole }) : null;
      const answersSealed = met?.answersSealed ?? null;
      await writeAppointment(
        tx,
        booking,
        { terms, visit },
        { id, patientId, status: 'booked', answersSealed, now, seriesId },
      );
      if (met?.referral) await takeReferral(tx, met.referral, { appointmentId: id, clinicId: terms.clinicId, now });
      await recordStep(tx, this.jobs, {
        appointmentId: id,
        clinicId: terms.clinicId,
        version: 1,
        sequence: 0,
        at: now,
        kind: 'booked',
        actor: booking.actor,
        from: null,
        to: { status: 'booked', visit, resourceId: terms.resourceId },
        // One letter, with the invitations of all.
        tells: n === 0,
      });
    }
  }
}
