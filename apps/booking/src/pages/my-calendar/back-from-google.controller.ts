import { Controller, Get, Req } from '@nestjs/common';
import { type ConnectionResult, FinishConnection, toneOfResult } from '#libs/calendar-sync';
import { isLanguage, type Language } from '#libs/platform';
import { flash, pathTo, RateLimit, seeOther, type SeeOther, type WebRequest } from '#libs/web';
import { isSignedIn } from '../my-appointments/signed-in.js';

/** Google's redirect. It connects and therefore writes, once, for the session that asked to; the address is left at once. */
@Controller('my-calendar/google')
export class BackFromGoogleController {
  constructor(private readonly finish: FinishConnection) {}

  @Get()
  @RateLimit('calendar-connected', { perMinute: 30 })
  async back(@Req() request: WebRequest): Promise<SeeOther> {
    const actor = await request.actor();
    const preferred = isLanguage(request.language) ? request.language : 'lv';
    if (!isSignedIn(actor)) return this.home(request, preferred, 'not-theirs');
    const { result, language } = await this.finish.run({ actor, purpose: 'visits', query: request.query });
    return this.home(request, language ?? preferred, result);
  }

  private home(request: WebRequest, language: Language, result: ConnectionResult): SeeOther {
    if (result === 'choosing') return seeOther(pathTo(language, '/my-calendar/choose'));
    flash(request, { kind: toneOfResult[result], key: `google.result.${result}` });
    return seeOther(pathTo(language, '/my-calendar'));
  }
}
