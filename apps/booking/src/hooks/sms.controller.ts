import { Controller, Get, HttpCode, Param, Post, Query, Req, UnauthorizedException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  type GatewayCall,
  isAnswerKey,
  isReceiptKey,
  isSigned,
  memberAt,
  TakeIncomingText,
  TakeReceipt,
} from '#libs/notifications';
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
    { id, key }: { id: string | undefined; key: string | undefined },
  ): Promise<string> {
    const isKeyed = id !== undefined && key !== undefined && isReceiptKey(id, key);
    this.requireBelieved(request, fields, { isKeyed, hasKey: id !== undefined, secret: 'receiptSecret' });
    await this.receipts.run(fields, id ?? null);
    return environment().smsGateway?.hookAnswer ?? '';
  }

  private async takeAnswer(request: WebRequest, fields: unknown, key: string | undefined): Promise<string> {
    const isKeyed = key !== undefined && isAnswerKey(environment(), key);
    this.requireBelieved(request, fields, { isKeyed, hasKey: key !== undefined, secret: 'incomingSecret' });
    const names = environment().smsGateway?.incoming;
    if (names) {
      const [providerId, from, to, text] = [names.id, names.from, names.to ?? '', names.text].map((name) =>
        memberAt(fields, name),
      );
      if (providerId !== undefined && from !== undefined && text !== undefined) {
        await this.incoming.run({ providerId, from, to: to ?? null, text });
      }
    }
    return environment().smsGateway?.hookAnswer ?? '';
  }

  /** @throws UnauthorizedException, Refusal `not-found` where there is no gateway */
  private requireBelieved(
    request: WebRequest & SignedRequest,
    fields: unknown,
    { isKeyed, hasKey, secret }: { isKeyed: boolean; hasKey: boolean; secret: 'receiptSecret' | 'incomingSecret' },
  ): void {
    const { bookingUrl, smsGateway, smsGatewayUrl } = environment();
    if (!smsGateway || smsGatewayUrl === undefined) throw new Refusal('not-found');
    const password = decodeURIComponent(new URL(smsGatewayUrl).password);
    const call: GatewayCall = {
      url: new URL(request.originalUrl, bookingUrl).toString(),
      headers: request.headers,
      rawBody: request.rawBody ?? Buffer.alloc(0),
      fields: request.method === 'GET' ? {} : fields,
    };
    const isSignedHere = smsGateway.signing !== undefined;
    const isBelieved = hasKey ? isKeyed : isSignedHere;
    const signature = smsGateway[secret] ?? smsGateway.receiptSecret ?? password;
    if (!isBelieved || (isSignedHere && !isSigned(smsGateway, signature, call))) throw new UnauthorizedException();
  }
}
