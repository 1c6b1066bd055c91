import type { Actor } from '#libs/access';
import { choiceOfAccount, type NoticeChoice } from '#libs/people';
import { type Language, newReference, seal, type Tx } from '#libs/platform';
import { historyActor } from './appointment-rows.js';
import type { Origin } from './appointment.entity.js';
import { answerDue } from './rules/deadlines.js';
import type { Status } from './rules/status.js';
import type { TargetSlot } from './target-slot.js';

/** How somebody wishes to be told of a visit; what is left out is as their account has chosen, else as usual. */
export type Wishes = Partial<NoticeChoice>;

/** What an appointment says besides where and when it is. */
export interface SaidOfVisit {
  actor: Actor;
  contact: { email: string | null; phone: string | null };
  language: Language;
  termsVersion: string | null;
  reason?: string | null;
  origin: Origin;
  wishes?: Wishes | undefined;
}

export interface NewAppointment {
  id: string;
  patientId: string;
  status: Status;
  answersSealed: Buffer | null;
  now: Temporal.Instant;
  /** The family's, or the series', that it belongs to. */
  togetherId?: string;
  seriesId?: string;
}

/** Writes a new appointment. Its time is taken already, under the same locks. */
export async function writeAppointment(
  tx: Tx,
  said: SaidOfVisit,
  { terms, visit }: Pick<TargetSlot, 'terms' | 'visit'>,
  { id, patientId, status, answersSealed, now, togetherId, seriesId }: NewAppointment,
): Promise<void> {
  const { actor } = said;
  const by = historyActor(actor);
  const accountId = actor.kind === 'guest' || actor.kind === 'patient' ? actor.accountId : null;
  const wishes = { ...(await choiceOfAccount(tx, accountId)), ...said.wishes };
  await tx.query(
    `insert into appointment
       (id, reference, clinic_id, branch_id, calendar_id, service_id, resource_id, patient_id, account_id, payer, status,
        origin, starts_at, ends_at, promised_wall_time, zone, price_cents, contact_email, contact_phone, language,
        reason_sealed, terms_version, answer_due_at, created_at, created_by_kind, created_by_id, answers_sealed,
        together_id, series_id, wishes_sms, mail_reminders, strict_letters)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $13::timestamptz at time zone $15, $15, $16, $17,
             $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)`,
    [
      id,
      newReference(),
      terms.clinicId,
      terms.branchId,
      terms.calendarId,
      terms.serviceId,
      terms.resourceId,
      patientId,
      accountId,
      terms.payer,
      status,
      said.origin,
      visit.start.toString(),
      visit.end.toString(),
      terms.zone,
      terms.priceCents,
      said.contact.email,
      said.contact.phone,
      said.language,
      said.reason ? seal(said.reason) : null,
      said.termsVersion,
      status === 'pending' ? answerDue(now, visit.start, terms.answerWithinHours).toString() : null,
      now.toString(),
      by.kind,
      by.id,
      answersSealed,
      togetherId ?? null,
      seriesId ?? null,
      wishes.sms,
      wishes.mail,
      wishes.strict,
    ],
  );
}
