import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { AccountOf, type AccountOverview } from '#libs/access';
import { BookAppointment, KeepReferral, ReleaseHold, requestOf } from '#libs/appointments';
import { NoticeChoices, Patients } from '#libs/people';
import type { Answer } from '#libs/profiles';
import { hasMessage, type Language, Refusal, translate } from '#libs/platform';
import {
  formOf,
  type FormState,
  IdPipe,
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
import { termsVersion } from '../../terms-version.js';
import { dayIn } from '../day-of.js';
import { AdvicePage } from './advice-page.js';
import { bookModel, countryChoices, detailsLabels, peopleChoices } from './book.view.js';
import { BookingPage } from './booking-page.js';
import { DetailsForm } from './details.form.js';
import { forgetDraft, keepDraft, readDraft } from './draft.js';
import { proofOf } from './proof-of.js';
import { questionsModel } from './questions.view.js';
import { referralModel } from './referral.view.js';
import { type RememberedHold, rememberedHolds, rememberHold } from './remembered-holds.js';
import { answersOf, readAnswersOf, withAnswerErrors } from './told-form.js';
import { typedDetails, type TypedDetails, withIdentityAsked, withPatientErrors } from './typed-patient.js';
import { WhoPage } from './who-page.js';

/** Refusals that are words above the form, with what was typed kept. */
const sayable: ReadonlySet<string> = new Set([
  'patient-busy',
  'idempotency-key-reused',
  'in-progress',
  'busy',
  'too-many',
  'conditions-not-met',
  'limit-reached',
  'referral-needed',
  'referral-expired',
  'referral-used',
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
    private readonly choices: NoticeChoices,
    private readonly bookAppointment: BookAppointment,
    private readonly releaseHold: ReleaseHold,
    private readonly referral: KeepReferral,
    private readonly advice: AdvicePage,
  ) {}

  @Get(':holdId')
  async show(
    @Param('holdId', IdPipe) holdId: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const known = rememberedHolds(request).find(({ id }) => id === holdId);
    if (known?.stoppedBy) return this.advice.show(request, language, known);
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
    const known = rememberedHolds(request).find(({ id }) => id === holdId);
    if (known?.stoppedBy) return seeOther(pathTo(language, '/book/', holdId));
    const found = await this.booking.held(request, holdId);
    if (!found && !known) return this.booking.ended(request, language, holdId);
    if (found && found.held.people > 1) return seeOther(pathTo(language, '/family/', holdId));
    if (found) {
      const today = dayIn(found.held.terms.zone, this.booking.now());
      const { told, form } = readAnswersOf(parsed.form, found.service, today);
      if (told.stoppedBy) return this.stop(request, language, holdId, known, told.stoppedBy.question.id);
      if (!parsed.ok) return this.details(request, language, holdId, account, withIdentityAsked(form), 422);
      if (form.mistakes.length > 0) return this.details(request, language, holdId, account, form, 422);
    }
    if (!parsed.ok) return this.details(request, language, holdId, account, withIdentityAsked(parsed.form), 422);
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
      const id = await this.run(request, language, holdId, parsed.value, typed.details, answersOf(parsed.form.values));
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
    answers: readonly Answer[],
  ): Promise<string> {
    const actor = await request.actor();
    const asked = { holdId, patient, email, phone, sms: form.sms, reason: form.reason ?? null, answers };
    const { id } = await this.bookAppointment.run({
      actor,
      slot: { holdId, proof: await proofOf(request, holdId) },
      patient,
      contact: { email, phone },
      language,
      termsVersion,
      reason: form.reason ?? null,
      answers,
      origin: 'portal',
      wishes: { sms: form.sms },
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
    const { errors = [], questionId, why } = thrown.details;
    if (thrown.code === 'booking-stopped') {
      const held = rememberedHolds(request).find(({ id }) => id === holdId);
      return this.stop(request, language, holdId, held, questionId ?? '');
    }
    if (errors.some(({ path }) => path.startsWith('referral.')))
      return seeOther(pathTo(language, '/book/', holdId, '/referral'));
    if (errors.length > 0) {
      const others = errors.filter(({ path }) => !path.startsWith('answers.'));
      const beside = withPatientErrors(withAnswerErrors(form, errors), others);
      return this.details(request, language, holdId, account, beside, 422);
    }
    if (!sayable.has(thrown.code)) throw thrown;
    // A second tab with other words: the first one's booking stands.
    const known = rememberedHolds(request).find(({ id }) => id === holdId);
    if (known?.appointmentId) return this.booking.ended(request, language, holdId);
    const whyKey = `refusals.why.${why}`;
    const problem = translate(language, hasMessage(language, whyKey) ? whyKey : `refusals.${thrown.code}.detail`);
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
    if (found.held.people > 1) return seeOther(pathTo(language, '/family/', holdId));
    const referral = await this.referral.of(holdId, found.service, found.held.terms.payer);
    if (referral.asked === 'needed' && referral.details === null)
      return seeOther(pathTo(language, '/book/', holdId, '/referral'));
    const book = bookModel(language, found, { now: this.booking.now(), step: 'details' });
    const patients = await this.patients.ofAccount(account.id);
    const questions = questionsModel(language, found.service, patients);
    const first = patients[0];
    const known = {
      personCodeCountry: found.facts.clinic.country,
      who: first?.id ?? 'new',
      phone: first?.phone,
      email: first?.email,
      sms: (await this.choices.of(account.id)).sms && 'on',
      ...readDraft(request),
    };
    return this.pages.render(
      'booking/book-details',
      {
        book,
        form: form ?? formOf(known),
        people: peopleChoices(language, patients),
        countries: countryChoices(language),
        questions,
        labels: { ...questions.labels, ...detailsLabels(language) },
        referral: referralModel(language, referral, book.path),
        provenEmail: account.email,
        termsVersion,
        problem,
        // One booking a hold, however often and from however many tabs it is sent (promise 4).
        idempotencyKey: holdId,
      },
      { request, title: translate(language, 'booking.details.heading'), status },
    );
  }

  /** Nothing is booked and the time is given back; the way on is the page of the hold itself. */
  private async stop(
    request: WebRequest,
    language: Language,
    holdId: string,
    known: RememberedHold | undefined,
    questionId: string,
  ): Promise<SeeOther> {
    await this.releaseHold.run({ holdId, proof: await proofOf(request, holdId) });
    if (known) rememberHold(request, { ...known, stoppedBy: questionId });
    return seeOther(pathTo(language, '/book/', holdId));
  }

  private async accountOf(request: WebRequest): Promise<AccountOverview | undefined> {
    const actor = await request.actor();
    return actor.kind === 'guest' || actor.kind === 'patient' ? this.accounts.run(actor.accountId) : undefined;
  }
}
