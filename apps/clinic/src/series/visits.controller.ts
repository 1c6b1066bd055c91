import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import { CancelSeries, requestOf, VisitsOfSeries } from '#libs/appointments';
import { CLOCK, type Clock, translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  pathTo,
  type SeeOther,
  seeOther,
  type WebRequest,
} from '#libs/web';
import { reasonChoices } from '../appointment/reason-choices.js';
import { StaffOf } from '../staff-of.decorator.js';
import { EndForm } from './series.form.js';
import { seriesModel } from './series.view.js';

/** The visits of one series, and the one button that cancels what is left of it. */
@Controller(':language/series/:id')
export class VisitsController {
  constructor(
    private readonly pages: Pages,
    private readonly visits: VisitsOfSeries,
    private readonly cancelSeries: CancelSeries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  show(@Param('id', IdPipe) id: string, @StaffOf() staff: StaffActor, @Req() request: WebRequest): Promise<string> {
    return this.page(id, staff, request, formOf({ reason: 'patient-asked' }));
  }

  @Post('cancel')
  async cancel(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(EndForm, body);
    if (!parsed.ok) return this.page(id, actor, request, parsed.form);
    const { reason, note, idempotencyKey } = parsed.value;
    const asked = requestOf(actor, 'POST series/cancel', idempotencyKey, { id, reason, note });
    const wish = { actor, seriesId: id, reason, note: note ?? null, request: asked };
    const { cancelled } = await this.cancelSeries.run(wish);
    if (cancelled > 0) flash(request, { kind: 'success', key: 'together.series.cancelled', args: { n: cancelled } });
    return seeOther(pathTo(request.language, '/series/', id));
  }

  private async page(id: string, staff: StaffActor, request: WebRequest, form: FormState): Promise<string> {
    const { language } = request;
    const views = await this.visits.run(staff, id);
    const title = translate(language, 'together.series.visits');
    const model = {
      title,
      series: seriesModel(language, views, this.clock.now()),
      mayCancel: views.every(({ practitioner, branch }) =>
        mayDo(staff, 'appointments.change', { practitionerId: practitioner.id, branchId: branch.id }),
      ),
      action: pathTo(language, '/series/', id, '/cancel'),
      form,
      reasons: reasonChoices(language),
    };
    const status = form.mistakes.length > 0 ? 422 : 200;
    return this.pages.render('clinic/series-visits', model, {
      request,
      title,
      status,
      styles: ['staff.css', 'series.css'],
    });
  }
}
