import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { BookAppointment, PatientsOfClinic, requestOf } from '#libs/appointments';
import { CalendarsOfClinic, type ClinicCalendar, FirstTimesOfClinic } from '#libs/calendars';
import { checkPatient, normalisePhone, type PatientCard, type PatientDetails } from '#libs/people';
import { CLOCK, type Clock, type FieldError, type Language, Refusal, translate } from '#libs/platform';
import { instantAt, localDate, parseDate, parseInstant } from '#libs/time';
import {
  flash,
  type FormState,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  withError,
  type WebRequest,
} from '#libs/web';
import { isUUID } from 'class-validator';
import { overrideOf, type OverrideModel, reasonFor, refusedForm } from '../overriding.js';
import { QuotasOfOffers } from '../quotas/quotas-of-offers.js';
import { StaffOf } from '../staff-of.decorator.js';
import { TimesForm } from './book.form.js';
import { allOffers, carried, dayOfWish, newPatientLists, offers, personModel } from './book.view.js';
import { referralOf } from './conditions.form.js';
import { asksMore, ConditionsPage } from './conditions-page.js';
import { wantedOffers } from './wanted-offers.js';

/** Somebody known, or the checked details of somebody new. */
type Person = { card: PatientCard } | { details: PatientDetails };

/** What may be told beside a field; everything else is an error page. */
const said: ReadonlySet<string> = new Set(['slot-taken', 'not-bookable', 'patient-busy', 'in-progress']);

/** The second step for a caller: the first free times, each a button that books. */
@Controller(':language/book')
export class TimesController {
  constructor(
    private readonly pages: Pages,
    private readonly patients: PatientsOfClinic,
    private readonly calendars: CalendarsOfClinic,
    private readonly firstTimes: FirstTimesOfClinic,
    private readonly book: BookAppointment,
    private readonly quotas: QuotasOfOffers,
    private readonly conditions: ConditionsPage,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('times')
  @HttpCode(200)
  async times(@Body() body: unknown, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const parsed = parseForm(TimesForm, body);
    if (!parsed.ok) return this.again(parsed.form, staff, request);
    const person = await this.personOf(parsed.value, staff, request.language);
    if ('errors' in person) return this.again(withErrors(parsed.form, person.errors), staff, request);
    return this.page(parsed.value, person, parsed.form, staff, request);
  }

  @Post()
  async bookIt(
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(TimesForm, body);
    if (!parsed.ok) return this.again(parsed.form, actor, request);
    const { value } = parsed;
    const person = await this.personOf(value, actor, request.language);
    if ('errors' in person) return this.again(withErrors(parsed.form, person.errors), actor, request);
    const show = (form: FormState, override: OverrideModel | null = null): Promise<string> =>
      this.page(value, person, form, actor, request, { status: 422, override });
    const contact = contactOf(value, person);
    if (contact === null)
      return show(withError(parsed.form, 'phone', value.phone ? 'phone' : 'clinic.book.contact-needed'));
    const calendars = await this.calendars.run(actor.clinicId);
    const slot = this.slotOf(value, calendars);
    if ('field' in slot) return show(withError(parsed.form, slot.field, slot.code));
    const key = value.idempotencyKey;
    if (!key) throw new Refusal('idempotency-key-missing');
    const language = 'card' in person ? person.card.language : person.details.language;
    const patient = 'card' in person ? { id: person.card.id } : person.details;
    const origin = value.origin ?? 'phone';
    const start = slot.start.toString();
    const override = reasonFor(value, slot.start);
    const calendar = calendars.find(({ id }) => id === slot.calendarId);
    const { givenName, familyName } = 'card' in person ? person.card : person.details;
    const more = { value, form: parsed.form, slot, calendar, patient: `${givenName} ${familyName}` };
    const told = referralOf(value.referral);
    if ('errors' in told) return this.conditions.show(request, { ...more, refusal: null, errors: told.errors });
    const { acknowledged } = value;
    const asked = {
      ...slot,
      start,
      override,
      contact,
      origin,
      patientId: value.patientId,
      patient: value.patient,
      acknowledged,
      referral: value.referral,
    };
    try {
      const { id } = await this.book.run({
        actor,
        slot,
        patient,
        contact,
        language,
        termsVersion: null,
        origin,
        override,
        referral: told.referral,
        acknowledged,
        request: requestOf(actor, 'POST book', key, asked),
      });
      flash(request, { kind: 'success', key: 'clinic.book.done' });
      return seeOther(pathTo(request.language, '/appointments/', id));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (asksMore(error)) return this.conditions.show(request, { ...more, refusal: error });
      if (error.code === 'invalid')
        return this.again(withErrors(parsed.form, error.details.errors ?? []), actor, request);
      if (!said.has(error.code)) throw error;
      const model = overrideOf(actor, error, { start: slot.start, calendar, language: request.language });
      return show(refusedForm(parsed.form, 'slot', error, slot.start), model);
    }
  }

  private async personOf(
    value: TimesForm,
    staff: StaffActor,
    language: Language,
  ): Promise<Person | { errors: FieldError[] }> {
    if (value.patientId) return { card: await this.patients.card(staff, value.patientId, { purpose: 'booking' }) };
    const { patient } = value;
    if (!patient) throw new Refusal('invalid');
    const { code, country } = patient.personCode ?? {};
    const checked = checkPatient(
      {
        givenName: patient.givenName,
        familyName: patient.familyName,
        ...(code && country && { personCode: { country, code } }),
        ...(patient.birthDate && { birthDate: Temporal.PlainDate.from(patient.birthDate) }),
        ...(value.email && { email: value.email }),
        ...(value.phone && { phone: value.phone }),
      },
      patient.language ?? language,
      localDate(this.clock.now(), 'Europe/Riga'),
      country ?? 'LV',
    );
    if (checked.ok) return { details: checked.details };
    return {
      errors: checked.errors.map(({ path, code: mistake }) => ({
        path: ['email', 'phone'].includes(path) ? path : `patient.${path}`,
        code: mistake,
      })),
    };
  }

  /** The time whose button was pressed, or the one that was typed. */
  private slotOf(
    { slot, offer, onDay, atTime }: TimesForm,
    calendars: readonly ClinicCalendar[],
  ): { calendarId: string; serviceId: string; start: Temporal.Instant } | { field: string; code: string } {
    if (slot && slot !== 'offer') {
      const [calendarId = '', serviceId = '', start = ''] = slot.split('|');
      const moment = parseInstant(start);
      return moment ? { calendarId, serviceId, start: moment } : { field: 'offer', code: 'required' };
    }
    const [calendarId = '', serviceId = ''] = (offer ?? '').split('|');
    const calendar = calendars.find(({ id }) => id === calendarId);
    if (!calendar) return { field: 'offer', code: 'required' };
    const day = onDay ? parseDate(onDay) : null;
    if (day === null) return { field: 'onDay', code: 'required' };
    if (!atTime) return { field: 'atTime', code: 'required' };
    return { calendarId, serviceId, start: instantAt(day, atTime, calendar.branch.zone) };
  }

  /** A mistake in what was typed: of somebody known the times again, else the details, with everything kept. */
  private async again(form: FormState, staff: StaffActor, request: WebRequest): Promise<string> {
    const { language } = request;
    const { patientId } = form.values;
    if (typeof patientId === 'string' && isUUID(patientId)) {
      const card = await this.patients.card(staff, patientId, { purpose: 'booking' });
      const again = { status: 422, override: null };
      return this.page(Object.assign(new TimesForm(), { patientId }), { card }, form, staff, request, again);
    }
    const hidden = Object.fromEntries(
      ['branch', 'day', 'resource', 'time'].flatMap((name) => (form.values[name] ? [[name, form.values[name]]] : [])),
    );
    const title = translate(language, 'clinic.book.new');
    const model = { form, hidden, ...newPatientLists(language) };
    return this.pages.render('clinic/book-new', model, { request, title, status: 422, styles: ['staff.css'] });
  }

  private async page(
    value: TimesForm,
    person: Person,
    form: FormState,
    staff: StaffActor,
    request: WebRequest,
    { status, override }: { status: number; override: OverrideModel | null } = { status: 200, override: null },
  ): Promise<string> {
    const { language } = request;
    const calendars = await this.calendars.run(staff.clinicId);
    const zone = calendars[0]?.branch.zone ?? 'Europe/Riga';
    const { serviceIds, resourceIds } = wantedOffers(value.q, calendars);
    const hasPlace = value.resource !== undefined && !value.q;
    const found =
      serviceIds?.length === 0
        ? []
        : await this.firstTimes.run(staff.clinicId, {
            serviceIds,
            resourceIds: hasPlace && value.resource ? [value.resource] : resourceIds,
            branchId: hasPlace ? value.branch : undefined,
            payer: value.payer,
            from: dayOfWish(this.clock.now(), zone, value.from ?? value.day),
          });
    const contact = 'card' in person ? person.card : person.details;
    const model = {
      person: personModel(
        'card' in person ? person.card : (value.patient ?? { givenName: '', familyName: '', language }),
        language,
      ),
      hidden: carried(value),
      form: {
        ...form,
        values: {
          origin: 'phone',
          phone: contact.phone ?? '',
          email: contact.email ?? '',
          onDay: value.day ?? '',
          atTime: value.time ?? '',
          ...form.values,
        },
      },
      offers: offers(found, calendars, language),
      quotas: await this.quotas.run(staff, found, calendars, language),
      wasAsked: Boolean(value.q),
      all: allOffers(calendars, language, hasPlace ? value : {}),
      isPlace: hasPlace && value.time !== undefined,
      suggestions: [
        ...new Set(
          calendars.flatMap((calendar) => [
            calendar.name,
            ...calendar.services.map(({ name }) => name[language] ?? name.lv ?? ''),
          ]),
        ),
      ],
      payers: ['', 'state', 'paid'].map((each) => ({
        value: each,
        label: each ? translate(language, `common.payer.${each}`) : translate(language, 'common.form.all'),
      })),
      origins: ['phone', 'desk', 'email'].map((each) => ({
        value: each,
        label: translate(language, `common.origin.${each}`),
      })),
      slotError: form.errors['slot'],
      override: override && { ...override, slot: form.values['slot'] },
      zone,
    };
    const title = translate(language, 'clinic.book.title');
    return this.pages.render('clinic/book-times', model, {
      request,
      title,
      status,
      styles: ['staff.css'],
      scripts: ['shortcuts.js', 'auto-submit.js'],
    });
  }
}

/** How the clinic can reach them, or null: neither a number nor an address, or a number that is none. */
function contactOf({ phone, email }: TimesForm, person: Person): { phone: string | null; email: string | null } | null {
  const number = phone ? (normalisePhone(phone) ?? normalisePhone(phone, 'EE')) : null;
  if (phone && number === null) return null;
  const known = 'card' in person ? person.card : person.details;
  const contact = { phone: number, email: email ?? null };
  if (contact.phone || contact.email) return contact;
  return known.phone || known.email ? { phone: known.phone ?? null, email: known.email ?? null } : null;
}

const withErrors = (form: FormState, errors: readonly FieldError[]): FormState =>
  errors.reduce((state, { path, code }) => withError(state, path, code), form);
