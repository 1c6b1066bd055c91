import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { type AppointmentView, type DeskStep, deskSteps, requestOf, StepAppointment } from '#libs/appointments';
import { Refusal, translate } from '#libs/platform';
import { flash, IdPipe, Pages, parseForm, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { ConfirmForm } from '../appointment/decide.form.js';
import { isPart } from '../appointment/is-part.js';
import { ReadAppointment } from '../appointment/read-appointment.js';
import { undoAtAnyTime } from '../appointment/undo-offer.js';
import { StaffOf } from '../staff-of.decorator.js';
import { refusedStep, saidBeside } from './refused-step.js';

/** What is noted on the day of a visit: arrived, in the room, done, missed. In the panel it answers with the panel. */
@Controller(':language/appointments/:id')
export class StepController {
  constructor(
    private readonly pages: Pages,
    private readonly reading: ReadAppointment,
    private readonly stepAppointment: StepAppointment,
  ) {}

  @Post([...deskSteps])
  async step(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const step = deskSteps.find((each) => request.path.endsWith(`/${each}`));
    const parsed = parseForm(ConfirmForm, body);
    if (!step || !parsed.ok) throw new Refusal('invalid');
    const { version, idempotencyKey, returnTo } = parsed.value;
    const asked = requestOf(actor, `POST appointments/${step}`, idempotencyKey, { id, version });
    try {
      await this.stepAppointment.run({ actor, id, version, step, request: asked });
    } catch (thrown) {
      return this.refused(thrown, step, { id, actor, request, returnTo });
    }
    const { language } = request;
    const view = await this.reading.find(actor, id);
    if (!isPart(request)) {
      flash(request, { kind: 'success', key: `desk.step.done.${step}`, undo: undoAtAnyTime(view, language) });
      return seeOther(this.reading.returnTo(view, returnTo, language));
    }
    const said = { kind: 'success', text: translate(language, `desk.step.done.${step}`) };
    return this.panel(actor, view, request, { returnTo, said, status: 200 });
  }

  /** What somebody else did meanwhile is said beside the visit as it is now. */
  private async refused(
    thrown: unknown,
    step: DeskStep,
    {
      id,
      actor,
      request,
      returnTo,
    }: { id: string; actor: StaffActor; request: WebRequest; returnTo?: string | undefined },
  ): Promise<string> {
    if (!(thrown instanceof Refusal) || !saidBeside.has(thrown.code)) throw thrown;
    const view = await this.reading.find(actor, id);
    const text = refusedStep(thrown, step, view, request.language);
    if (text === null) throw thrown;
    return this.panel(actor, view, request, { returnTo, said: { kind: 'error', text }, status: thrown.status });
  }

  private async panel(
    staff: StaffActor,
    view: AppointmentView,
    request: WebRequest,
    told: { returnTo: unknown; said: { kind: string; text: string }; status: number },
  ): Promise<string> {
    const { language } = request;
    const { returnTo, said, status } = told;
    const model = { ...(await this.reading.model(staff, view, { language, returnTo, purpose: 'reception' })), said };
    if (isPart(request))
      return this.pages.fragment('clinic/partials/appointment', { ...model, isPart: true }, { request, status });
    return this.pages.render('clinic/appointment', model, {
      request,
      status,
      title: translate(language, 'clinic.appointment.title'),
      styles: ['staff.css', 'desk.css'],
      scripts: ['shortcuts.js'],
    });
  }
}
