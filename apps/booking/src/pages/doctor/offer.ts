import type { Found } from '#libs/calendars';
import type { DoctorForm } from './doctor.form.js';

/** What of a practitioner's calendars the page shows: one payer, one calendar, one service. */
export interface Offer {
  /** `unclear`: nobody can tell which was meant, so neither is shown. */
  payer: 'state' | 'paid' | 'unclear';
  /** Every calendar of that payer. */
  calendars: Found[];
  calendar: Found | undefined;
  service: Found['services'][number] | undefined;
}

/** Payers that a practitioner can be booked for. */
export const payersOf = (calendars: readonly Found[]): ('state' | 'paid')[] =>
  (['state', 'paid'] as const).filter((payer) => calendars.some((each) => each.payer === payer));

/**
 * A payer that was chosen stays, also where it has nothing to offer (promise 7). Nobody chose yet: the state's, if there
 * is one, so that the dearer choice is never the silent one.
 */
export function offerOf(calendars: readonly Found[], form: DoctorForm): Offer {
  const wanted = calendars.find(({ calendarId }) => calendarId === form.calendar);
  const payer = form.payer ?? wanted?.payer ?? payersOf(calendars)[0] ?? 'state';
  const ofPayer = calendars.filter((each) => each.payer === payer);
  const calendar = ofPayer.find(({ calendarId }) => calendarId === form.calendar) ?? ofPayer[0];
  const serviceId = form.service ?? calendar?.nextTimes[0]?.serviceId;
  const service = calendar?.services.find(({ id }) => id === serviceId) ?? calendar?.services[0];
  return { payer, calendars: ofPayer, calendar, service };
}
