import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { mayDo, type StaffActor } from '#libs/access';
import { Appointments, CancelAppointment, HistoryOfAppointment, PatientsOfClinic, requestOf } from '#libs/appointments';
import { formatDateTime, inFours, Refusal, translate, wordsIn } from '#libs/platform';
import { ReopenEntry } from '#libs/waiting-list';
import { flash, IdPipe, Pages, parseForm, pathTo, type SeeOther, seeOther, type WebRequest } from '#libs/web';
import { StaffOf } from '../staff-of.decorator.js';
import { UndoBookingForm } from './book.form.js';

/** What was booked for a caller, as it is read to them, and what comes next. */
@Controller(':language/book/done/:id')
export class DoneController {
  constructor(
    private readonly pages: Pages,
    private readonly appointments: Appointments,
    private readonly history: HistoryOfAppointment,
    private readonly patients: PatientsOfClinic,
    private readonly cancel: CancelAppointment,
    private readonly reopenEntry: ReopenEntry,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @Query('print') print: unknown,
    @StaffOf() staff: StaffActor,
    @Req() request: WebRequest,
  ): Promise<string> {
    const { language } = request;
    const view = await this.appointments.find(staff, id);
    const [card, history] = await Promise.all([
      this.patients.card(staff, view.patient.id, { purpose: 'booking', appointmentId: id }),
      this.history.run(staff, id),
    ]);
    const record = { practitionerId: view.practitioner.id, branchId: view.branch.id };
    const untold = history.find(({ kind }) => kind === 'booked')?.untoldWhy;
    const isArrived = view.status === 'arrived';
    const model = {
      id,
      version: view.version,
      title: translate(language, isArrived ? 'caller.done.walk-in' : 'caller.done.title'),
      isArrived,
      patient: { id: card.id, name: `${card.givenName} ${card.familyName}` },
      when: formatDateTime(language, view.start, view.timeZone, 'full'),
      zone: view.timeZone,
      practitioner: view.practitioner.name,
      service: wordsIn(language, view.service.name),
      payer: view.payer,
      branch: view.branch,
      reference: inFours(view.reference),
      told: translate(language, `caller.done.told.${untold ?? (view.contactEmail ? 'letter' : 'none')}`, {
        email: view.contactEmail ?? '',
      }),
      isPrintFirst: print === 'on' || isArrived,
      mayUndo: view.status === 'booked' && mayDo(staff, 'appointments.change', record),
      form: { values: {}, errors: {}, mistakes: [] },
    };
    return this.pages.render('clinic/book-done', model, {
      request,
      title: model.title,
      styles: ['staff.css', 'book.css'],
      scripts: ['shortcuts.js'],
    });
  }

  /** Whoever was told of the booking is told of its end; whoever was told by staff is told by them. */
  @Post('undo')
  async undo(
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @StaffOf() actor: StaffActor,
    @Req() request: WebRequest,
  ): Promise<SeeOther> {
    const parsed = parseForm(UndoBookingForm, body);
    if (!parsed.ok) throw new Refusal('invalid');
    const { version, idempotencyKey } = parsed.value;
    const history = await this.history.run(actor, id);
    const untold = history.find(({ kind }) => kind === 'booked')?.untoldWhy ?? null;
    const asked = requestOf(actor, 'POST book/undo', idempotencyKey, { id, version });
    await this.cancel.run({ actor, id, version, reason: 'clinic-other', untold, request: asked });
    // Who was booked from a registered request waits again.
    await this.reopenEntry.run({ actor, appointmentId: id });
    flash(request, { kind: 'success', key: 'caller.done.undone' });
    return seeOther(pathTo(request.language, '/book'));
  }
}
