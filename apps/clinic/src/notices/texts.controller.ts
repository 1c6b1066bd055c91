import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type AnswerByText, MarkTextSeen, TextsOfClinic } from '#libs/notifications';
import { formatDateTime, type Language, translate } from '#libs/platform';
import { flash, IdPipe, Pages, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { noticesTabs } from './notices-tabs.js';
import { NoticesWaiting } from './notices-waiting.js';

const path = '/notices/texts';

/** What people answered to short messages: what the portal did about it, and what waits for somebody. */
@Controller(`:language${path}`)
export class TextsController {
  constructor(
    private readonly pages: Pages,
    private readonly waits: NoticesWaiting,
    private readonly texts: TextsOfClinic,
    private readonly markSeen: MarkTextSeen,
  ) {}

  @Get()
  async list(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const { waiting, others } = await this.texts.list(staff);
    const model = {
      tabs: noticesTabs(staff, 'texts', language, await this.waits.of(staff)),
      waiting: waiting.map((each) => rowOf(each, language)),
      others: others.map((each) => rowOf(each, language)),
    };
    return this.pages.render('clinic/notices-texts', model, {
      request,
      title: translate(language, 'sms.answers.title'),
      styles: ['staff.css', 'desk.css', 'notices.css', 'sms.css'],
    });
  }

  @Post(':id/seen')
  async seen(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.markSeen.run({ actor, id });
    flash(request, { kind: 'success', key: 'sms.answers.seen-done' });
    return seeOther(pathTo(request.language, path));
  }
}

const icons: Partial<Record<NonNullable<AnswerByText['outcome']>, string>> = {
  confirmed: 'circle-check',
  cancelled: 'calendar-x',
  'call-asked': 'phone',
};

function rowOf(answer: AnswerByText, language: Language): object {
  const { id, phone, text, outcome, receivedAt, handled, visit } = answer;
  const say = (key: string, args = {}): string => translate(language, `sms.answers.${key}`, args);
  const zone = visit?.timeZone ?? 'Europe/Riga';
  const when = (at: Temporal.Instant): string => formatDateTime(language, at, zone, 'weekday');
  return {
    text,
    phone,
    phoneLink: `tel:${phone}`,
    outcome: outcome ? say(`outcome.${outcome}`) : say('unread'),
    icon: (outcome && icons[outcome]) ?? 'mail',
    at: say('from', { phone, at: when(receivedAt) }),
    who: visit?.patient ?? phone,
    href: visit ? pathTo(language, '/appointments/', visit.id) : '',
    about: visit
      ? [say('about', { when: when(visit.start) }), visit.practitioner].filter(Boolean).join(', ')
      : say('no-visit'),
    status: visit?.status,
    seen: handled ? say('by', { name: handled.by, at: when(handled.at) }) : '',
    canSee: outcome !== null && handled === null,
    see: `${pathTo(language, `${path}/`, id)}/seen`,
  };
}
