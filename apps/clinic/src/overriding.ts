import { Injectable } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import {
  kindsOf,
  type Override,
  type OverrideKind,
  overrideKinds,
  type OverrideReason,
  overrideReasons,
  permissionOf,
} from '#libs/appointments';
import { type ClinicCalendar, InTheWay, type WantedTime } from '#libs/calendars';
import { formatDateTime, type Language, Refusal, translate } from '#libs/platform';
import { type FormState, withError } from '#libs/web';
import { OverrideWarnings, type OverrideWarning } from './override-warnings.js';

/** What staff are asked before they book a time that is not free or not open. */
export interface OverrideModel {
  /** The start as the form sends it again. */
  start: string;
  when: string;
  practitioner: string;
  /** What exactly stands against it, each kind with its own warning. */
  warnings: OverrideWarning[];
  /** What they were warned of, as the form sends it again. */
  kinds: string;
  reasons: { value: string; label: string }[];
}

/** A wish that may be refused, and the calendar that it is for. */
export interface OverrideWish extends Omit<WantedTime, 'calendarId'> {
  calendar: ClinicCalendar | undefined;
  language: Language;
}

/**
 * Whether staff may book a refused time all the same, with a reason (F089, R4-10), and what they are asked: everything that
 * stands against it at once. A time that has passed, a seat too many and a patient who is elsewhere cannot be overridden.
 */
@Injectable()
export class Overriding {
  constructor(
    private readonly obstacles: InTheWay,
    private readonly warnings: OverrideWarnings,
  ) {}

  /** What staff are asked after a refusal; null where they are not asked. */
  async after(staff: StaffActor, refusal: unknown, wish: OverrideWish): Promise<OverrideModel | null> {
    if (!(refusal instanceof Refusal)) return null;
    if (refusal.code !== 'slot-taken' && refusal.code !== 'not-bookable') return null;
    return this.ask(staff, wish);
  }

  /** What stands against a wish; null where nothing does, or nobody of theirs may override it. */
  async ask(staff: StaffActor, wish: OverrideWish): Promise<OverrideModel | null> {
    const { calendar, language, start } = wish;
    if (!calendar) return null;
    const found = await this.obstacles.of(staff, { ...wish, calendarId: calendar.id });
    const kinds = kindsOf(found.whys) ?? [];
    const record = { practitionerId: found.practitionerId, branchId: found.branchId };
    if (kinds.length === 0 || !kinds.every((kind) => mayDo(staff, permissionOf[kind], record))) return null;
    return {
      start: start.toString(),
      when: formatDateTime(language, start, found.zone),
      practitioner: calendar.name,
      warnings: await this.warnings.of(staff, found, wish.serviceId, language),
      kinds: kinds.join(),
      reasons: ['', ...overrideReasons].map((value) => ({
        value,
        label: translate(language, value ? `override.reasons.${value}` : 'override.choose'),
      })),
    };
  }
}

/** The fields of a form with which staff override, as they came. */
interface Asked {
  overrideStart?: string | undefined;
  overrideKinds?: string | undefined;
  overrideReason?: OverrideReason | undefined;
  /** The note. */
  override?: string | undefined;
}

const isKind = (text: string): text is OverrideKind => (overrideKinds as readonly string[]).includes(text);

/** What is overridden, if a whole reason was given for this very start; another time is never overridden by it. */
export function reasonFor(asked: Asked, start: Temporal.Instant): Override | null {
  const { overrideReason: reason, overrideStart } = asked;
  const note = asked.override?.trim() || null;
  if (overrideStart !== start.toString() || !reason) return null;
  if (reason === 'other' && (note?.length ?? 0) < 3) return null;
  return { kinds: (asked.overrideKinds ?? '').split(',').filter(isKind), reason, note };
}

/** Why a time was refused, in words for the desk: a key of the override area. */
const whyRefused = (refusal: Refusal): string =>
  `override.why.${refusal.code === 'not-bookable' ? (refusal.details.why ?? 'outside-hours') : refusal.code}`;

/**
 * The form as it is shown again beside what staff are asked: without the key of the wish that was refused. Whoever pressed
 * the button before reads what is missing, or that something else stands against the time by now.
 */
export function refusedForm(form: FormState, field: string, refusal: Refusal, start: Temporal.Instant): FormState {
  const { idempotencyKey: _, ...values } = form.values;
  const refused = withError({ ...form, values }, field, whyRefused(refusal));
  if (values['overrideStart'] !== start.toString()) return refused;
  const { overrideReason: reason, override: note } = values;
  const isWhole = Boolean(reason) && (reason !== 'other' || (typeof note === 'string' && note.trim().length >= 3));
  if (isWhole) return withError(refused, 'overrideReason', 'override.changed');
  return reason
    ? withError(refused, 'override', 'override.note-needed')
    : withError(refused, 'overrideReason', 'override.needed');
}
