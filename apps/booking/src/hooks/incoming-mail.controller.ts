import {
  Controller,
  Headers,
  HttpCode,
  HttpException,
  Inject,
  PayloadTooLargeException,
  Post,
  Req,
  UnauthorizedException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { isSignedLetter, largestLetter, TakeIncomingMail } from '#libs/notifications';
import { CLOCK, type Clock } from '#libs/platform';

/** Where a mail service hands on what arrives at the address of the letters, if the worker does not read a mailbox. */
@ApiExcludeController()
@Controller('hooks/mail')
export class IncomingMailController {
  constructor(
    private readonly take: TakeIncomingMail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The letter as it came over the wire. What was signed and taken is answered 202, a repetition too. */
  @Post()
  @HttpCode(202)
  async taken(
    @Req() request: Request,
    @Headers('x-pieraksts-timestamp') timestamp: unknown,
    @Headers('x-pieraksts-signature') signature: unknown,
  ): Promise<{ status: 'taken' }> {
    if (timestamp === undefined || signature === undefined) throw new UnauthorizedException();
    if (!request.is('message/rfc822')) throw new UnsupportedMediaTypeException();
    const body = await bodyOf(request, largestLetter);
    if (!isSignedLetter({ timestamp, signature, body }, this.clock.now())) throw new UnauthorizedException();
    await this.take.run(body);
    return { status: 'taken' };
  }
}

/** The body, read to its end or to the limit. @throws HttpException 413 */
async function bodyOf(request: Request, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (): HttpException => new PayloadTooLargeException();
