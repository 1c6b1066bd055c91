import { Controller, Get, Req } from '@nestjs/common';
import { type ConnectionResult, FinishConnection } from '#libs/calendar-sync';
import { isLanguage, type Language } from '#libs/platform';
import { flash, type Flash, pathTo, RateLimit, seeOther, type SeeOther, type WebRequest } from '#libs/web';
import { isSignedIn } from '../my-appointments/signed-in.js';

const kindOf: Record<Exclude<ConnectionResult, 'choosing'>, Flash['kind']> = {
  connected: 'success',
  denied: 'info',
  'too-little': 'warning',
  'no-token': 'warning',
  'not-theirs': 'warning',
  unreachable: 'error',
};

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 2000 ? value : undefined;

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
    const { query } = request;
    const { result, language } = await this.finish.run({
      actor,
      purpose: 'visits',
      query: { code: textOf(query['code']), state: textOf(query['state']), error: textOf(query['error']) },
    });
    return this.home(request, language ?? preferred, result);
  }

  private home(request: WebRequest, language: Language, result: ConnectionResult): SeeOther {
    if (result === 'choosing') return seeOther(pathTo(language, '/my-calendar/choose'));
    flash(request, { kind: kindOf[result], key: `google.result.${result}` });
    return seeOther(pathTo(language, '/my-calendar'));
  }
}
