import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { Refusal } from '#libs/platform';
import { isPictureFileName, PictureFile } from './queries/picture-file.js';

/** Pictures by the hash of what is in them: kept by browsers for ever, and gone when they are taken away. */
@Controller('pictures')
export class PictureController {
  constructor(private readonly pictures: PictureFile) {}

  @Get(':hash/:file')
  async show(
    @Param('hash') hash: string,
    @Param('file') file: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const body =
      /^[0-9a-f]{32}$/.test(hash) && isPictureFileName(file) ? await this.pictures.run(hash, file) : undefined;
    if (!body) throw new Refusal('not-found');
    response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    // Ours by construction; should a decoder ever be fooled, nothing in it may act all the same (faults.md E13).
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('X-Content-Type-Options', 'nosniff');
    return new StreamableFile(body, {
      type: file.endsWith('.webp') ? 'image/webp' : 'image/jpeg',
      length: body.length,
    });
  }
}
