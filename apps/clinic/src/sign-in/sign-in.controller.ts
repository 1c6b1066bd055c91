import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { type Actor, returnTo, SignInStaff } from '#libs/access';
import { Workplaces } from '#libs/profiles';
import { environment, type Language, Refusal, translate } from '#libs/platform';
import {
  ActorOf,
  emptyForm,
  flash,
  type FormState,
  LanguageOf,
  Pages,
  parseForm,
  pathTo,
  RateLimit,
  type SeeOther,
  seeOther,
  SessionCookie,
  type WebRequest,
} from '#libs/web';
import { knownDeviceOf, rememberDevice } from './known-device-cookie.js';
import { firstPage } from './first-page.js';
import { SignInForm } from './sign-in.form.js';

/** Signing in takes the password and the second factor together: a wrong one of the two is never told apart. */
@Controller(':language')
export class SignInController {
  constructor(
    private readonly pages: Pages,
    private readonly cookie: SessionCookie,
    private readonly signIn: SignInStaff,
    private readonly workplaces: Workplaces,
  ) {}

  @Get('sign-in')
  async show(
    @LanguageOf() language: Language,
    @ActorOf() actor: Actor,
    @Query('returnTo') wanted: unknown,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const to = returnTo(textOf(wanted), pathTo(language, '/calendar'));
    return actor.kind === 'staff' ? seeOther(to) : this.page(request, emptyForm(), { returnTo: to });
  }

  @Post('sign-in')
  @RateLimit('staff-sign-in', { perMinute: 20 })
  async send(
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(SignInForm, body, { raw: ['password'] });
    const home = pathTo(language, '/calendar');
    const to = returnTo(textOf(parsed.form.values['returnTo']), home);
    if (!parsed.ok) return this.page(request, parsed.form, { returnTo: to, status: 422 });
    const { email, password, code } = parsed.value;
    try {
      const signedIn = await this.signIn.run({
        email,
        password,
        code: code.replace(' ', ''),
        former: this.cookie.tokenOf(request),
        knownDevice: knownDeviceOf(request),
      });
      await this.cookie.give(request, signedIn.token);
      rememberDevice(request, signedIn.knownDevice);
      const places = await this.workplaces.of(signedIn.accountId);
      if (places.length < 2) return seeOther(to === home ? firstPage(language, places[0]) : to);
      return seeOther(pathTo(language, `/workplace?${new URLSearchParams({ returnTo: to }).toString()}`));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'wrong-credentials') throw error;
      return this.page(request, parsed.form, { returnTo: to, status: 401, isWrong: true });
    }
  }

  @Post('sign-out')
  async leave(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<SeeOther> {
    await this.cookie.close(request);
    flash(request, { kind: 'success', key: 'clinic.sign-in.signed-out' });
    return seeOther(pathTo(language, '/sign-in'));
  }

  private page(
    request: WebRequest,
    form: FormState,
    { status = 200, ...model }: { returnTo: string; status?: number; isWrong?: boolean },
  ): Promise<string> {
    const title = translate(request.language, 'clinic.sign-in.title');
    return this.pages.render(
      'clinic/sign-in',
      { ...model, form, isDemo: environment().demo },
      { request, title, status },
    );
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
