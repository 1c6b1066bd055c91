import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Language } from '#libs/platform';
import { translate } from '#libs/platform';
import { LanguageOf, Pages, type WebRequest } from '#libs/web';
import { ApiDescription } from './api-description.js';
import { apiView } from './api.view.js';

/** The description of the API for programs and for people. */
@ApiExcludeController()
@Controller()
export class ApiDescriptionController {
  constructor(
    private readonly description: ApiDescription,
    private readonly pages: Pages,
  ) {}

  @Get('api/v1/openapi.json')
  @Header('Content-Type', 'application/json; charset=utf-8')
  document(): object {
    return this.description.document();
  }

  @Get('api')
  page(@Req() request: WebRequest, @LanguageOf() language: Language): Promise<string> {
    const title = translate(language, 'api.title');
    return this.pages.render('booking/api', apiView(this.description.document()), { request, title });
  }
}
