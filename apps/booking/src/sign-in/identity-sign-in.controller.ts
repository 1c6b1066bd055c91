import { Body, Controller, Get, Param, Post, Redirect, Req } from '@nestjs/common';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { BeginIdentitySignIn } from '#libs/access';
import { isLanguage, type Language, languages, Refusal } from '#libs/platform';
import { parseForm, pathTo, RateLimit, seeOther, type SeeOther, SessionCookie, type WebRequest } from '#libs/web';
import { readAttempt, writeAttempt } from './attempt-cookie.js';
import { SignInWithIdentity } from './sign-in-with-identity.js';

class StartForm {
  @IsOptional() @IsIn([...languages]) language?: Language;
  @IsOptional() @IsString() @MaxLength(500) returnTo?: string;
}

/** To an identity provider and back (S-2.23 … S-2.26). */
@Controller('auth')
export class IdentitySignInController {
  constructor(
    private readonly begin: BeginIdentitySignIn,
    private readonly signIn: SignInWithIdentity,
    private readonly cookie: SessionCookie,
  ) {}

  /** A post from the sign-in page: `returnTo` is a path of this site, `language` that of the page. */
  @Post('start/:provider')
  @RateLimit('identity-sign-in', { perMinute: 60 })
  @Redirect('/', 303)
  async start(
    @Param('provider') provider: string,
    @Body() body: unknown,
    @Req() request: WebRequest,
  ): Promise<{ url: string }> {
    const form = parseForm(StartForm, body);
    if (!form.ok) throw new Refusal('invalid');
    const language = form.value.language ?? request.preferredLanguage;
    const { url, token } = await this.begin.run({ provider, language, wanted: form.value.returnTo });
    writeAttempt(request, token);
    return { url };
  }

  /** The provider's redirect. It signs in and therefore writes, once, for the browser that asked to. */
  @Get('callback/:provider')
  async back(@Param('provider') provider: string, @Req() request: WebRequest): Promise<SeeOther> {
    const attempt = readAttempt(request);
    writeAttempt(request, undefined);
    const language = isLanguage(request.language) ? request.language : 'lv';
    if (typeof request.query['error'] === 'string') return seeOther(pathTo(language, '/sign-in'));
    const signedIn = await this.signIn.run({
      provider,
      query: request.originalUrl.split('?').slice(1).join('?'),
      attempt,
      former: this.cookie.tokenOf(request),
      language,
    });
    await this.cookie.give(request, signedIn.token);
    return seeOther(signedIn.returnTo);
  }
}
