import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsUUID } from 'class-validator';
import { AcceptOffer, OffersOfAppointment, type OffersOfVisit, requestOf } from '#libs/appointments';
import { type Language, Refusal, translate } from '#libs/platform';
import {
  flash,
  IdempotencyKey,
  IdPipe,
  LanguageOf,
  Pages,
  parseForm,
  pathTo,
  seeOther,
  type SeeOther,
  type WebRequest,
} from '#libs/web';
import { askWho, isSignedIn } from '../my-appointments/signed-in.js';
import { momentIn } from '../zone-words.js';

class ChoiceForm {
  @IsUUID('loose') offer: string;
  @IdempotencyKey() idempotencyKey: string;
}

/** Refusals that the page itself explains. */
const sayAgain: ReadonlySet<string> = new Set([
  'offer-lapsed',
  'wrong-state',
  'slot-taken',
  'not-bookable',
  'patient-busy',
  'state-changed',
  'in-progress',
]);

/** The times that the clinic holds for a patient whose own it cannot keep: one button takes one. Letters lead here. */
@Controller(':language/appointments/:id/offers')
export class OffersController {
  constructor(
    private readonly pages: Pages,
    private readonly offers: OffersOfAppointment,
    private readonly acceptOffer: AcceptOffer,
  ) {}

  @Get()
  async choose(
    @Param('id', IdPipe) id: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    return this.page(await this.offers.run(actor, id), request, language);
  }

  @Post()
  async take(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const parsed = parseForm(ChoiceForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { offer: offerId, idempotencyKey } = parsed.value;
    // Whether the offer is about this appointment of theirs is asked of the record, before it is taken.
    await this.offers.run(actor, id);
    try {
      const asked = requestOf(actor, 'POST /appointments/:id/offers', idempotencyKey, { offerId });
      const taken = await this.acceptOffer.run({ actor, offerId, request: asked });
      flash(request, { kind: 'success', key: 'changes.offers.taken' });
      return seeOther(pathTo(language, '/appointments/', taken.id));
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !sayAgain.has(thrown.code)) throw thrown;
      return this.page(await this.offers.run(actor, id), request, language, thrown);
    }
  }

  private page({ view, choice }: OffersOfVisit, request: WebRequest, language: Language, problem?: Refusal) {
    const path = pathTo(language, '/appointments/', view.id);
    const { clinic } = view;
    const model = {
      path,
      isAsked: choice !== null,
      lead: translate(language, 'changes.offers.lead', { when: momentIn(language, view.start, view.timeZone) }),
      held:
        choice &&
        translate(language, 'changes.offers.held', {
          n: choice.offers.length,
          at: momentIn(language, choice.until, view.timeZone),
        }),
      payer: view.payer,
      offers: (choice?.offers ?? []).map(({ id, start, zone, practitioner, address, priceCents }) => ({
        id,
        when: momentIn(language, start, zone),
        price: priceCents || null,
        where: translate(language, 'changes.offers.where', { practitioner, clinic: clinic.name, address }),
      })),
      problem: problem && {
        title: translate(language, `refusals.${problem.code}.title`),
        text: translate(language, `refusals.${problem.code}.detail`),
      },
    };
    const title = translate(language, 'changes.offers.title');
    return this.pages.render('booking/offers', model, { request, title, status: problem?.status ?? 200 });
  }
}
