import { Controller, Get, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type ConnectionResult, FinishConnection, OwnBusyCalendars } from '#libs/calendar-sync';
import { isLanguage, type Language, Refusal } from '#libs/platform';
import { flash, type Flash, pathTo, RateLimit, seeOther, type SeeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';

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

/** Google's redirect to a practitioner. It connects and therefore writes, once, for the session that asked to. */
@Controller('my-calendar/google')
export class StaffBackFromGoogleController {
  constructor(
    private readonly finish: FinishConnection,
    private readonly own: OwnBusyCalendars,
  ) {}

  @Get()
  @RateLimit('calendar-connected', { perMinute: 30 })
  async back(@StaffOf() actor: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    const preferred = isLanguage(request.language) ? request.language : 'lv';
    const { query } = request;
    const { result, language } = await this.finish.run({
      actor,
      purpose: 'busy',
      query: { code: textOf(query['code']), state: textOf(query['state']), error: textOf(query['error']) },
    });
    const to = language ?? preferred;
    if (result !== 'choosing') return this.home(request, to, { kind: kindOf[result], key: `busy.result.${result}` });
    return (await this.goesOn(actor))
      ? this.home(request, to, { kind: 'success', key: 'busy.result.connected' })
      : seeOther(pathTo(to, '/my-calendar/choose'));
  }

  /** Connected anew: the calendars that counted before count again, and nothing is to be chosen. */
  private async goesOn(actor: StaffActor): Promise<boolean> {
    try {
      return await this.own.goOn(actor);
    } catch (thrown) {
      // The page on which they are chosen says what is the matter.
      if (thrown instanceof Refusal) return false;
      throw thrown;
    }
  }

  private home(request: WebRequest, language: Language, message: Flash): SeeOther {
    flash(request, message);
    return seeOther(pathTo(language, '/my-calendar'));
  }
}
