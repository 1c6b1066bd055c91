import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { PageOfReference } from '#libs/notifications';
import { pathTo, RateLimit } from '#libs/web';

/** The address in a short message: our own, and short enough for one. It leads to a page that asks who is there. */
@ApiExcludeController()
@Controller('a')
export class ShortAddressController {
  constructor(private readonly pages: PageOfReference) {}

  @Get(':reference')
  @RateLimit('short-address', { perMinute: 60 })
  async open(@Param('reference') reference: string, @Res() response: Response): Promise<void> {
    const { id, language } = await this.pages.find(reference);
    response.redirect(302, pathTo(language, '/appointments/', id));
  }
}
