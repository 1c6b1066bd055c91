import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { ExtendHold, HoldSlot, ReleaseHold } from '#libs/appointments';
import { TermsOfCalendar } from '#libs/calendars';
import { blindIndex, type Language, Refusal, translate } from '#libs/platform';
import { parseInstant } from '#libs/time';
import {
  addressPart,
  IdPipe,
  LanguageOf,
  Pages,
  parseForm,
  parseQuery,
  pathTo,
  RateLimit,
  seeOther,
  type SeeOther,
  SessionCookie,
  type WebRequest,
} from '#libs/web';
import { NearbyTimes } from './nearby-times.js';
import { proofOf } from './proof-of.js';
import { rememberHold } from './remembered-holds.js';

class SlotForm {
  @IsUUID('loose') calendarId: string;
  @IsUUID('loose') serviceId: string;
  /** What the visitor saw on the page that they chose from: a time of another payer is refused (promise 7). */
  @IsOptional() @IsIn(['state', 'paid']) payer?: 'state' | 'paid';
  @Matches(/^[\dTZ:.+-]{16,40}$/, { message: 'instant' }) start: string;
}

class ReleaseForm {
  @IsOptional() @IsIn(['state', 'paid']) payer?: 'state' | 'paid';
}

class TakenForm extends SlotForm {
  @Matches(/^[a-z-]{1,40}$/) why: string;
}

/** Takes a slot for the visitor, keeps it longer and gives it back. */
@Controller(':language')
export class HoldsController {
  constructor(
    private readonly pages: Pages,
    private readonly cookie: SessionCookie,
    private readonly holdSlot: HoldSlot,
    private readonly extendHold: ExtendHold,
    private readonly releaseHold: ReleaseHold,
    private readonly nearby: NearbyTimes,
    private readonly terms: TermsOfCalendar,
  ) {}

  /** The time is theirs at once: the form is filled afterwards. */
  @Post('holds')
  @RateLimit('hold', { perMinute: 60 })
  async take(@Body() body: unknown, @LanguageOf() language: Language, @Req() request: WebRequest): Promise<SeeOther> {
    const parsed = parseForm(SlotForm, body);
    const start = parsed.ok ? parseInstant(parsed.value.start) : null;
    if (!parsed.ok || start === null) throw new Refusal('invalid');
    const { calendarId, serviceId, payer } = parsed.value;
    await this.terms.requirePayer(calendarId, serviceId, payer);
    const session = await this.cookie.orAnonymous(request);
    try {
      const hold = await this.holdSlot.run({
        actor: await request.actor(),
        sessionId: session.id,
        addressIndex: blindIndex('hold-address', addressPart(request.ip ?? '')),
        calendarId,
        serviceId,
        start,
      });
      rememberHold(request, { id: hold.id, token: hold.token, calendarId, serviceId, start: start.toString() });
      return seeOther(pathTo(language, '/book/', hold.id));
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !['slot-taken', 'not-bookable'].includes(thrown.code)) throw thrown;
      const why = thrown.details.why ?? 'taken';
      const query = new URLSearchParams({
        calendarId,
        serviceId,
        start: start.toString(),
        why,
        ...(payer && { payer }),
      });
      return seeOther(pathTo(language, `/taken?${query}`));
    }
  }

  /** Where a changed language on a page about a refused time leads. */
  @Get('holds')
  again(@LanguageOf() language: Language): SeeOther {
    return seeOther(pathTo(language, '/find'));
  }

  /** The time went to somebody else, or cannot be booked: what is free close by. */
  @Get('taken')
  async taken(@Query() query: unknown, @LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(TakenForm, query);
    const start = parsed.ok ? parseInstant(parsed.value.start) : null;
    if (!parsed.ok || start === null) throw new Refusal('not-found');
    const { why, calendarId, serviceId, payer } = parsed.value;
    await this.terms.requirePayer(calendarId, serviceId, payer);
    const isTaken = why === 'taken';
    const title = translate(language, isTaken ? 'booking.taken.title' : 'booking.taken.notBookable');
    const text = isTaken ? translate(language, 'booking.taken.text') : whyText(language, why);
    const gone = await this.nearby.gone(language, { calendarId, serviceId, start: start.toString() });
    return this.pages.render('booking/time-is-gone', { title, text, ...gone }, { request, title });
  }

  @Post('book/:holdId/extend')
  async extend(
    @Param('holdId', IdPipe) holdId: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const back = seeOther(pathTo(language, '/book/', holdId));
    try {
      await this.extendHold.run({ holdId, proof: await proofOf(request, holdId) });
    } catch (thrown) {
      // The page says that it has ended, and what else is free.
      if (!(thrown instanceof Refusal) || thrown.code !== 'hold-expired') throw thrown;
    }
    return back;
  }

  @Post('book/:holdId/release')
  async release(
    @Param('holdId', IdPipe) holdId: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.releaseHold.run({ holdId, proof: await proofOf(request, holdId) });
    const form = parseForm(ReleaseForm, body);
    const payer = form.ok ? form.value.payer : undefined;
    return seeOther(pathTo(language, payer ? `/find?payer=${payer}` : '/find'));
  }
}

const reasons: ReadonlySet<string> = new Set([
  'in-the-past',
  'too-soon',
  'too-far',
  'not-published',
  'outside-hours',
  'off-grid',
]);

const whyText = (language: Language, why: string): string =>
  translate(language, reasons.has(why) ? `refusals.why.${why}` : 'refusals.not-bookable.detail');
