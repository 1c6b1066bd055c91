import { Controller, Post, Req } from '@nestjs/common';
import { OpenFeed, StopFeed } from '#libs/calendar-sync';
import type { Language } from '#libs/platform';
import { flash, LanguageOf, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { askWho, isSignedIn } from '../pages/my-appointments/signed-in.js';

/** Makes, replaces and stops the secret address at which somebody's own calendar program reads their visits. */
@Controller(':language/my-calendar/feed')
export class MyFeedController {
  constructor(
    private readonly openFeed: OpenFeed,
    private readonly stopFeed: StopFeed,
  ) {}

  @Post()
  make(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<SeeOther> {
    return this.change(language, request, 'made');
  }

  @Post('renew')
  renew(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<SeeOther> {
    return this.change(language, request, 'renewed');
  }

  @Post('stop')
  stop(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<SeeOther> {
    return this.change(language, request, 'stopped');
  }

  private async change(
    language: Language,
    request: WebRequest,
    what: 'made' | 'renewed' | 'stopped',
  ): Promise<SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    if (what === 'stopped') await this.stopFeed.run({ actor });
    else await this.openFeed.run({ actor, language, renews: what === 'renewed' });
    flash(request, { kind: 'success', key: `inbox.feed.${what}` });
    return seeOther(pathTo(language, '/my-calendar'));
  }
}
