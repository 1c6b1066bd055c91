import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiSecurity,
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import type { Actor } from '#libs/access';
import {
  Appointments,
  AppointmentsOfAccount,
  BookAppointment,
  CancelAppointment,
  type HoldProof,
  MoveAppointment,
  ReleaseHold,
  type Request,
} from '#libs/appointments';
import { invitationOf, invitationType } from '#libs/notifications';
import { CLOCK, type Clock, type Language, Refusal } from '#libs/platform';
import { ActorOf, IdPipe, LanguageOf } from '#libs/web';
import { AppointmentAnswer, AppointmentList } from './answers.js';
import { Once, ProofOf, Repeatable, WithHoldToken } from './api-request.js';
import { appointmentAnswer } from './appointment-answer.js';
import { AppointmentOrders } from './appointment-order.js';
import { AppointmentOrder, CancelOrder, MoveOrder } from './orders.js';
import { ProblemsOf } from './problems-of.js';
import { AppointmentsQuestion } from './questions.js';

/** The appointments of whoever is signed in, and of their people. */
@ApiTags('Appointments')
@ApiSecurity('guest')
@ApiCookieAuth('session')
@Controller('api/v1/appointments')
export class AppointmentsController {
  constructor(
    private readonly appointments: Appointments,
    private readonly list: AppointmentsOfAccount,
    private readonly book: BookAppointment,
    private readonly cancel: CancelAppointment,
    private readonly move: MoveAppointment,
    private readonly release: ReleaseHold,
    private readonly orders: AppointmentOrders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Repeatable()
  @WithHoldToken()
  @ApiOperation({ summary: 'Books what is held' })
  @ApiCreatedResponse({ type: AppointmentAnswer })
  @ProblemsOf(
    'invalid',
    'idempotency-key-missing',
    'not-signed-in',
    'not-found',
    'slot-taken',
    'patient-busy',
    'referral-used',
    'in-progress',
    'hold-expired',
    'not-bookable',
    'terms-outdated',
    'booking-stopped',
    'conditions-not-met',
    'limit-reached',
    'referral-expired',
    'referral-needed',
    'idempotency-key-reused',
  )
  async create(
    @Body() order: AppointmentOrder,
    @ActorOf() actor: Actor,
    @ProofOf() proof: HoldProof,
    @Once() once: Request,
    @LanguageOf() language: Language,
  ): Promise<AppointmentAnswer> {
    const booking = await this.orders.booking(order, actor, proof, once);
    try {
      const { id } = await this.book.run(booking);
      return appointmentAnswer(await this.appointments.find(actor, id), language);
    } catch (thrown) {
      // After an answer that stops there is nothing to wait for: the time is somebody else's.
      if (thrown instanceof Refusal && thrown.code === 'booking-stopped')
        await this.release.run({ holdId: order.holdId, proof });
      throw thrown;
    }
  }

  @Get()
  @ApiOperation({ summary: 'Those of the signed-in person, soonest first' })
  @ApiOkResponse({ type: AppointmentList })
  @ProblemsOf('invalid', 'not-signed-in')
  async all(
    @Query() question: AppointmentsQuestion,
    @ActorOf() actor: Actor,
    @LanguageOf() language: Language,
  ): Promise<AppointmentList> {
    const { items, next } = await this.list.run(actor, question);
    return { items: items.map((view) => appointmentAnswer(view, language)), next };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of them' })
  @ApiOkResponse({ type: AppointmentAnswer })
  @ProblemsOf('not-signed-in', 'not-found')
  async one(
    @Param('id', IdPipe) id: string,
    @ActorOf() actor: Actor,
    @LanguageOf() language: Language,
  ): Promise<AppointmentAnswer> {
    return appointmentAnswer(await this.appointments.find(actor, id), language);
  }

  @Get(':id/ics')
  @Header('Content-Type', invitationType('PUBLISH'))
  @ApiOperation({ summary: 'The visit as a calendar file' })
  @ApiProduces('text/calendar')
  @ProblemsOf('not-signed-in', 'not-found')
  async ics(
    @Param('id', IdPipe) id: string,
    @ActorOf() actor: Actor,
    @LanguageOf() language: Language,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const view = await this.appointments.find(actor, id);
    const file = invitationOf(view, 'PUBLISH', { now: this.clock.now(), language });
    response.setHeader('Content-Disposition', 'attachment; filename="pieraksts.ics"');
    return file;
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Repeatable()
  @ApiOperation({ summary: 'Cancels it; its time is free for others at once' })
  @ApiOkResponse({ type: AppointmentAnswer })
  @ProblemsOf(
    'invalid',
    'idempotency-key-missing',
    'not-signed-in',
    'not-found',
    'state-changed',
    'in-progress',
    'not-cancellable',
    'idempotency-key-reused',
  )
  async end(
    @Param('id', IdPipe) id: string,
    @Body() order: CancelOrder,
    @ActorOf() actor: Actor,
    @Once() once: Request,
    @LanguageOf() language: Language,
  ): Promise<AppointmentAnswer> {
    const { late } = await this.cancel.run({
      actor,
      id,
      version: order.version,
      ...(order.reason && { reason: order.reason }),
      request: once,
    });
    return { ...appointmentAnswer(await this.appointments.find(actor, id), language), late };
  }

  @Post(':id/move')
  @HttpCode(200)
  @Repeatable()
  @WithHoldToken()
  @ApiOperation({ summary: 'Moves it; the old time is free only with the new one taken' })
  @ApiOkResponse({ type: AppointmentAnswer })
  @ProblemsOf(
    'invalid',
    'idempotency-key-missing',
    'not-signed-in',
    'not-found',
    'slot-taken',
    'patient-busy',
    'state-changed',
    'wrong-state',
    'in-progress',
    'hold-expired',
    'not-bookable',
    'conditions-not-met',
    'limit-reached',
    'referral-needed',
    'other-payer',
    'not-cancellable',
    'idempotency-key-reused',
  )
  async elsewhere(
    @Param('id', IdPipe) id: string,
    @Body() order: MoveOrder,
    @ActorOf() actor: Actor,
    @ProofOf() proof: HoldProof,
    @Once() once: Request,
    @LanguageOf() language: Language,
  ): Promise<AppointmentAnswer> {
    const to = this.orders.target(order, proof);
    await this.move.run({ actor, id, version: order.version, to, request: once });
    return appointmentAnswer(await this.appointments.find(actor, id), language);
  }
}
