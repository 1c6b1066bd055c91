import { Inject, Injectable } from '@nestjs/common';
import { type Actor, Accounts } from '#libs/access';
import type { Booking, HoldProof, ReferralDetails, Request, WantedSlot } from '#libs/appointments';
import { checkPatient, isMobile, normaliseEmail, normalisePhone } from '#libs/people';
import { CLOCK, type Clock, type FieldError, Refusal } from '#libs/platform';
import { termsVersion } from '../terms-version.js';
import type { AppointmentOrder, MoveOrder } from './orders.js';

/** Reads the bodies of bookings and moves into what the verbs are given. */
@Injectable()
export class AppointmentOrders {
  constructor(
    private readonly accounts: Accounts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws Refusal `not-signed-in`, `terms-outdated`, `invalid` with the path of each bad member; a guest's e-mail
   *   address must be the one that was proven
   */
  async booking(order: AppointmentOrder, actor: Actor, proof: HoldProof, request: Request): Promise<Booking> {
    if (actor.kind === 'anonymous' || actor.kind === 'system') throw new Refusal('not-signed-in');
    if (order.terms.version !== termsVersion) throw new Refusal('terms-outdated');
    const errors: FieldError[] = [];
    const patient = this.patient(order, errors);
    const email = normaliseEmail(order.contact.email);
    if (email === null) errors.push({ path: 'contact.email', code: 'email' });
    else if (actor.kind === 'guest' && (await this.accounts.emailOf(actor.accountId)) !== email)
      errors.push({ path: 'contact.email', code: 'email-not-proven' });
    const { phone: typedPhone } = order.contact;
    const phone = typedPhone === undefined ? null : normalisePhone(typedPhone, countryOf(order));
    if (typedPhone !== undefined && phone === null) errors.push({ path: 'contact.phone', code: 'phone' });
    // As the page does: a reminder that cannot arrive is not promised.
    if (order.contact.sms && typedPhone === undefined) errors.push({ path: 'contact.phone', code: 'required' });
    if (order.contact.sms && phone !== null && !isMobile(phone))
      errors.push({ path: 'contact.sms', code: 'not-mobile' });
    const referral = referralOf(order, errors);
    if (errors.length > 0 || !patient) throw new Refusal('invalid', { errors });
    const reason = order.reason?.trim();
    return {
      actor,
      slot: { holdId: order.holdId, proof },
      patient,
      contact: { email, phone },
      ...(order.contact.sms !== undefined && { wishes: { sms: order.contact.sms } }),
      language: order.language,
      termsVersion,
      ...(reason && { reason }),
      answers: order.answers ?? [],
      referral,
      origin: 'portal',
      request,
    };
  }

  /** @throws Refusal `invalid` unless there is a hold, or a calendar, a service and a start */
  target({ holdId, calendarId, serviceId, start }: MoveOrder, proof: HoldProof): WantedSlot {
    const isByStart = calendarId !== undefined && serviceId !== undefined && start !== undefined;
    const isMixed = holdId !== undefined && (calendarId ?? serviceId ?? start) !== undefined;
    if (holdId !== undefined && !isMixed) return { holdId, proof };
    if (isByStart && !isMixed) return { calendarId, serviceId, start };
    const missing = isMixed
      ? 'calendarId'
      : calendarId === undefined
        ? 'holdId'
        : serviceId === undefined
          ? 'serviceId'
          : 'start';
    throw new Refusal('invalid', { errors: [{ path: missing, code: isMixed ? 'unknown' : 'required' }] });
  }

  private patient(order: AppointmentOrder, errors: FieldError[]): Booking['patient'] | undefined {
    if (order.patientId !== undefined) {
      if (order.patient !== undefined) errors.push({ path: 'patient', code: 'unknown' });
      return { id: order.patientId };
    }
    if (order.patient === undefined) {
      errors.push({ path: 'patient', code: 'required' });
      return undefined;
    }
    const checked = checkPatient(order.patient, order.language, this.today(), countryOf(order));
    if (checked.ok) return checked.details;
    errors.push(...checked.errors.map(({ path, code }) => ({ path: `patient.${path}`, code })));
    return undefined;
  }

  private today(): Temporal.PlainDate {
    return this.clock.now().toZonedDateTimeISO('Europe/Riga').toPlainDate();
  }
}

/** Whose national telephone numbers a person means: those of the country of their code. */
const countryOf = (order: Pick<AppointmentOrder, 'patient' | 'language'>): 'LV' | 'EE' =>
  order.patient?.personCode?.country ?? (order.language === 'et' ? 'EE' : 'LV');

/** The referral as it was told; whether it can be used is the verb's to say. */
function referralOf({ referral, ...order }: AppointmentOrder, errors: FieldError[]): ReferralDetails | null {
  if (!referral) return null;
  const { name, institution, phone: typedPhone, email: typedEmail } = referral.referrer;
  const phone = typedPhone === undefined ? null : normalisePhone(typedPhone, countryOf(order));
  const email = typedEmail === undefined ? null : normaliseEmail(typedEmail);
  if (typedPhone !== undefined && phone === null) errors.push({ path: 'referral.referrer.phone', code: 'phone' });
  if (typedEmail !== undefined && email === null) errors.push({ path: 'referral.referrer.email', code: 'email' });
  return {
    number: referral.number ?? null,
    date: referral.date,
    priority: referral.priority ?? null,
    referrer: { name, institution, phone, email },
  };
}
