import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Appointments } from '#libs/appointments';
import { FreeTimes, TermsOfCalendar } from '#libs/calendars';
import { CLOCK, type Clock, Refusal } from '#libs/platform';
import { IdPipe, type WebRequest } from '#libs/web';
import { SlotsAnswer } from './answers.js';
import { sendSlots } from './plain-slots.js';
import { ProblemsOf } from './problems-of.js';
import { SlotsQuestion } from './questions.js';
import { slotsWindow } from './rules/slots-window.js';

/** The free times of a calendar. The answer's text comes from the database as it is sent (performance.md P1, P2). */
@ApiTags('Search')
@Controller('api/v1/calendars')
export class SlotsController {
  constructor(
    private readonly freeTimes: FreeTimes,
    private readonly appointments: Appointments,
    private readonly terms: TermsOfCalendar,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':id/slots')
  @ApiOperation({ summary: 'Free times of one service in one calendar, 62 days at most' })
  @ApiOkResponse({ type: SlotsAnswer })
  @ProblemsOf('invalid', 'not-signed-in', 'not-found', 'other-payer')
  async slots(
    @Param('id', IdPipe) calendarId: string,
    @Query() question: SlotsQuestion,
    @Req() request: WebRequest,
    @Res() response: Response,
  ): Promise<void> {
    const window = slotsWindow(question.from, question.to, this.clock.now());
    if (!window.ok) throw new Refusal('invalid', { errors: [{ path: window.path, code: window.code }] });
    const { service: serviceId, moving, payer } = question;
    await this.terms.requirePayer(calendarId, serviceId, payer);
    // Whose time counts as free would tell when somebody else's visit is.
    if (moving !== undefined) await this.appointments.find(await request.actor(), moving);
    const wanted = { calendarId, serviceId, from: window.from, to: window.to, ...(moving && { moving }) };
    sendSlots(response, await this.freeTimes.json(wanted));
  }
}
