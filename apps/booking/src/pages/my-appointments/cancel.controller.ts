import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { Appointments, CancelAppointment, requestOf } from '#libs/appointments';
import { CLOCK, type Clock, type Language, Refusal, translate } from '#libs/platform';
import {
  flash,
  formOf,
  type FormState,
  IdempotencyKey,
  IdPipe,
  LanguageOf,
  Pages,
  parseForm,
  pathTo,
  seeOther,
  SeenVersion,
  type SeeOther,
  type WebRequest,
} from '#libs/web';
import { appointmentModel } from './appointment.view.js';
import { askWho, isSignedIn } from './signed-in.js';

/** Why a patient may say that they cancel. */
const patientReasons = ['patient-asked', 'patient-ill', 'duplicate', 'other'] as const;

class CancelForm {
  @IsIn(patientReasons) reason: (typeof patientReasons)[number];
  @SeenVersion() version: number;
  @IdempotencyKey() idempotencyKey: string;
}

/** Cancelling: the deadline as a moment, the reason, one button. */
@Controller(':language/appointments/:id/cancel')
export class CancelController {
  constructor(
    private readonly pages: Pages,
    private readonly appointments: Appointments,
    private readonly cancelAppointment: CancelAppointment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async ask(
    @Param('id', IdPipe) id: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    return this.page(request, language, id, formOf({ reason: 'patient-asked' }), 200);
  }

  @Post()
  async cancel(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const parsed = parseForm(CancelForm, body);
    if (!parsed.ok) return this.page(request, language, id, parsed.form, 422);
    const { reason, version, idempotencyKey } = parsed.value;
    try {
      const asked = { id, version, reason };
      await this.cancelAppointment.run({
        actor,
        ...asked,
        request: requestOf(actor, 'POST /appointments/:id/cancel', idempotencyKey, asked),
      });
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !['state-changed', 'not-cancellable', 'in-progress'].includes(thrown.code))
        throw thrown;
      return this.page(
        request,
        language,
        id,
        parsed.form,
        thrown.status,
        translate(language, `refusals.${thrown.code}.detail`),
      );
    }
    flash(request, { kind: 'success', key: 'booking.cancel.done' });
    return seeOther(pathTo(language, '/appointments/', id));
  }

  private async page(
    request: WebRequest,
    language: Language,
    id: string,
    form: FormState,
    status: number,
    problem?: string,
  ): Promise<string | SeeOther> {
    const view = await this.appointments.find(await request.actor(), id);
    const appointment = appointmentModel(language, view, this.clock.now());
    if (!appointment.canCancel && problem === undefined) return seeOther(appointment.path);
    const reasons = patientReasons.map((value) => ({
      value,
      label: translate(language, `booking.cancel.reasons.${value}`),
    }));
    return this.pages.render(
      'booking/cancel',
      { appointment, form, reasons, problem },
      { request, title: translate(language, 'booking.cancel.title'), status },
    );
  }
}
