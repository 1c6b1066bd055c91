import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { Inbox, MarkRead, ReadNotice } from '#libs/notifications';
import { type Language, translate } from '#libs/platform';
import { flash, IdPipe, LanguageOf, Pages, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { askWho, isSignedIn } from '../my-appointments/signed-in.js';
import { messageLine, messageModel } from './messages.view.js';

/** The inbox of whoever is signed in. Looking marks nothing as read: a press of a button does, or the page's script (promise 11). */
@Controller(':language/messages')
export class MessagesController {
  constructor(
    private readonly pages: Pages,
    private readonly inbox: Inbox,
    private readonly readNotice: ReadNotice,
    private readonly markRead: MarkRead,
  ) {}

  @Get()
  async list(
    @Query('cursor') cursor: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const { items, next } = await this.inbox.run(actor, typeof cursor === 'string' && cursor !== '' ? { cursor } : {});
    const unread = await this.inbox.unread(actor);
    const here = pathTo(language, '/messages');
    const model = {
      items: items.map((item) => messageLine(item, language)),
      unread: unread > 0 ? translate(language, 'inbox.unread', { n: unread }) : '',
      readPath: `${here}/read`,
      actions: [{ href: pathTo(language, '/'), label: translate(language, 'booking.nav.find') }],
      nextHref: next === null ? undefined : `${here}?${new URLSearchParams({ cursor: next })}`,
      firstHref: cursor === undefined ? undefined : here,
    };
    return this.pages.render('booking/messages', model, { request, title: translate(language, 'inbox.title') });
  }

  @Get(':id')
  async show(
    @Param('id', IdPipe) id: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const message = messageModel(await this.readNotice.run(actor, id, language), language);
    const scripts = message.isUnread ? { scripts: ['mark-read.js'] } : {};
    return this.pages.render('booking/message', { message }, { request, title: message.title, ...scripts });
  }

  @Post('read')
  async readAll(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    await this.markRead.run({ actor, id: null });
    flash(request, { kind: 'success', key: 'inbox.marked-all' });
    return seeOther(pathTo(language, '/messages'));
  }

  @Post(':id/read')
  async read(
    @Param('id', IdPipe) id: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    await this.markRead.run({ actor, id });
    return seeOther(pathTo(language, '/messages/', id));
  }
}
