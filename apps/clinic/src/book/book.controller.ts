import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import {
  BookAppointment,
  type Booking,
  requestOf,
  StepAppointment,
  type UntoldCode,
  type WantedSlot,
} from '#libs/appointments';
import type { ClinicCalendar } from '#libs/calendars';
import { normalisePhone } from '#libs/people';
import { CLOCK, type Clock, Refusal } from '#libs/platform';
import { instantAt, localDate, parseDate, parseInstant } from '#libs/time';
import {
  flash,
  type FormState,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  withError,
  type WebRequest,
} from '#libs/web';
import { BookEntry, type EntryOutcome } from '#libs/waiting-list';
import { type OverrideModel, Overriding, reasonFor, refusedForm } from '../overriding.js';
import { StaffOf } from '../staff-of.decorator.js';
import { AskAgain } from './ask-again.js';
import { type NoticeWay, TimesForm } from './book.form.js';
import { referralOf } from './conditions.form.js';
import { asksMore, ConditionsPage } from './conditions-page.js';
import { keepLastOffer } from './last-offer.js';
import { detailsOf, type Person, PersonAsked } from './person-asked.js';
import { TimesPage } from './times-page.js';

/** What may be told beside a field; everything else is an error page. */
const said: ReadonlySet<string> = new Set(['slot-taken', 'not-bookable', 'patient-busy', 'in-progress']);

/** How staff tell the patient themselves, as history keeps it (R3-19, R3-20); the portal then sends nothing. */
const untoldOf: Record<NoticeWay, UntoldCode | null> = {
  send: null,
  print: 'told-in-person',
  told: 'told-by-phone',
};

interface Slot {
  calendarId: string;
  serviceId: string;
  start: Temporal.Instant;
}

/** The last step for a caller: the pressed time is booked, and whoever stands at the desk has arrived. */
@Controller(':language/book')
export class BookController {
  constructor(
    private readonly people: PersonAsked,
    private readonly times: TimesPage,
    private readonly askAgain: AskAgain,
    private readonly conditions: ConditionsPage,
    private readonly book: BookAppointment,
    private readonly step: StepAppointment,
    private readonly bookEntry: BookEntry,
    private readonly overriding: Overriding,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  bookIt(@Body() body: unknown, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<string | SeeOther> {
    return this.take(body, actor, request, false);
  }

  @Post('walk-in')
  walkIn(@Body() body: unknown, @StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<string | SeeOther> {
    return this.take(body, actor, request, true);
  }

  private async take(
    body: unknown,
    actor: StaffActor,
    request: WebRequest,
    isWalkIn: boolean,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(TimesForm, body);
    if (!parsed.ok) return this.askAgain.with(parsed.form, actor, request);
    const { value, form } = parsed;
    const { language } = request;
    const person = await this.people.of(value, actor);
    if ('errors' in person) return this.askAgain.with(form, actor, request, person.errors);
    const show = (shown: FormState, override: OverrideModel | null = null): Promise<string> =>
      this.times.show({ ...value, asked: true }, person, shown, actor, request, { status: 422, override, isWalkIn });
    const contact = contactOf(value, person);
    if (contact === null) return show(withError(form, 'phone', value.phone ? 'phone' : 'clinic.book.contact-needed'));
    if (value.notice === 'send' && !contact.email) return show(withError(form, 'email', 'caller.notice.no-email'));
    const calendars = await this.times.calendarsOf(actor);
    const slot = slotOf(value, calendars);
    if ('field' in slot) return show(withError(form, slot.field, slot.code));
    const calendar = calendars.find(({ id }) => id === slot.calendarId);
    if (isWalkIn && calendar && this.isLater(slot.start, calendar)) throw new Refusal('not-yet');
    const { givenName, familyName } = detailsOf(person);
    const more = { value, form, slot, calendar, patient: `${givenName} ${familyName}`, isWalkIn };
    const told = referralOf(value.referral);
    if ('errors' in told) return this.conditions.show(request, { ...more, refusal: null, errors: told.errors });
    try {
      const { id, entry } = await this.carryOut(
        value,
        { actor, person, slot, contact, referral: told.referral },
        isWalkIn,
      );
      if (entry === 'another-person') flash(request, { kind: 'warning', key: 'waiting.another-person' });
      if (calendar) keepLastOffer(request, { serviceId: slot.serviceId, payer: calendar.payer });
      const print = value.notice === 'print' ? '?print=on' : '';
      return seeOther(pathTo(language, '/book/done/', id) + print);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (value.waiting && error.details.why === 'request-settled') {
        // Its page says by whom and when.
        flash(request, { kind: 'warning', key: 'waiting.settled' });
        return seeOther(pathTo(language, '/waiting/', value.waiting));
      }
      if (asksMore(error)) return this.conditions.show(request, { ...more, refusal: error });
      if (error.code === 'invalid') return this.askAgain.with(form, actor, request, error.details.errors ?? []);
      if (!said.has(error.code)) throw error;
      const { serviceId, start } = slot;
      const model = await this.overriding.after(actor, error, { start, serviceId, calendar, language });
      return show(refusedForm(form, 'slot', error, slot.start), model);
    }
  }

  /** Whoever stands at the desk has not arrived for another day: nothing is booked for them then. */
  private isLater(start: Temporal.Instant, { branch: { zone } }: ClinicCalendar): boolean {
    return Temporal.PlainDate.compare(localDate(start, zone), localDate(this.clock.now(), zone)) > 0;
  }

  /** Each verb has its own half of the key, so that a form sent twice does nothing twice. */
  private async carryOut(
    value: TimesForm,
    {
      actor,
      person,
      slot,
      contact,
      referral,
    }: Pick<Booking, 'contact' | 'referral'> & {
      actor: StaffActor;
      person: Person;
      slot: Slot;
    },
    isWalkIn: boolean,
  ): Promise<{ id: string; entry?: EntryOutcome }> {
    const key = value.idempotencyKey;
    if (!key) throw new Refusal('idempotency-key-missing');
    const override = reasonFor(value, slot.start);
    const { acknowledged, patientId, patient, notice } = value;
    const origin = value.origin ?? (isWalkIn ? 'desk' : 'phone');
    const untold = notice ? untoldOf[notice] : null;
    const asked = {
      ...slot,
      start: slot.start.toString(),
      override,
      contact,
      origin,
      patientId,
      patient,
      sms: value.sms,
      acknowledged,
    };
    const wanted: WantedSlot = slot;
    const booking: Booking = {
      actor,
      slot: wanted,
      patient: 'card' in person ? { id: person.card.id } : person.details,
      contact,
      language: detailsOf(person).language,
      termsVersion: null,
      origin,
      wishes: { sms: value.sms },
      override,
      untold,
      referral,
      acknowledged,
      request: requestOf(actor, 'POST book', key, { ...asked, untold, referral: value.referral }),
    };
    const { waiting } = value;
    const done = await (waiting ? this.bookEntry.run({ id: waiting, booking }) : this.book.run(booking));
    const { id } = done;
    if (isWalkIn) {
      const arrived = requestOf(actor, 'POST book/walk-in', key, { id });
      await this.step.run({ actor, id, version: 1, step: 'arrive', request: arrived });
    }
    return done;
  }
}

/** The time whose button was pressed, or the one that was typed. */
function slotOf(
  { slot, offer, onDay, atTime }: TimesForm,
  calendars: readonly ClinicCalendar[],
): Slot | { field: string; code: string } {
  if (slot !== 'offer') {
    const [calendarId = '', serviceId = '', text = ''] = (slot ?? '').split('|');
    const start = parseInstant(text);
    return start ? { calendarId, serviceId, start } : { field: 'slot', code: 'required' };
  }
  const [calendarId = '', serviceId = ''] = (offer ?? '').split('|');
  const calendar = calendars.find(({ id }) => id === calendarId);
  if (!calendar) return { field: 'offer', code: 'required' };
  const day = onDay ? parseDate(onDay) : null;
  if (day === null) return { field: 'onDay', code: 'required' };
  if (!atTime) return { field: 'atTime', code: 'required' };
  return { calendarId, serviceId, start: instantAt(day, atTime, calendar.branch.zone) };
}

/** How the clinic can reach them, or null: neither a number nor an address, or a number that is none. */
function contactOf({ phone, email }: TimesForm, person: Person): { phone: string | null; email: string | null } | null {
  const number = phone ? (normalisePhone(phone) ?? normalisePhone(phone, 'EE')) : null;
  if (phone && number === null) return null;
  const known = detailsOf(person);
  const contact = { phone: number, email: email ?? null };
  if (contact.phone || contact.email) return contact;
  return known.phone || known.email ? { phone: known.phone ?? null, email: known.email ?? null } : null;
}
