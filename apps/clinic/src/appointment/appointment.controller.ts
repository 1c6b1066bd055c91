import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CancelAppointment, ConfirmAppointment, RejectAppointment, reasonCodes, requestOf } from '#libs/appointments';
import { type Language, Refusal, translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  LanguageOf,
  Pages,
  parseForm,
  type SeeOther,
  seeOther,
  type WebRequest,
} from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { ConfirmForm, ReasonForm } from './decide.form.js';
import { ReadAppointment } from './read-appointment.js';

type Ending = 'reject' | 'cancel';

/** One appointment: its panel beside the calendar, which is a page of its own too, and what staff decide about it. */
@Controller(':language/appointments/:id')
export class AppointmentController {
  constructor(
    private readonly pages: Pages,
    private readonly reading: ReadAppointment,
    private readonly confirmAppointment: ConfirmAppointment,
    private readonly rejectAppointment: RejectAppointment,
    private readonly cancelAppointment: CancelAppointment,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Query('returnTo') returnTo: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const { language } = request;
    const model = await this.reading.model(staff, id, { language, returnTo, purpose: 'booking' });
    if (isPart(request)) return this.pages.fragment('clinic/partials/appointment', model, { request });
    const title = translate(language, 'clinic.appointment.title');
    return this.pages.render('clinic/appointment', model, { request, title, styles: ['staff.css'] });
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
    await this.confirmAppointment.run({ actor, id, version, request: asked });
    flash(request, { kind: 'success', key: 'clinic.pending.all-confirm', args: { n: 1 } });
    return seeOther(this.reading.returnTo(view, returnTo, language));
  }

  @Get('reject')
  askReject(
    @Param('id', IdPipe) id: string,
    @Query('returnTo') returnTo: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    return this.ask('reject', id, staff, request, { returnTo });
  }

  @Post('reject')
  reject(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.end('reject', id, body, staff, request);
  }

  @Get('cancel')
  askCancel(
    @Param('id', IdPipe) id: string,
    @Query('returnTo') returnTo: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    return this.ask('cancel', id, staff, request, { returnTo });
  }

  @Post('cancel')
  cancel(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    return this.end('cancel', id, body, staff, request);
  }

  /** Rejecting and cancelling differ in their verb and words only. */
  private async end(
    ending: Ending,
    id: string,
    body: unknown,
    actor: StaffActor,
    request: WebRequest,
  ): Promise<string | SeeOther> {
    const parsed = parseForm(ReasonForm, body);
    const wanted = parsed.form.values['returnTo'];
    if (!parsed.ok) return this.ask(ending, id, actor, request, { returnTo: wanted, form: parsed.form });
    const view = await this.reading.find(actor, id);
    const { version, reason, note, idempotencyKey } = parsed.value;
    const asked = { id, version, reason, note };
    const wish = { ...asked, actor, request: requestOf(actor, `POST appointments/${ending}`, idempotencyKey, asked) };
    if (ending === 'reject') await this.rejectAppointment.run(wish);
    else await this.cancelAppointment.run(wish);
    flash(request, {
      kind: 'success',
      key: ending === 'reject' ? 'clinic.pending.all-reject' : 'clinic.cancel.done',
      args: { n: 1 },
    });
    return seeOther(this.reading.returnTo(view, wanted, request.language));
  }

  private async ask(
    ending: Ending,
    id: string,
    staff: StaffActor,
    request: WebRequest,
    { returnTo, form }: { returnTo: unknown; form?: FormState },
  ): Promise<string> {
    const { language } = request;
    const appointment = await this.reading.model(staff, id, { language, returnTo, purpose: 'booking' });
    const model = {
      appointment,
      ending,
      isReject: ending === 'reject',
      form:
        form ??
        formOf({ version: appointment.version, reason: ending === 'reject' ? 'clinic-other' : 'patient-asked' }),
      reasons: reasonCodes
        .filter((code) => code !== 'expired')
        .map((code) => ({ value: code, label: translate(language, `clinic.reasons.${code}`) })),
    };
    const status = form ? 422 : 200;
    if (isPart(request)) return this.pages.fragment('clinic/partials/end-appointment', model, { request, status });
    const title = translate(language, `clinic.${ending}.title`);
    return this.pages.render('clinic/end-appointment', model, { request, title, status, styles: ['staff.css'] });
  }
}

/** Asked for by the panel beside the calendar, which needs no page around it. */
const isPart = (request: WebRequest): boolean => request.headers['hx-request'] === 'true';
