import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { IsIn } from 'class-validator';
import type { StaffActor } from '#libs/access';
import { Refusal, translate } from '#libs/platform';
import { ArrangeQuestion, type QuestionKind, questionKinds, QuestionsOfService, SaveQuestion } from '#libs/profiles';
import {
  flash,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
  withRefusal,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { QuestionForm, questionOf } from './question.form.js';
import { formOfQuestion, newQuestion, questionModel } from './questions.view.js';

class ArrangeForm {
  @IsIn(['up', 'down', 'remove']) how: 'up' | 'down' | 'remove';
}

/** What a service asks before a visit: one question a page. */
@Controller(':language/services/:id/questions')
export class QuestionsController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: QuestionsOfService,
    private readonly saveQuestion: SaveQuestion,
    private readonly arrangeQuestion: ArrangeQuestion,
  ) {}

  @Get('new')
  async ask(
    @Param('id', IdPipe) id: string,
    @Query('kind') wanted: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    await this.questions.run(staff, staff.clinicId, id);
    const kind = questionKinds.find((each) => each === wanted) ?? 'yes-no';
    return this.page(id, null, kind, newQuestion(kind), request);
  }

  @Post('new')
  add(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.save(id, null, body, staff, request);
  }

  @Get(':question')
  async show(
    @Param('id', IdPipe) id: string,
    @Param('question', IdPipe) questionId: string,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const questions = await this.questions.run(staff, staff.clinicId, id);
    const question = questions.find((each) => each.id === questionId);
    if (!question) throw new Refusal('not-found');
    return this.page(id, questionId, question.kind, formOfQuestion(question), request);
  }

  @Post(':question')
  change(
    @Param('id', IdPipe) id: string,
    @Param('question', IdPipe) questionId: string,
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.save(id, questionId, body, staff, request);
  }

  @Post(':question/arrange')
  async arrange(
    @Param('id', IdPipe) id: string,
    @Param('question', IdPipe) questionId: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const parsed = parseForm(ArrangeForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { how } = parsed.value;
    await this.arrangeQuestion.run({ actor, clinicId: actor.clinicId, serviceId: id, id: questionId, how });
    if (how === 'remove') flash(request, { kind: 'success', key: 'services.staff.question-removed' });
    return seeOther(`${pathTo(request.language, '/services/', id)}#questions`);
  }

  private async save(
    serviceId: string,
    id: string | null,
    body: unknown,
    actor: StaffActor,
    request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(QuestionForm, body);
    const kind = questionKinds.find((each) => each === parsed.form.values['kind']) ?? 'yes-no';
    const again = (form: FormState): Promise<string> => this.page(serviceId, id, kind, form, request, 422);
    if (!parsed.ok) return again(parsed.form);
    const read = questionOf(parsed.value, parsed.form);
    if (!read.ok) return again(read.form);
    try {
      await this.saveQuestion.run({ actor, clinicId: actor.clinicId, serviceId, id, question: read.question });
    } catch (thrown) {
      return again(withRefusal(parsed.form, thrown));
    }
    flash(request, { kind: 'success', key: 'services.staff.question-saved' });
    return seeOther(pathTo(request.language, '/services/', serviceId));
  }

  private page(
    serviceId: string,
    id: string | null,
    kind: QuestionKind,
    form: FormState,
    request: WebRequest,
    status = 200,
  ): Promise<string> {
    const { language } = request;
    const service = pathTo(language, '/services/', serviceId);
    const model = {
      ...questionModel(language, kind, form),
      form,
      kind,
      service,
      self: `${service}/questions/${id ?? 'new'}`,
    };
    const title = translate(language, 'services.staff.question-title');
    return this.pages.render('clinic/services-question', model, {
      request,
      title,
      status,
      styles: ['staff.css', 'services.css'],
    });
  }
}
