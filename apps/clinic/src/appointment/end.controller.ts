import { Body, Controller, Get, Param, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import type { StaffActor } from '#libs/access';
import { CancelAppointment, RejectAppointment, requestOf } from '#libs/appointments';
import { translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  IdPipe,
  Pages,
  parseForm,
  type SeeOther,
  seeOther,
  type WebRequest,
} from '#libs/web';
import { ChangedMeanwhile } from '../live/changed-meanwhile.js';
import { StaffOf } from '../staff-of.decorator.js';
import { StaffWords } from '../staff-words.js';
import { ReasonForm } from './decide.form.js';
import { isPart } from './is-part.js';
import { ReadAppointment } from './read-appointment.js';
import { reasonChoices } from './reason-choices.js';
import { tellChoices } from './told-or-not.js';
import { undoOffer } from './undo-offer.js';

type Ending = 'reject' | 'cancel';

/** Rejecting a request and cancelling an appointment: why is asked first, beside the calendar or on a page. */
@Controller(':language/appointments/:id')
@UseInterceptors(StaffWords)
export class EndController {
  constructor(
    private readonly pages: Pages,
    private readonly reading: ReadAppointment,
    private readonly rejectAppointment: RejectAppointment,
    private readonly cancelAppointment: CancelAppointment,
    private readonly changed: ChangedMeanwhile,
  ) {}

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
    const { version, reason, note, untold, idempotencyKey } = parsed.value;
    const asked = { id, version, reason, note, untold };
    const wish = { ...asked, actor, request: requestOf(actor, `POST appointments/${ending}`, idempotencyKey, asked) };
    try {
      if (ending === 'reject') await this.rejectAppointment.run(wish);
      else await this.cancelAppointment.run(wish);
    } catch (error) {
      const where = { staff: actor, id, step: ending, request };
      const again = (form: FormState): Promise<string> =>
        this.ask(ending, id, actor, request, { returnTo: wanted, form });
      const changed = await this.changed.answer(parsed.form, error, where, again);
      if (changed === null) throw error;
      return changed;
    }
    flash(request, {
      kind: 'success',
      key: ending === 'reject' ? 'clinic.pending.all-reject' : 'clinic.cancel.done',
      args: { n: 1 },
      undo: undoOffer(await this.reading.find(actor, id), request.language),
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
    const view = await this.reading.toDo(
      staff,
      id,
      ending === 'reject' ? 'appointments.decide' : 'appointments.change',
    );
    const appointment = await this.reading.model(staff, view, { language, returnTo, purpose: 'booking' });
    const model = {
      appointment,
      ending,
      isReject: ending === 'reject',
      form:
        form ??
        formOf({ version: appointment.version, reason: ending === 'reject' ? 'clinic-other' : 'patient-asked' }),
      reasons: reasonChoices(language),
      tell: tellChoices(language),
    };
    const status = form ? 422 : 200;
    if (isPart(request)) return this.pages.fragment('clinic/partials/end-appointment', model, { request, status });
    const title = translate(language, `clinic.${ending}.title`);
    return this.pages.render('clinic/end-appointment', model, {
      request,
      title,
      status,
      styles: ['staff.css'],
      scripts: ['shortcuts.js', 'changed-meanwhile.js', 'live.js'],
    });
  }
}
