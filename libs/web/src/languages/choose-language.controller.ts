import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { WebRequest } from '../web-request.js';

/** The address without a language: sends the visitor to their own; the search stays. */
@Controller()
export class ChooseLanguageController {
  @Get()
  choose(@Req() request: WebRequest, @Res() response: Response): void {
    const search = /\?.*$/.exec(request.originalUrl)?.[0] ?? '';
    response
      .status(302)
      .setHeader('Cache-Control', 'no-store')
      .setHeader('Vary', 'Cookie, Accept-Language')
      .setHeader('Location', `/${request.preferredLanguage}/${search}`)
      .end();
  }
}
