import type { Actor } from '#libs/access';
import type { CalendarTerms } from '#libs/calendars';
import { traitsOfPatient } from '#libs/people';
import { Refusal, seal, type Tx } from '#libs/platform';
import {
  ageFits,
  type Answer,
  askedOfEverybody,
  isForThem,
  readTold,
  referralAsked,
  type ServiceConditions,
  serviceConditions,
  type Told,
  type VisitKind,
} from '#libs/profiles';
import type { Interval } from '#libs/time';
import type { AppointmentRow } from './appointment-rows.js';
import { lockReferral, referralDraft, type ReferralToTake, requireFresh } from './referral.js';
import type { ReferralDetails } from './rules/referral-details.js';

/** What is told before a visit. */
export interface ToldBefore {
  /** Answers to the service's questions, and to the portal's own (`sex`, `visit`, `group`, `birth-date`). */
  answers?: readonly Answer[] | null;
  /** As it was told with the booking; what was kept with the hold counts otherwise. */
  referral?: ReferralDetails | null;
  /** By staff, who have read what speaks against it: age, sex, kind of visit, group, limit, an expired referral. */
  acknowledged?: boolean;
}

/** What the appointment will hold of it. */
export interface Met {
  answersSealed: Buffer | null;
  referral: ReferralToTake | null;
}

interface Case {
  terms: CalendarTerms;
  visit: Interval;
  patientId: string;
  now: Temporal.Instant;
  /** Of a series that begins with this visit: how many it has, and the last of them. */
  course?: { visits: number; last: Interval };
}

const dayOf = (at: Temporal.Instant, zone: string): Temporal.PlainDate => at.toZonedDateTimeISO(zone).toPlainDate();

/** @throws Refusal `not-found` when the service was taken away meanwhile */
async function conditionsOf(tx: Tx, serviceId: string): Promise<ServiceConditions> {
  const service = await serviceConditions(tx, serviceId);
  if (!service) throw new Refusal('not-found');
  return service;
}

/**
 * Whether the patient was at the clinic's specialty before. It can show that a visit is a repeated one; that it is the first
 * for a complaint, only the person knows.
 */
async function visitKnown(tx: Tx, service: ServiceConditions, { patientId, now }: Case): Promise<VisitKind | null> {
  if (service.visitKind !== 'repeat') return null;
  const before = await tx.query(
    `select from appointment a join service s on s.id = a.service_id
      where a.patient_id = $1 and a.clinic_id = $2 and s.specialty_id = $3 and a.starts_at < $4
        and a.status in ('booked', 'arrived', 'checked-in', 'fulfilled')
      limit 1`,
    [patientId, service.clinicId, service.specialtyId, now.toString()],
  );
  return before.length > 0 ? 'repeat' : null;
}

/**
 * The clinic's limit of future visits in one specialty, counted for every record of the person: the patient's lock covers
 * one of them, so a person whom several accounts know by their code is locked too.
 * @throws Refusal `limit-reached`
 */
async function requireRoom(tx: Tx, service: ServiceConditions, { patientId, now, course }: Case): Promise<void> {
  const [limit] = await tx.query<{ most: number; person: string | null }>(
    `select l.most_future as most, encode(p.person_code_index, 'hex') as person
       from specialty_limit l, patient p
      where l.clinic_id = $1 and l.specialty_id = $2 and p.id = $3`,
    [service.clinicId, service.specialtyId, patientId],
  );
  if (!limit) return;
  if (limit.person !== null)
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('specialty-limit:' || $1 || $2, 0))`, [
      service.clinicId,
      limit.person,
    ]);
  const [ahead] = await tx.query<{ visits: number }>(
    `select count(*)::integer as visits
       from appointment a join service s on s.id = a.service_id
      where a.clinic_id = $1 and s.specialty_id = $2 and a.status in ('pending', 'booked') and a.starts_at > $4
        and a.patient_id in (
          select p.id from patient p
           where p.id = $3 or p.person_code_index = (select o.person_code_index from patient o where o.id = $3))`,
    [service.clinicId, service.specialtyId, patientId, now.toString()],
  );
  if (ahead && ahead.visits + (course?.visits ?? 1) > limit.most) throw new Refusal('limit-reached');
}

/** The referral that the visit needs or was given. @throws as `meetConditions` */
async function referralOf(
  tx: Tx,
  service: ServiceConditions,
  { terms, now }: Case,
  told: ToldBefore,
  { holdId, byStaff }: { holdId: string | null; byStaff: boolean },
): Promise<ReferralToTake | null> {
  const draft = holdId === null ? undefined : await referralDraft(tx, holdId);
  const details = told.referral ?? draft?.details ?? null;
  const form = draft?.form ?? null;
  const isNeeded = referralAsked(service, terms.payer) === 'needed';
  // Staff have the paper in their hands; everybody else shows a number or the form itself (R4-28).
  const isProven = details !== null && (details.number !== null || form !== null || byStaff);
  if (isNeeded && details !== null && !isProven)
    throw new Refusal('invalid', { errors: [{ path: 'referral.number', code: 'number-or-form' }] });
  if (details === null) {
    if (isNeeded) throw new Refusal('referral-needed');
    return null;
  }
  if (!byStaff || told.acknowledged !== true) await requireFresh(tx, service.country, details, dayOf(now, terms.zone));
  return lockReferral(tx, service.country, details, form);
}

const sealTold = ({ answers, said }: Told): Buffer | null => {
  const { birthDate, ...rest } = said;
  const isSilent = answers.length === 0 && birthDate === null && Object.values(rest).every((each) => each === null);
  if (isSilent) return null;
  return seal(
    JSON.stringify({
      answers: answers.map(({ question: { id, kind, words, options }, value }) => ({
        id,
        kind,
        words,
        value,
        option: options.find((option) => option.id === value)?.words ?? null,
      })),
      said: { ...rest, birthDate: birthDate?.toString() ?? null },
    }),
  );
};

/**
 * Checks under all locks whether this person may have this visit, and locks the referral last. Patients answer what the
 * service asks; staff may book without, and past what speaks against it once they have acknowledged it, but never without a
 * referral that is needed.
 * @throws Refusal `booking-stopped` with the clinic's advice, `invalid` with the path of each answer or of the referral,
 *   `conditions-not-met` with why, `limit-reached`, `referral-needed`, `referral-expired`, `referral-used`
 */
export async function meetConditions(
  tx: Tx,
  told: ToldBefore & { actor: Actor; holdId: string | null },
  found: Case,
): Promise<Met> {
  const { terms, visit, patientId, now } = found;
  const byStaff = told.actor.kind === 'staff' || told.actor.kind === 'system';
  const service = await conditionsOf(tx, terms.serviceId);
  const traits = await traitsOfPatient(tx, patientId);
  const known = { ...traits, visit: await visitKnown(tx, service, found) };
  const days = { day: dayOf(visit.start, terms.zone), today: dayOf(now, terms.zone) };
  const read = readTold(service, told.answers ?? [], known, days);
  if (read.stoppedBy && !byStaff) {
    const { question, path } = read.stoppedBy;
    throw new Refusal('booking-stopped', {
      advice: question.advice,
      errors: [{ path, code: 'stops' }],
      questionId: question.id,
    });
  }
  const mistakes = byStaff ? read.mistakes.filter(({ code }) => code !== 'required') : read.mistakes;
  if (mistakes.length > 0) throw new Refusal('invalid', { errors: mistakes.map(({ path, code }) => ({ path, code })) });
  if (!byStaff || told.acknowledged !== true) {
    const lastDay = found.course && dayOf(found.course.last.start, terms.zone);
    const why = read.why ?? (lastDay && traits.birthDate ? ageFits(service, traits.birthDate, lastDay) : null);
    if (why) throw new Refusal('conditions-not-met', { why });
    await requireRoom(tx, service, found);
  }
  const referral = await referralOf(tx, service, found, told, { holdId: told.holdId, byStaff });
  return { answersSealed: sealTold(read), referral };
}

/**
 * Whether a patient may move their visit there: the age must fit on the new day, and another service must be one that
 * nothing more has to be told for. Staff decide for themselves.
 * @throws Refusal `conditions-not-met` with why, `referral-needed`, `not-bookable` with why `ask-first`, `limit-reached`
 */
export async function meetConditionsOfMove(
  tx: Tx,
  actor: Actor,
  appointment: AppointmentRow,
  { terms, visit }: Pick<Case, 'terms' | 'visit'>,
  now: Temporal.Instant,
): Promise<void> {
  if (actor.kind === 'staff' || actor.kind === 'system') return;
  const service = await conditionsOf(tx, terms.serviceId);
  const { birthDate, sex } = await traitsOfPatient(tx, appointment.patientId);
  const day = dayOf(visit.start, terms.zone);
  if (terms.serviceId === appointment.serviceId) {
    const why = birthDate === null ? null : ageFits(service, birthDate, day);
    if (why) throw new Refusal('conditions-not-met', { why });
    return;
  }
  const { missing, why } = isForThem(service, { birthDate, sex, visit: null, group: null }, day);
  if (why) throw new Refusal('conditions-not-met', { why });
  const mustAsk = service.questions.some(({ required }) => required) || askedOfEverybody(service).length > 0;
  if (mustAsk || missing.length > 0) throw new Refusal('not-bookable', { why: 'ask-first' });
  if (referralAsked(service, terms.payer) === 'needed') {
    const rows = await tx.query(`select from referral where appointment_id = $1 and active`, [appointment.id]);
    if (rows.length === 0) throw new Refusal('referral-needed');
  }
  const before = await conditionsOf(tx, appointment.serviceId);
  if (before.specialtyId !== service.specialtyId)
    await requireRoom(tx, service, { terms, visit, patientId: appointment.patientId, now });
}
