import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { CLOCK, type Clock, Refusal } from '#libs/platform';
import { BoardOfScreen } from '#libs/screens';
import { addressPart, Pages, RateLimit, RateLimits, type WebRequest } from '#libs/web';
import { type BoardModel, boardModel } from './board.view.js';

/** Tries with keys that are none, from one address and minute. */
const mostGuesses = 60;

/** The screen in a waiting room. Nobody is signed in there: the key in the address is all there is, and names are nowhere. */
@Controller('screen/:key')
// Twenty screens behind one address of a clinic ask each second.
@RateLimit('waiting-screen', { perMinute: 1300 })
export class WaitingScreenController {
  constructor(
    private readonly pages: Pages,
    private readonly board: BoardOfScreen,
    private readonly limits: RateLimits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Param('key') key: string, @Req() request: WebRequest): Promise<string> {
    return this.pages.fragment('clinic/waiting-screen', await this.model(key, request), { request });
  }

  /** What is on the screen now, for its script; the moment stands in a header, as equal answers must be equal. */
  @Get('now')
  async now(@Param('key') key: string, @Req() request: WebRequest): Promise<string> {
    const model = await this.model(key, request);
    request.res?.setHeader('X-Screen-Now', model.now);
    return this.pages.fragment('clinic/partials/waiting-board', model, { request });
  }

  private async model(key: string, request: WebRequest): Promise<BoardModel> {
    const board = await this.board.run(key);
    if (!board) {
      const who = addressPart(request.ip ?? '');
      await this.limits.count({ key: `waiting-screen-guess|${who}`, seconds: 60, limit: mostGuesses });
      throw new Refusal('not-found');
    }
    return boardModel(board, this.clock.now());
  }
}
