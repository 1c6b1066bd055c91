import { Injectable } from '@nestjs/common';
import { priorities } from '#libs/appointments';
import type { ClinicCalendar } from '#libs/calendars';
import { type FieldError, formatDateTime, hasMessage, type Refusal, translate, wordsIn } from '#libs/platform';
import { ConditionsOfService, referralAsked } from '#libs/profiles';
import { filled, type FormState, Pages, type WebRequest, withError } from '#libs/web';
import type { TimesForm } from './book.form.js';
import { carried, slotValue } from './book.view.js';

/** What staff may book past, once they have read it. */
const warnings: ReadonlySet<string> = new Set(['conditions-not-met', 'limit-reached', 'referral-expired']);

/** Refusals about the referral, beside its field. */
const fields: Partial<Record<string, string>> = {
  'referral-used': 'referral.number',
  'referral-expired': 'referral.date',
};

const isAboutReferral = ({ path }: FieldError): boolean => path.startsWith('referral.');

/** Whether a refused booking can go on once something more is known or acknowledged. */
export const asksMore = ({ code, details }: Refusal): boolean =>
  warnings.has(code) ||
  code === 'referral-needed' ||
  code === 'referral-used' ||
  (code === 'invalid' && (details.errors ?? []).some(isAboutReferral));

/** One more step of a booking for a caller: what speaks against it, and the referral where one is needed. */
@Injectable()
export class ConditionsPage {
  constructor(
    private readonly pages: Pages,
    private readonly conditions: ConditionsOfService,
  ) {}

  async show(
    request: WebRequest,
    asked: {
      value: TimesForm;
      form: FormState;
      slot: { calendarId: string; serviceId: string; start: Temporal.Instant };
      calendar: ClinicCalendar | undefined;
      patient: string;
      /** Whether it goes on as a walk-in. */
      isWalkIn: boolean;
      refusal: Refusal | null;
      errors?: readonly FieldError[];
    },
  ): Promise<string> {
    const { language } = request;
    const { value, slot, calendar, refusal } = asked;
    const service = await this.conditions.run(slot.serviceId);
    const needs = service && calendar ? referralAsked(service, calendar.payer) : 'none';
    const whyKey = `refusals.why.${refusal?.details.why}`;
    const isWarning = refusal !== null && warnings.has(refusal.code);
    const zone = calendar?.branch.zone ?? 'Europe/Riga';
    let { form } = asked;
    for (const { path, code } of asked.errors ?? refusal?.details.errors ?? []) form = withError(form, path, code);
    const field = refusal && value.referral ? fields[refusal.code] : undefined;
    if (refusal && field) form = withError(form, field, `refusals.${refusal.code}.detail`);
    const model = {
      patient: asked.patient,
      isWalkIn: asked.isWalkIn,
      when: formatDateTime(language, slot.start, zone, 'full'),
      zone,
      what: [service && wordsIn(language, service.name), calendar?.name, calendar?.branch.name]
        .filter(Boolean)
        .join(' · '),
      warning: isWarning
        ? translate(language, hasMessage(language, whyKey) ? whyKey : `refusals.${refusal.code}.detail`)
        : undefined,
      wasAcknowledged: value.acknowledged,
      needsReferral: needs === 'needed',
      form,
      hidden: {
        ...carried(value),
        ...filled({
          q: value.q,
          payer: value.payer,
          from: value.from,
          origin: value.origin,
          phone: value.phone,
          email: value.email,
          notice: value.notice,
          sms: value.sms ? 'on' : undefined,
          practitioner: value.practitioner,
          place: value.place,
          override: value.override,
          overrideStart: value.overrideStart,
          overrideKinds: value.overrideKinds,
          overrideReason: value.overrideReason,
        }),
        asked: 'on',
        slot: slotValue(slot.calendarId, slot.serviceId, slot.start),
      },
      priorities: ['', ...priorities].map((each) => ({
        value: each,
        label: translate(language, each ? `services.referral.priorities.${each}` : 'services.referral.priority-none'),
      })),
    };
    const title = translate(language, 'services.desk.title');
    return this.pages.render('clinic/book-conditions', model, {
      request,
      title,
      status: 422,
      styles: ['staff.css', 'services.css'],
    });
  }
}
