import { isMobile, normalisePhone } from '#libs/people';
import { type FormState, withError } from '#libs/web';

/** Whoever wishes an SMS to a number that takes none is told so beside the wish, before anything is booked (R4-13). */
export const withSmsChecked = (
  form: FormState,
  { sms, phone }: { sms: boolean; phone: string },
  country: 'LV' | 'EE',
): FormState => {
  const number = normalisePhone(phone, country);
  return sms && number !== null && !isMobile(number) ? withError(form, 'sms', 'reminders.wish.notMobile') : form;
};
