import { Controller, Get, HttpCode, Param, Post, Query, Req, UnauthorizedException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type GatewayCall, isBelieved, TakeIncomingText, TakeReceipt } from '#libs/notifications';
import { environment, Refusal } from '#libs/platform';
import { RateLimit, type SignedRequest, type WebRequest } from '#libs/web';

/** A gateway hands on a whole morning's receipts at once. */
const rush = { perMinute: 6000 };

/**
 * What the SMS gateway calls: what became of a message, and what people answer. A call is believed for its signature where
 * the gateway signs, and for the key in its address; both where there are both. What is not known is taken in silence, so
 * that the gateway does not repeat it (faults.md C5).
 */
@ApiExcludeController()
@Controller('hooks/sms')
export class SmsController {
  constructor(
    private readonly receipts: TakeReceipt,
    private readonly incoming: TakeIncomingText,
  ) {}

  @Post(['receipt', 'receipt/:id/:key'])
  @HttpCode(200)
  @RateLimit('sms-hook', rush)
  receipt(@Req() request: WebRequest, @Param('id') id?: string, @Param('key') key?: string): Promise<string> {
    return this.takeReceipt(request, request.body, { id, key });
  }

  /** Some gateways can only get. It changes something all the same: nobody but the gateway knows the address. */
  @Get('receipt/:id/:key')
  @RateLimit('sms-hook', rush)
  receiptByGet(
    @Req() request: WebRequest,
    @Query() query: unknown,
    @Param('id') id: string,
    @Param('key') key: string,
  ): Promise<string> {
    this.requireGet();
    return this.takeReceipt(request, query, { id, key });
  }

  @Post(['incoming', 'incoming/:key'])
  @HttpCode(200)
  @RateLimit('sms-hook', rush)
  answer(@Req() request: WebRequest, @Param('key') key?: string): Promise<string> {
    return this.takeAnswer(request, request.body, key);
  }

  @Get('incoming/:key')
  @RateLimit('sms-hook', rush)
  answerByGet(@Req() request: WebRequest, @Query() query: unknown, @Param('key') key: string): Promise<string> {
    this.requireGet();
    return this.takeAnswer(request, query, key);
  }

  private requireGet(): void {
    if (environment().smsGateway?.callsByGet !== true) throw new Refusal('not-found');
  }

  private async takeReceipt(
    request: WebRequest,
    fields: unknown,
    address: { id: string | undefined; key: string | undefined },
  ): Promise<string> {
    this.requireBelieved(request, fields, { what: 'receipt', ...address });
    await this.receipts.run(fields, address.id ?? null);
    return environment().smsGateway?.hookAnswer ?? '';
  }

  private async takeAnswer(request: WebRequest, fields: unknown, key: string | undefined): Promise<string> {
    this.requireBelieved(request, fields, { what: 'incoming', key });
    await this.incoming.run(fields);
    return environment().smsGateway?.hookAnswer ?? '';
  }

  /** @throws UnauthorizedException, Refusal `not-found` where there is no gateway */
  private requireBelieved(
    request: WebRequest & SignedRequest,
    fields: unknown,
    called: Parameters<typeof isBelieved>[2],
  ): void {
    const settings = environment();
    if (!settings.smsGateway || settings.smsGatewayUrl === undefined) throw new Refusal('not-found');
    const call: GatewayCall = {
      url: new URL(request.originalUrl, settings.bookingUrl).toString(),
      headers: request.headers,
      rawBody: request.rawBody ?? Buffer.alloc(0),
      fields: request.method === 'GET' ? {} : fields,
    };
    if (!isBelieved(settings, call, called)) throw new UnauthorizedException();
  }
}
