import { Controller, Get, Post, Req } from '@nestjs/common';
import { feedInWords, FeedOfOwner, OpenFeed, StopFeed } from '#libs/calendar-sync';
import { type Language, translate } from '#libs/platform';
import { flash, LanguageOf, Pages, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { askWho, isSignedIn } from '../pages/my-appointments/signed-in.js';

/** The secret address at which somebody's own calendar program reads their visits. */
@Controller(':language/my-feed')
export class MyFeedController {
  constructor(
    private readonly pages: Pages,
    private readonly feedOfOwner: FeedOfOwner,
    private readonly openFeed: OpenFeed,
    private readonly stopFeed: StopFeed,
  ) {}

  @Get()
  async show(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const feed = await this.feedOfOwner.run(actor);
    const model = {
      self: pathTo(language, '/my-feed'),
      feed: feed && feedInWords(feed, language),
    };
    return this.pages.render('booking/my-feed', model, { request, title: translate(language, 'inbox.feed.title') });
  }

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
    return seeOther(pathTo(language, '/my-feed'));
  }
}
