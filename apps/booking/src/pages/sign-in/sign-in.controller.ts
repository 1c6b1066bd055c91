import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { IdentityProviders, returnTo } from '#libs/access';
import { type Language, translate } from '#libs/platform';
import {
  emptyForm,
  flash,
  formOf,
  type FormState,
  LanguageOf,
  Pages,
  pathTo,
  RateLimit,
  seeOther,
  type SeeOther,
  SessionCookie,
  type WebRequest,
} from '#libs/web';
import { isSignedIn } from '../my-appointments/signed-in.js';
import { EmailProof } from './email-proof.js';

const typedReturn = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'returnTo' in body ? body.returnTo : undefined;

/** Signing in with an e-mail code or an identity provider, and out again. No passwords. */
@Controller(':language')
export class SignInController {
  constructor(
    private readonly pages: Pages,
    private readonly emailProof: EmailProof,
    private readonly providers: IdentityProviders,
    private readonly cookie: SessionCookie,
  ) {}

  @Get('sign-in')
  async show(
    @Query('returnTo') wanted: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const to = this.returnTo(language, wanted);
    if (isSignedIn(await request.actor())) return seeOther(to);
    return this.page(request, language, to, emptyForm(), 200);
  }

  @Post('sign-in/email')
  @RateLimit('verification', { perMinute: 20 })
  async email(
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const to = this.returnTo(language, typedReturn(body));
    const asked = await this.emailProof.ask(body, language);
    if (!asked.ok) return this.page(request, language, to, asked.form, 422);
    return seeOther(pathTo(language, `/sign-in/code?${new URLSearchParams({ proof: asked.proof, returnTo: to })}`));
  }

  @Get('sign-in/email')
  again(@LanguageOf() language: Language): SeeOther {
    return seeOther(pathTo(language, '/sign-in'));
  }

  @Get('sign-in/code')
  async code(
    @Query() query: Record<string, unknown>,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const to = this.returnTo(language, query['returnTo']);
    if (isSignedIn(await request.actor())) return seeOther(to);
    if (typeof query['proof'] !== 'string') return seeOther(pathTo(language, '/sign-in'));
    return this.codePage(request, language, to, formOf({ proof: query['proof'] }), 200);
  }

  @Post('sign-in/code')
  @RateLimit('code', { perMinute: 30 })
  async answer(
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const to = this.returnTo(language, typedReturn(body));
    const answered = await this.emailProof.answer(request, body);
    if (!answered.ok) return this.codePage(request, language, to, answered.form, 422);
    return seeOther(to);
  }

  @Post('sign-out')
  async signOut(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<SeeOther> {
    await this.cookie.close(request);
    flash(request, { kind: 'info', key: 'booking.signIn.out' });
    return seeOther(pathTo(language, '/'));
  }

  private returnTo(language: Language, wanted: unknown): string {
    return returnTo(typeof wanted === 'string' ? wanted : undefined, pathTo(language, '/my-appointments'));
  }

  private page(request: WebRequest, language: Language, to: string, form: FormState, status: number): Promise<string> {
    const isForOne = /\/appointments\//.test(to);
    return this.pages.render(
      'booking/sign-in',
      { form, returnTo: to, isForOne, providers: this.providers.list() },
      { request, title: translate(language, 'common.sign-in'), status },
    );
  }

  private codePage(
    request: WebRequest,
    language: Language,
    to: string,
    form: FormState,
    status: number,
  ): Promise<string> {
    return this.pages.render(
      'booking/sign-in-code',
      { form, returnTo: to },
      { request, title: translate(language, 'booking.who.codeHeading'), status },
    );
  }
}
