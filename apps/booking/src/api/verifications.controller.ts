import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskVerification, Verify } from '#libs/access';
import { carriedOutBefore, type Request } from '#libs/appointments';
import { normaliseEmail } from '#libs/people';
import { Refusal } from '#libs/platform';
import { IdPipe, RateLimit } from '#libs/web';
import { GuestAnswer, VerificationAnswer } from './answers.js';
import { Once, Repeatable } from './api-request.js';
import { CodeOrder, VerificationOrder } from './orders.js';
import { ProblemsOf } from './problems-of.js';

/** A guest proves an e-mail address. */
@ApiTags('Guests')
@Controller('api/v1/verifications')
export class VerificationsController {
  constructor(
    private readonly ask: AskVerification,
    private readonly verify: Verify,
  ) {}

  @Post()
  @HttpCode(202)
  @RateLimit('api-verification', { perMinute: 300 })
  @Repeatable()
  @ApiOperation({ summary: 'Sends a code to an e-mail address; the answer does not tell whether it is known' })
  @ApiAcceptedResponse({ type: VerificationAnswer })
  @ProblemsOf('invalid', 'idempotency-key-missing', 'idempotency-key-reused', 'in-progress', 'too-many')
  async begin(@Body() order: VerificationOrder, @Once() once: Request): Promise<VerificationAnswer> {
    const email = normaliseEmail(order.email);
    if (email === null) throw new Refusal('invalid', { errors: [{ path: 'email', code: 'email' }] });
    return this.ask.run({
      email,
      language: order.language,
      before: (tx, id, now) => carriedOutBefore(tx, once, id, now),
    });
  }

  @Post(':id')
  @HttpCode(200)
  @RateLimit('api-verification-code', { perMinute: 600 })
  @Repeatable()
  @ApiOperation({ summary: 'Takes the code and gives a guest’s token' })
  @ApiOkResponse({ type: GuestAnswer })
  @ProblemsOf('invalid', 'idempotency-key-missing', 'idempotency-key-reused', 'link-expired', 'wrong-code', 'too-many')
  async finish(@Param('id', IdPipe) id: string, @Body() order: CodeOrder, @Once() once: Request): Promise<GuestAnswer> {
    const { token, expiresAt } = await this.verify.run({
      id,
      code: order.code,
      before: async (tx, now) => (await carriedOutBefore(tx, once, id, now)) !== null,
    });
    return { guestToken: token, expiresAt: expiresAt.toString() };
  }
}
