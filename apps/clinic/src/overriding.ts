import { mayDo, type StaffActor } from '#libs/access';
import type { ClinicCalendar } from '#libs/calendars';
import { formatDateTime, type Language, Refusal } from '#libs/platform';
import { type FormState, withError } from '#libs/web';

/** What staff are asked before they book a time that is not free or not open. */
export interface OverrideModel {
  /** The start as the form sends it again. */
  start: string;
  when: string;
  practitioner: string;
  /** A key below `override.why.` */
  why: string;
}

/** Why a time was refused, in words for the desk: a key of the override area. */
const whyRefused = (refusal: Refusal): string =>
  `override.why.${refusal.code === 'not-bookable' ? (refusal.details.why ?? 'outside-hours') : refusal.code}`;

/**
 * Whether these staff may book the refused time all the same, with a reason (F089, R4-10), and what they are asked. A time
 * that has passed, a seat too many and a patient who is elsewhere cannot be overridden.
 */
export function overrideOf(
  staff: StaffActor,
  refusal: unknown,
  wish: { start: Temporal.Instant; calendar: ClinicCalendar | undefined; language: Language },
): OverrideModel | null {
  const { start, calendar, language } = wish;
  if (!(refusal instanceof Refusal) || !calendar) return null;
  if (refusal.code !== 'slot-taken' && refusal.code !== 'not-bookable') return null;
  if (refusal.details.why === 'in-the-past') return null;
  if (!mayDo(staff, 'appointments.override', { practitionerId: calendar.practitionerId })) return null;
  return {
    start: start.toString(),
    when: formatDateTime(language, start, calendar.branch.zone),
    practitioner: calendar.name,
    why: whyRefused(refusal),
  };
}

/** The fields of a form with which staff override, as they came. */
interface Asked {
  override?: string | undefined;
  overrideStart?: string | undefined;
}

/** The reason, if one worth the name was given for this very start; another time is never overridden by it. */
export function reasonFor({ override, overrideStart }: Asked, start: Temporal.Instant): string | null {
  const reason = override?.trim() ?? '';
  return overrideStart === start.toString() && reason.length >= 3 ? reason : null;
}

/** The form as it is shown again beside what staff are asked: without the key of the wish that was refused. */
export function refusedForm(form: FormState, field: string, refusal: Refusal, start: Temporal.Instant): FormState {
  const { idempotencyKey: _, ...values } = form.values;
  const refused = withError({ ...form, values }, field, whyRefused(refusal));
  return values['overrideStart'] === start.toString() ? withError(refused, 'override', 'override.needed') : refused;
}
