import { Body, Controller, Delete, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ExtendHold, type HoldProof, HoldSlot, ReleaseHold, type Request } from '#libs/appointments';
import { TermsOfCalendar } from '#libs/calendars';
import { IdPipe, SessionCookie, type WebRequest } from '#libs/web';
import { HoldAnswer, HoldTimes } from './answers.js';
import { addressIndex, Once, ProofOf, Repeatable, WithHoldToken } from './api-request.js';
import { euros } from './money.js';
import { HoldOrder } from './orders.js';
import { ProblemsOf } from './problems-of.js';

/** A time kept for one visitor while the form is filled. */
@ApiTags('Holds')
@Controller('api/v1/holds')
export class HoldsController {
  constructor(
    private readonly hold: HoldSlot,
    private readonly extend: ExtendHold,
    private readonly release: ReleaseHold,
    private readonly cookie: SessionCookie,
    private readonly terms: TermsOfCalendar,
  ) {}

  @Post()
  @Repeatable()
  @ApiOperation({ summary: 'Keeps a slot for ten minutes' })
  @ApiCreatedResponse({ type: HoldAnswer })
  @ProblemsOf(
    'invalid',
    'idempotency-key-missing',
    'not-found',
    'slot-taken',
    'in-progress',
    'not-bookable',
    'other-payer',
    'idempotency-key-reused',
    'too-many-holds',
  )
  async keep(@Body() order: HoldOrder, @Once() once: Request, @Req() request: WebRequest): Promise<HoldAnswer> {
    await this.terms.requirePayer(order.calendarId, order.serviceId, order.payer);
    const session = await request.session();
    // A browser's hold belongs to its session; a program keeps the token of the answer instead.
    const sessionId = session?.id ?? (isBrowser(request) ? (await this.cookie.orAnonymous(request)).id : null);
    const held = await this.hold.run({
      actor: await request.actor(),
      sessionId,
      addressIndex: addressIndex(request),
      calendarId: order.calendarId,
      serviceId: order.serviceId,
      start: order.start,
      request: once,
    });
    return {
      id: held.id,
      holdToken: held.token,
      expiresAt: held.expiresAt.toString(),
      extendableUntil: held.extendableUntil.toString(),
      start: held.start.toString(),
      end: held.end.toString(),
      calendarId: held.calendarId,
      serviceId: held.serviceId,
      payer: held.payer,
      price: euros(held.priceCents),
    };
  }

  @Post(':id/extend')
  @HttpCode(200)
  @Repeatable()
  @WithHoldToken()
  @ApiOperation({ summary: 'Lets a hold last ten minutes from now, an hour in all' })
  @ApiOkResponse({ type: HoldTimes })
  @ProblemsOf('idempotency-key-missing', 'not-found', 'hold-expired')
  async prolong(
    @Param('id', IdPipe) holdId: string,
    @ProofOf() proof: HoldProof,
    @Once() _once: Request,
  ): Promise<HoldTimes> {
    const { id, expiresAt, extendableUntil } = await this.extend.run({ holdId, proof });
    return { id, expiresAt: expiresAt.toString(), extendableUntil: extendableUntil.toString() };
  }

  @Delete(':id')
  @HttpCode(204)
  @WithHoldToken()
  @ApiOperation({ summary: 'Gives the time back' })
  @ApiNoContentResponse()
  @ProblemsOf('not-found')
  async giveBack(@Param('id', IdPipe) holdId: string, @ProofOf() proof: HoldProof): Promise<void> {
    await this.release.run({ holdId, proof });
  }
}

/** Browsers say where a request comes from; other programs do not, and need no cookie. */
const isBrowser = (request: WebRequest): boolean => request.headers['sec-fetch-site'] !== undefined;
