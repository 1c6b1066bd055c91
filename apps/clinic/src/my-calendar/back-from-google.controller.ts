import { Controller, Get, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { FinishConnection, OwnBusyCalendars, toneOfResult } from '#libs/calendar-sync';
import { isLanguage, type Language, Refusal } from '#libs/platform';
import { flash, type Flash, pathTo, RateLimit, seeOther, type SeeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';

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
    const { result, language } = await this.finish.run({ actor, purpose: 'busy', query: request.query });
    const to = language ?? preferred;
    if (result !== 'choosing')
      return this.home(request, to, { kind: toneOfResult[result], key: `busy.result.${result}` });
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
