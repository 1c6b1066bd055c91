import { Controller, Get, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { feedInWords, FeedOfOwner, OpenFeed, StopFeed } from '#libs/calendar-sync';
import { translate } from '#libs/platform';
import { flash, Pages, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';

/** The secret address at which a practitioner's own calendar program reads when and where they receive somebody. */
@Controller(':language/my-feed')
export class MyFeedController {
  constructor(
    private readonly pages: Pages,
    private readonly feedOfOwner: FeedOfOwner,
    private readonly openFeed: OpenFeed,
    private readonly stopFeed: StopFeed,
  ) {}

  @Get()
  async show(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const feed = await this.feedOfOwner.run(staff);
    const model = {
      self: pathTo(language, '/my-feed'),
      feed: feed && feedInWords(feed, language),
    };
    const title = translate(language, 'inbox.feed.staff-title');
    return this.pages.render('clinic/my-feed', model, { request, title, styles: ['staff.css'] });
  }

  @Post()
  make(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    return this.change(staff, request, 'made');
  }

  @Post('renew')
  renew(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    return this.change(staff, request, 'renewed');
  }

  @Post('stop')
  stop(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<SeeOther> {
    return this.change(staff, request, 'stopped');
  }

  private async change(
    actor: StaffActor,
    request: WebRequest,
    what: 'made' | 'renewed' | 'stopped',
  ): Promise<SeeOther> {
    if (what === 'stopped') await this.stopFeed.run({ actor });
    else await this.openFeed.run({ actor, language: request.language, renews: what === 'renewed' });
    flash(request, { kind: 'success', key: `inbox.feed.${what}` });
    return seeOther(pathTo(request.language, '/my-feed'));
  }
}
