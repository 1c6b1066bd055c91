import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { AccountOf, type AccountOverview } from '#libs/access';
import { BookTogether, requestOf, VisitsTogether } from '#libs/appointments';
import { type Language, Refusal, translate } from '#libs/platform';
import { NoticeChoices, Patients } from '#libs/people';
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
import { bookModel, countryChoices, peopleChoices } from '../book/book.view.js';
import { BookingPage } from '../book/booking-page.js';
import { proofOf } from '../book/proof-of.js';
import { rememberedHolds, rememberHold } from '../book/remembered-holds.js';
import { dayIn } from '../day-of.js';
import { appointmentModel } from '../my-appointments/appointment.view.js';
import { askWho, isSignedIn } from '../my-appointments/signed-in.js';
import { typedFamily, type TypedFamily, withFamilyErrors, withIdentitiesAsked } from './family-details.js';
import { PeopleForm } from './family.form.js';
import { heldVisits } from './family.view.js';

/** Refusals after which other times are chosen. */
const chooseAgain: ReadonlySet<string> = new Set(['slot-taken', 'not-bookable', 'hold-expired']);

/** Visits that are held for several: who comes to which, one button, and what was booked. */
@Controller(':language/family')
export class FamilyController {
  constructor(
    private readonly pages: Pages,
    private readonly booking: BookingPage,
    private readonly accounts: AccountOf,
    private readonly patients: Patients,
    private readonly choices: NoticeChoices,
    private readonly bookTogether: BookTogether,
    private readonly together: VisitsTogether,
  ) {}

  @Get(':holdId')
  async show(
    @Param('holdId', IdPipe) holdId: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const account = await this.accountOf(request);
    // Who they are is asked where everybody is asked; it leads back here.
    if (!account) return seeOther(pathTo(language, '/book/', holdId));
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
    const parsed = parseForm(PeopleForm, body);
    const known = rememberedHolds(request).find(({ id }) => id === holdId);
    const found = await this.booking.held(request, holdId);
    if (!found && !known) return this.booking.ended(request, language, holdId);
    const count = found?.held.people ?? known?.people ?? 2;
    if (!parsed.ok)
      return this.details(request, language, holdId, account, withIdentitiesAsked(parsed.form, count), 422);
    if (parsed.value.termsVersion !== termsVersion) {
      const form = withError(parsed.form, 'terms', 'refusals.terms-outdated.detail');
      return this.details(request, language, holdId, account, form, 422);
    }
    const typed = typedFamily(parsed.value, parsed.form, {
      language,
      today: dayIn(found?.held.terms.zone ?? 'Europe/Riga', this.booking.now()),
      country: found?.facts.clinic.country ?? 'LV',
      provenEmail: account.email,
    });
    if (!typed.ok) return this.details(request, language, holdId, account, typed.form, 422);
    try {
      const togetherId = await this.run(request, language, holdId, parsed.value, typed.family);
      if (known) rememberHold(request, { ...known, togetherId });
      return seeOther(pathTo(language, '/family/', togetherId, '/done'));
    } catch (thrown) {
      return this.refused(request, language, holdId, account, parsed.form, thrown);
    }
  }

  private async run(
    request: WebRequest,
    language: Language,
    holdId: string,
    form: PeopleForm,
    { people, email, phone }: TypedFamily,
  ): Promise<string> {
    const actor = await request.actor();
    const { togetherId } = await this.bookTogether.run({
      actor,
      hold: { holdId, proof: await proofOf(request, holdId) },
      people,
      contact: { email, phone },
      wishes: { sms: form.sms },
      language,
      termsVersion,
      origin: 'portal',
      request: requestOf(actor, 'POST /family/:holdId', form.idempotencyKey, {
        holdId,
        people,
        email,
        phone,
        sms: form.sms,
      }),
    });
    return togetherId;
  }

  @Get(':togetherId/done')
  async done(
    @Param('togetherId', IdPipe) togetherId: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const views = await this.together.run(actor, togetherId);
    const visits = views.map((view) => appointmentModel(language, view, this.booking.now()));
    const isPending = visits.some((visit) => visit.isPending);
    const title = translate(language, isPending ? 'together.family.pending' : 'together.family.booked');
    return this.pages.render('booking/family-done', { visits, isPending, title }, { request, title });
  }

  private refused(
    request: WebRequest,
    language: Language,
    holdId: string,
    account: AccountOverview,
    form: FormState,
    thrown: unknown,
  ): Promise<string | SeeOther> {
    if (!(thrown instanceof Refusal)) throw thrown;
    if (chooseAgain.has(thrown.code)) return this.booking.ended(request, language, holdId);
    const { errors = [] } = thrown.details;
    if (errors.length > 0)
      return this.details(request, language, holdId, account, withFamilyErrors(form, errors), thrown.status);
    if (!['in-progress', 'busy', 'too-many', 'idempotency-key-reused'].includes(thrown.code)) throw thrown;
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
    if (found.held.people < 2) return seeOther(pathTo(language, '/book/', holdId));
    const patients = await this.patients.ofAccount(account.id);
    const sms = (await this.choices.of(account.id)).sms && 'on';
    const visits = heldVisits(language, found.held);
    const known = Object.fromEntries(
      visits.flatMap(({ row }) => [
        [`people.${row}.who`, patients[row]?.id ?? 'new'],
        [`people.${row}.personCodeCountry`, found.facts.clinic.country],
      ]),
    );
    const title = translate(language, 'together.family.who');
    return this.pages.render(
      'booking/family-details',
      {
        book: bookModel(language, found, { now: this.booking.now(), step: 'details' }),
        visits,
        form: form ?? formOf({ ...known, phone: patients[0]?.phone, email: patients[0]?.email, sms }),
        people: peopleChoices(language, patients),
        countries: countryChoices(language),
        labels: this.labels(language, visits),
        action: pathTo(language, '/family/', holdId),
        provenEmail: account.email,
        termsVersion,
        problem,
        title,
        // One booking a hold, however often and from however many tabs it is sent (promise 4).
        idempotencyKey: holdId,
      },
      { request, title, status },
    );
  }

  private labels(language: Language, visits: readonly { row: number }[]): Record<string, string> {
    const names = ['who', 'givenName', 'familyName', 'personCode', 'birthDate'] as const;
    const label = (name: string): string => translate(language, `booking.details.${name}`);
    return Object.fromEntries([
      ...visits.flatMap(({ row }) => names.map((name) => [`people.${row}.${name}`, `${row + 1}. ${label(name)}`])),
      ...['phone', 'email'].map((name) => [name, label(name)]),
    ]);
  }

  private async accountOf(request: WebRequest): Promise<AccountOverview | undefined> {
    const actor = await request.actor();
    return actor.kind === 'guest' || actor.kind === 'patient' ? this.accounts.run(actor.accountId) : undefined;
  }
}
