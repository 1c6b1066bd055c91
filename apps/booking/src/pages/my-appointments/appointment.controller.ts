import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import {
  Appointments,
  HistoryOfAppointment,
  OffersOfAppointment,
  ToldBeforeVisit,
  toldInWords,
} from '#libs/appointments';
import { calendarLinks, invitationOf, invitationType } from '#libs/notifications';
import { CLOCK, type Clock, type Language, translate, wordsIn } from '#libs/platform';
import { IdPipe, LanguageOf, Pages, type SeeOther, type WebRequest } from '#libs/web';
import { momentIn } from '../zone-words.js';
import { appointmentModel, historyModel } from './appointment.view.js';
import { askWho, isSignedIn } from './signed-in.js';

/** One appointment: its page, the page after booking, and its calendar file. Letters lead here. */
@Controller(':language/appointments/:id')
export class AppointmentController {
  constructor(
    private readonly pages: Pages,
    private readonly appointments: Appointments,
    private readonly history: HistoryOfAppointment,
    private readonly toldBefore: ToldBeforeVisit,
    private readonly offers: OffersOfAppointment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @Param('id', IdPipe) id: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const { view, choice } = await this.offers.run(actor, id);
    const lines = await this.history.run(actor, id);
    const told = await this.toldBefore.of(actor, view);
    const appointment = appointmentModel(language, view, this.clock.now());
    return this.pages.render(
      'booking/appointment',
      {
        appointment,
        reason: this.appointments.reasonFor(actor, view),
        preparation: wordsIn(language, view.service.preparation),
        told: told && toldInWords(language, told),
        offered: choice && offeredWords(language, choice, view.timeZone),
        links: calendarLinks(view, language),
        history: historyModel(language, lines, view.timeZone),
      },
      { request, title: translate(language, 'booking.visit.heading', { at: appointment.heading }) },
    );
  }

  @Get('done')
  async done(
    @Param('id', IdPipe) id: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const view = await this.appointments.find(actor, id);
    const appointment = appointmentModel(language, view, this.clock.now());
    const title = translate(language, appointment.isPending ? 'booking.done.pending' : 'booking.done.booked');
    return this.pages.render(
      'booking/done',
      {
        appointment,
        title,
        preparation: wordsIn(language, view.service.preparation),
        links: calendarLinks(view, language),
      },
      { request, title },
    );
  }

  /** For the visitor's own calendar. It says no more than a letter does. */
  @Get('appointment.ics')
  async ics(
    @Param('id', IdPipe) id: string,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | SeeOther> {
    const actor = await request.actor();
    if (!isSignedIn(actor)) return askWho(request, language);
    const view = await this.appointments.find(actor, id);
    response.setHeader('Content-Type', invitationType('PUBLISH'));
    response.setHeader('Content-Disposition', 'attachment; filename="appointment.ics"');
    return invitationOf(view, 'PUBLISH', { now: this.clock.now(), language });
  }
}

/** That the clinic cannot keep the time, and until when it holds others. */
const offeredWords = (
  language: Language,
  { offers, until }: { offers: readonly object[]; until: Temporal.Instant },
  zone: string,
): string =>
  offers.length > 0
    ? translate(language, 'changes.offers.notice', { n: offers.length, at: momentIn(language, until, zone) })
    : translate(language, 'changes.offers.notice-none');
