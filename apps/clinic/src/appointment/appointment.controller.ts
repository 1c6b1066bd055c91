import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { ConfirmAppointment, requestOf } from '#libs/appointments';
import { type Language, Refusal, translate } from '#libs/platform';
import { flash, IdPipe, LanguageOf, Pages, parseForm, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { ChangedMeanwhile } from '../live/changed-meanwhile.js';
import { StaffOf } from '../staff-of.decorator.js';
import { ConfirmForm } from './decide.form.js';
import { isPart } from './is-part.js';
import { ReadAppointment } from './read-appointment.js';

/** One appointment: its panel beside the calendar, which is a page of its own too, and what staff decide about it. */
@Controller(':language/appointments/:id')
export class AppointmentController {
  constructor(
    private readonly pages: Pages,
    private readonly reading: ReadAppointment,
    private readonly confirmAppointment: ConfirmAppointment,
    private readonly changed: ChangedMeanwhile,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Query('returnTo') returnTo: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const { language } = request;
    const view = await this.reading.find(staff, id);
    const model = await this.reading.model(staff, view, { language, returnTo, purpose: 'booking' });
    if (isPart(request))
      return this.pages.fragment('clinic/partials/appointment', { ...model, isPart: true }, { request });
    const title = translate(language, 'clinic.appointment.title');
    return this.pages.render('clinic/appointment', model, {
      request,
      title,
      styles: ['staff.css', 'desk.css'],
      scripts: ['shortcuts.js', 'changed-meanwhile.js', 'live.js'],
    });
  }

  @Post('confirm')
  async confirm(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const parsed = parseForm(ConfirmForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const view = await this.reading.find(actor, id);
    const { version, idempotencyKey, returnTo } = parsed.value;
    const asked = requestOf(actor, 'POST appointments/confirm', idempotencyKey, { id, version });
    try {
      await this.confirmAppointment.run({ actor, id, version, request: asked });
    } catch (error) {
      return this.changed.leave(error, id, request);
    }
    flash(request, { kind: 'success', key: 'clinic.pending.all-confirm', args: { n: 1 } });
    return seeOther(this.reading.returnTo(view, returnTo, language));
  }
}
