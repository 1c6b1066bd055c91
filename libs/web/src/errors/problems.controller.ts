import { Controller, Get, Param, Req } from '@nestjs/common';
import { Refusal, type RefusalCode, refusals } from '#libs/platform';
import { Pages } from '../pages.js';
import type { WebRequest } from '../web-request.js';
import { errorView } from './error-view.js';

/** What the `type` of a problem leads to: its words, for whoever writes a program against the API. */
@Controller('problems')
export class ProblemsController {
  constructor(private readonly pages: Pages) {}

  @Get(':code')
  async explain(@Param('code') code: string, @Req() request: WebRequest): Promise<string> {
    if (!Object.hasOwn(refusals, code)) throw new Refusal('not-found');
    const known = code as RefusalCode;
    const model = { ...errorView(new Refusal(known), request), code, status: refusals[known].status };
    return this.pages.render('web/problem', model, { request, title: model.title });
  }
}
