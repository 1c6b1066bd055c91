import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { AccountOf, type AccountOverview } from '#libs/access';
import { BookAppointment, requestOf } from '#libs/appointments';
import { Patients } from '#libs/people';
import { type Language, Refusal, translate } from '#libs/platform';
import {
  formOf,
  type FormState,
  LanguageOf,
  Pages,
  parseForm,
  pathTo,
  RateLimit,
  seeOther,
  type SeeOther,
  type WebRequest,
  withError,
} from '#libs/web';
import { IdPipe } from '../../api/id.pipe.js';
import { termsVersion } from '../../terms-version.js';
import { dayIn } from '../day-of.js';
import { bookModel, countryChoices, peopleChoices } from './book.view.js';
import { BookingPage } from './booking-page.js';
import { DetailsForm } from './details.form.js';
import { forgetDraft, keepDraft, readDraft } from './draft.js';
import { proofOf } from './proof-of.js';
import { rememberedHolds, rememberHold } from './remembered-holds.js';
import { typedDetails, type TypedDetails, withIdentityAsked, withPatientErrors } from './typed-patient.js';
import { WhoPage } from './who-page.js';

/** Refusals that are words above the form, with what was typed kept. */
const sayable: ReadonlySet<string> = new Set([
  'patient-busy',
  'idempotency-key-reused',
  'in-progress',
  'busy',
  'too-many',
]);

/** The last step of a booking: for whom, how to reach them, one button. */
@Controller(':language/book')
export class BookController {
  constructor(
    private readonly pages: Pages,
    private readonly booking: BookingPage,
    private readonly who: WhoPage,
    private readonly accounts: AccountOf,
    private readonly patients: Patients,
    private readonly bookAppointment: BookAppointment,
  ) {}

  @Get(':holdId')
  async show(
    @Param('holdId', IdPipe) holdId: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const account = await this.accountOf(request);
    if (!account) return this.who.who(request, language, holdId, undefined, 200);
    return this.details(request, language, holdId, account, undefined, 200);
  }

  @Post(':holdId')
  @RateLimit('book', { perMinute: 30 })
  async book(
    @Param('holdId', IdPipe) holdId: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const account = await this.accountOf(request);
    if (!account) return seeOther(pathTo(language, '/book/', holdId));
    const parsed = parseForm(DetailsForm, body);
    keepDraft(request, parsed.form.values);
    if (!parsed.ok) return this.details(request, language, holdId, account, withIdentityAsked(parsed.form), 422);
    const known = rememberedHolds(request).find(({ id }) => id === holdId);
    const found = await this.booking.held(request, holdId);
    if (!found && !known) return this.booking.ended(request, language, holdId);
    if (parsed.value.termsVersion !== termsVersion) {
      return this.details(
        request,
        language,
        holdId,
        account,
        withError(parsed.form, 'terms', 'refusals.terms-outdated.detail'),
        422,
      );
    }
    const typed = typedDetails(parsed.value, parsed.form, {
      language,
      today: dayIn(found?.held.terms.zone ?? 'Europe/Riga', this.booking.now()),
      country: found?.facts.clinic.country ?? 'LV',
      provenEmail: account.email,
    });
    if (!typed.ok) return this.details(request, language, holdId, account, typed.form, 422);
    try {
      const id = await this.run(request, language, holdId, parsed.value, typed.details);
      if (known) rememberHold(request, { ...known, appointmentId: id });
      forgetDraft(request);
      return seeOther(pathTo(language, '/appointments/', id, '/done'));
    } catch (thrown) {
      return this.refused(request, language, holdId, account, parsed.form, thrown);
    }
  }

  private async run(
    request: WebRequest,
    language: Language,
    holdId: string,
    form: DetailsForm,
    { patient, email, phone }: TypedDetails,
  ): Promise<string> {
    const actor = await request.actor();
    const asked = { holdId, patient, email, phone, reason: form.reason ?? null };
    const { id } = await this.bookAppointment.run({
      actor,
      slot: { holdId, proof: await proofOf(request, holdId) },
      patient,
      contact: { email, phone },
      language,
      termsVersion,
      reason: form.reason ?? null,
      origin: 'portal',
      request: requestOf(actor, 'POST /book/:holdId', form.idempotencyKey, asked),
    });
    return id;
  }

  private async refused(
    request: WebRequest,
    language: Language,
    holdId: string,
    account: AccountOverview,
    form: FormState,
    thrown: unknown,
  ): Promise<string | SeeOther> {
    if (!(thrown instanceof Refusal)) throw thrown;
    if (thrown.code === 'hold-expired') return this.booking.ended(request, language, holdId);
    if (thrown.code === 'slot-taken' || thrown.code === 'not-bookable')
      return this.booking.ended(request, language, holdId, 'slot-taken');
    const errors = thrown.details.errors ?? [];
    if (errors.length > 0)
      return this.details(request, language, holdId, account, withPatientErrors(form, errors), 422);
    if (!sayable.has(thrown.code)) throw thrown;
    // A second tab with other words: the first one's booking stands.
    const known = rememberedHolds(request).find(({ id }) => id === holdId);
    if (known?.appointmentId) return this.booking.ended(request, language, holdId);
    const problem = translate(language, `refusals.${thrown.code}.detail`);
    return this.details(request, language, holdId, account, form, thrown.status, problem);
  }

  private async details(
    request: WebRequest,
    language: Language,
    holdId: string,
    account: AccountOverview,
    form: FormState | undefined,
    status: number,
    problem?: string,
  ): Promise<string | SeeOther> {
    const found = await this.booking.held(request, holdId);
    if (!found) return this.booking.ended(request, language, holdId);
    const book = bookModel(language, found.held, found.facts, { now: this.booking.now(), step: 'details' });
    const patients = await this.patients.ofAccount(account.id);
    const first = patients[0];
    const known = {
      personCodeCountry: found.facts.clinic.country,
      who: first?.id ?? 'new',
      phone: first?.phone,
      email: first?.email,
      ...readDraft(request),
    };
    return this.pages.render(
      'booking/book-details',
      {
        book,
        form: form ?? formOf(known),
        people: peopleChoices(language, patients),
        countries: countryChoices(language),
        provenEmail: account.email,
        termsVersion,
        problem,
        // One booking a hold, however often and from however many tabs it is sent (promise 4).
        idempotencyKey: holdId,
      },
      { request, title: translate(language, 'booking.details.heading'), status },
    );
  }

  private async accountOf(request: WebRequest): Promise<AccountOverview | undefined> {
    const actor = await request.actor();
    return actor.kind === 'guest' || actor.kind === 'patient' ? this.accounts.run(actor.accountId) : undefined;
  }
}
