import type { Client } from 'pg';
import type { PlannedAppointment } from './appointment-plan.js';
import { CopyIn } from './copy-in.js';
import { answerWithinHours } from './load-calendars.js';
import type { PatientContact } from './patient-plan.js';
import { idsOf, type Random, uuidOf } from './random.js';

const at = (milliseconds: number): string => new Date(milliseconds).toISOString();
const wall = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19);

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const referenceOf = (random: Random): string => Array.from({ length: 16 }, () => alphabet[random.below(32)]).join('');

/** The version of the terms that portal bookings agreed to. */
const termsVersion = '2026-11';

/** What a visit takes beside, or instead of, the time of its calendar's practitioner or room. */
interface AlsoTaken {
  readonly deviceId?: string | undefined;
  readonly seat?: { readonly sessionId: string; readonly number: number; readonly seats: number };
}

/** Rows of appointments, of the time they take and of their history, on their way into the database. */
export class AppointmentRows {
  private readonly appointment: CopyIn;
  private readonly occupation: CopyIn;
  private readonly event: CopyIn;
  private readonly seat: CopyIn;
  private readonly eventId: () => string;

  constructor(client: Client, startMs: number) {
    this.eventId = idsOf('events', startMs);
    this.appointment = new CopyIn(client, 'appointment', [
      'id',
      'reference',
      'clinic_id',
      'branch_id',
      'calendar_id',
      'service_id',
      'resource_id',
      'patient_id',
      'account_id',
      'payer',
      'status',
      'origin',
      'starts_at',
      'ends_at',
      'promised_wall_time',
      'zone',
      'price_cents',
      'contact_email',
      'contact_phone',
      'language',
      'terms_version',
      'answer_due_at',
      'cancel_reason',
      'ics_uid',
      'sequence',
      'version',
      'created_at',
      'created_by_kind',
      'created_by_id',
    ]);
    this.occupation = new CopyIn(client, 'occupation', [
      'resource_id',
      'during',
      'owner_kind',
      'owner_id',
      'clinic_id',
      'calendar_id',
      'service_id',
      'visit',
      'tariff_cents',
    ]);
    this.event = new CopyIn(client, 'appointment_event', [
      'id',
      'clinic_id',
      'appointment_id',
      'version',
      'at',
      'kind',
      'actor_kind',
      'actor_id',
      'actor_name',
      'from_status',
      'to_status',
      'from_starts_at',
      'from_ends_at',
      'to_starts_at',
      'to_ends_at',
      'from_resource_id',
      'to_resource_id',
      'sequence',
      'reason_code',
      'tells',
    ]);
    this.seat = new CopyIn(client, 'seat', ['session_id', 'seat', 'seats', 'owner_kind', 'owner_id', 'tariff_cents']);
  }

  private takeTime({ calendar, offer, start, end }: PlannedAppointment, id: string, also: AlsoTaken): void {
    const { clinic } = calendar.workplace;
    if (also.seat) {
      const { sessionId, number, seats } = also.seat;
      this.seat.add(sessionId, number, seats, 'appointment', id, 0);
      return;
    }
    const during = `[${at(start - offer.before * 60_000)},${at(end + offer.after * 60_000)})`;
    const visit = `[${at(start)},${at(end)})`;
    const counted = [calendar.id, offer.service.id, visit, 0] as const;
    this.occupation.add(calendar.resourceId, during, 'appointment', id, clinic.id, ...counted);
    if (also.deviceId !== undefined)
      this.occupation.add(also.deviceId, during, 'appointment', id, clinic.id, null, null, null, null);
  }

  /** A session takes its room's time once. */
  addSession(
    sessionId: string,
    { calendar, start, end }: Pick<PlannedAppointment, 'calendar' | 'start' | 'end'>,
  ): void {
    const during = `[${at(start)},${at(end)})`;
    const { id: clinicId } = calendar.workplace.clinic;
    this.occupation.add(calendar.resourceId, during, 'session', sessionId, clinicId, null, null, null, null);
  }

  get rows(): { appointments: number; occupations: number; events: number } {
    return { appointments: this.appointment.rows, occupations: this.occupation.rows, events: this.event.rows };
  }

  add(
    planned: PlannedAppointment,
    patient: PatientContact & { accountId?: string },
    random: Random,
    also: AlsoTaken = {},
  ): void {
    const { calendar, offer, start, end, status, origin, steps } = planned;
    const { clinic, branch } = calendar.workplace;
    const id = uuidOf(random);
    const { resourceId } = calendar;
    const isPortal = origin === 'portal';
    const patientActor = patient.accountId ? 'patient' : 'guest';
    const last = steps.at(-1);
    this.appointment.add(
      id,
      referenceOf(random),
      clinic.id,
      branch.id,
      calendar.id,
      offer.service.id,
      resourceId,
      patient.id,
      patient.accountId ?? null,
      calendar.payer,
      status,
      origin,
      at(start),
      at(end),
      wall(start + planned.offset),
      branch.city.zone,
      offer.cents,
      // Who books in the portal has proven an address.
      patient.email ?? (isPortal ? `guest${random.below(1_000_000)}@example.com` : null),
      patient.phone,
      patient.language,
      isPortal ? termsVersion : null,
      status === 'pending' ? at(planned.createdAt + answerWithinHours * 3_600_000) : null,
      status === 'cancelled' ? (last?.reason ?? null) : null,
      uuidOf(random),
      steps.length - 1,
      steps.length,
      at(planned.createdAt),
      isPortal ? patientActor : 'staff',
      isPortal ? (patient.accountId ?? null) : clinic.registrar.id,
    );
    if (status !== 'cancelled') this.takeTime(planned, id, also);
    steps.forEach((step, number) => {
      const next = steps.slice(number + 1).find(({ movedFrom }) => movedFrom)?.movedFrom;
      const to = next ?? { start, end };
      const from = number === 0 ? null : (step.movedFrom ?? to);
      this.event.add(
        this.eventId(),
        clinic.id,
        id,
        number + 1,
        at(step.at),
        step.kind,
        step.by === 'staff' ? 'staff' : patientActor,
        step.by === 'staff' ? clinic.registrar.id : (patient.accountId ?? null),
        step.by === 'staff' ? clinic.registrar.name : null,
        step.from,
        step.to,
        from && at(from.start),
        from && at(from.end),
        at(to.start),
        at(to.end),
        number === 0 ? null : resourceId,
        resourceId,
        number,
        step.reason ?? null,
        false,
      );
    });
  }

  get isFull(): boolean {
    return this.appointment.isFull;
  }

  /** Takes all tables' rows at once and sends them in order: an event is never before its appointment. */
  async flush(): Promise<void> {
    const { appointment, occupation, event, seat } = this;
    for (const send of [appointment, occupation, event, seat].map((rows) => rows.take())) await send();
  }
}
