import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { Language } from '#libs/platform';
import { formOf, IdPipe, LanguageOf, pathTo, RateLimit, seeOther, SeeOther, type WebRequest } from '#libs/web';
import { EmailProof } from '../sign-in/email-proof.js';
import { keepDraft } from './draft.js';
import { WhoPage } from './who-page.js';

/** Who the visitor is, while the time is kept: an e-mail code or an identity provider. */
@Controller(':language/book/:holdId')
export class WhoController {
  constructor(
    private readonly page: WhoPage,
    private readonly emailProof: EmailProof,
  ) {}

  @Post('email')
  @RateLimit('verification', { perMinute: 20 })
  async ask(
    @Param('holdId', IdPipe) holdId: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const asked = await this.emailProof.ask(body, language);
    if (!asked.ok) return this.page.who(request, language, holdId, asked.form, 422);
    keepDraft(request, { email: asked.email });
    return seeOther(pathTo(language, '/book/', holdId, '/code', `?proof=${asked.proof}`));
  }

  /** Where a changed language or a reload of the page with mistakes leads. */
  @Get('email')
  again(@Param('holdId', IdPipe) holdId: string, @LanguageOf() language: Language): SeeOther {
    return seeOther(pathTo(language, '/book/', holdId));
  }

  @Get('code')
  async code(
    @Param('holdId', IdPipe) holdId: string,
    @Query('proof') proof: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (actor.kind !== 'anonymous' || typeof proof !== 'string') return seeOther(pathTo(language, '/book/', holdId));
    return this.page.code(request, language, holdId, formOf({ proof }), 200);
  }

  @Post('code')
  @RateLimit('code', { perMinute: 30 })
  async answer(
    @Param('holdId', IdPipe) holdId: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const answered = await this.emailProof.answer(request, body);
    if (!answered.ok) return this.page.code(request, language, holdId, answered.form, 422);
    return seeOther(pathTo(language, '/book/', holdId));
  }
}
