import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { AnswersOfClinic, MarkAnswerSeen } from '#libs/notifications';
import { translate } from '#libs/platform';
import { flash, IdPipe, Pages, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { answerModel } from './answers.view.js';
import { noticesTabs } from './notices-tabs.js';
import { NoticesWaiting } from './notices-waiting.js';

const furniture = { styles: ['staff.css', 'desk.css'], scripts: ['shortcuts.js'] };

/** What came back to the address of the letters. Nothing here changes a visit: staff read, call, and decide (S-2.12). */
@Controller(':language/notices/answers')
export class AnswersController {
  constructor(
    private readonly pages: Pages,
    private readonly waits: NoticesWaiting,
    private readonly answers: AnswersOfClinic,
    private readonly markSeen: MarkAnswerSeen,
  ) {}

  @Get()
  async list(@StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    const { language } = request;
    const { waiting, seen } = await this.answers.list(staff);
    const model = {
      tabs: noticesTabs(staff, 'answers', language, await this.waits.of(staff)),
      waiting: waiting.map((each) => answerModel(each, language)),
      seen: seen.map((each) => answerModel(each, language)),
    };
    const title = translate(language, 'answers.title');
    return this.pages.render('clinic/answers', model, { request, title, ...furniture });
  }

  @Get(':id')
  async read(
    @Param('id', IdPipe) id: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const { language } = request;
    const answer = await this.answers.read(staff, id);
    const model = { answer: answerModel(answer, language), text: answer.text };
    const title = translate(language, 'answers.title');
    return this.pages.render('clinic/answer', model, { request, title, ...furniture });
  }

  @Post(':id/seen')
  async seen(
    @Param('id', IdPipe) id: string,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    await this.markSeen.run({ actor, id });
    flash(request, { kind: 'success', key: 'answers.seen-done' });
    return seeOther(pathTo(request.language, '/notices/answers'));
  }
}
