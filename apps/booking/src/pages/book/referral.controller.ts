import { Body, Controller, Get, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import { checkedForm, KeepReferral, largestForm, priorities } from '#libs/appointments';
import { normaliseEmail, normalisePhone } from '#libs/people';
import { type Language, Refusal, translate } from '#libs/platform';
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
  TakesUpload,
  uploadOf,
  type WebRequest,
  withError,
} from '#libs/web';
import { dayIn } from '../day-of.js';
import { isSignedIn } from '../my-appointments/signed-in.js';
import { bookModel } from './book.view.js';
import { BookingPage } from './booking-page.js';
import { proofOf } from './proof-of.js';
import { ReferralForm } from './referral.form.js';

/** Refusals that stand beside a field. */
const fieldOf: Partial<Record<string, string>> = { 'referral-used': 'number', 'referral-expired': 'date' };

/** The step at which a referral is told, where the service asks for one. */
@Controller(':language/book/:holdId/referral')
export class ReferralController {
  constructor(
    private readonly pages: Pages,
    private readonly booking: BookingPage,
    private readonly referral: KeepReferral,
  ) {}

  @Get()
  async show(
    @Param('holdId', IdPipe) holdId: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.page(request, language, holdId, undefined, 200);
  }

  @Post()
  @RateLimit('referral', { perMinute: 40 })
  @UseInterceptors(TakesUpload('form', largestForm))
  async tell(
    @Param('holdId', IdPipe) holdId: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    if (!isSignedIn(await request.actor())) return seeOther(pathTo(language, '/book/', holdId));
    const found = await this.booking.held(request, holdId);
    if (!found) return this.booking.ended(request, language, holdId);
    const parsed = parseForm(ReferralForm, body);
    const upload = uploadOf(request);
    let { form } = parsed;
    if (upload === 'too-large') form = withError(form, 'form', 'file-too-large');
    const country = found.facts.clinic.country;
    const { phone: typedPhone, email: typedEmail } = form.values;
    const phone = typeof typedPhone === 'string' && typedPhone ? normalisePhone(typedPhone, country) : undefined;
    const email = typeof typedEmail === 'string' && typedEmail ? normaliseEmail(typedEmail) : undefined;
    if (phone === null) form = withError(form, 'phone', 'phone');
    if (email === null) form = withError(form, 'email', 'email');
    if (!parsed.ok || upload === 'too-large' || phone === null || email === null)
      return this.page(request, language, holdId, form, 422);
    const { number, date, priority, name, institution } = parsed.value;
    try {
      await this.referral.run({
        holdId,
        proof: await proofOf(request, holdId),
        details: {
          number: number ?? null,
          date: Temporal.PlainDate.from(date),
          priority: priority ?? null,
          referrer: { name, institution, phone: phone ?? null, email: email ?? null },
        },
        form: upload === null ? null : await checkedForm(upload.bytes),
      });
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      if (thrown.code === 'hold-expired') return this.booking.ended(request, language, holdId);
      const field = fieldOf[thrown.code];
      const errors = thrown.details.errors ?? [];
      if (field !== undefined) form = withError(form, field, `refusals.${thrown.code}.detail`);
      else if (errors.length === 0) throw thrown;
      for (const { path, code } of errors) form = withError(form, path.replace(/^referral\./, ''), code);
      return this.page(request, language, holdId, form, thrown.status === 400 ? 422 : thrown.status);
    }
    return seeOther(pathTo(language, '/book/', holdId));
  }

  private async page(
    request: WebRequest,
    language: Language,
    holdId: string,
    sent: FormState | undefined,
    status: number,
  ): Promise<string | SeeOther> {
    if (!isSignedIn(await request.actor())) return seeOther(pathTo(language, '/book/', holdId));
    const found = await this.booking.held(request, holdId);
    if (!found) return this.booking.ended(request, language, holdId);
    const { held, service } = found;
    const kept = await this.referral.of(holdId, service, held.terms.payer);
    if (kept.asked === 'none') return seeOther(pathTo(language, '/book/', holdId));
    const now = this.booking.now();
    const book = bookModel(language, found, { now, step: 'referral' });
    const { details } = kept;
    const model = {
      book,
      form: sent ?? formOf(details ? { ...details, ...details.referrer, date: details.date.toString() } : {}),
      isNeeded: kept.asked === 'needed',
      hasForm: kept.hasForm,
      today: dayIn(held.terms.zone, now).toString(),
      priorities: ['', ...priorities].map((value) => ({
        value,
        label: translate(language, value ? `services.referral.priorities.${value}` : 'services.referral.priority-none'),
      })),
    };
    const title = translate(language, 'services.referral.heading');
    return this.pages.render('booking/book-referral', model, { request, title, status });
  }
}
