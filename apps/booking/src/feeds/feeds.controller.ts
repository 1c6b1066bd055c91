import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Controller, Get, Param, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { ReadFeed } from '#libs/calendar-sync';
import { Refusal } from '#libs/platform';
import { addressPart, RateLimits, type WebRequest } from '#libs/web';

/** Tries with addresses that are none, from one network address and minute. */
const mostGuesses = 60;

/** A shorter answer gains nothing by it. */
const leastToCompress = 500;
const compressed = promisify(gzip);

/** The same calendar has the same tag; a weak one, because compressed or not it is the same calendar. */
const tagOf = (calendar: string): string => `W/"${createHash('sha256').update(calendar).digest('base64url')}"`;

/** `If-None-Match` compares weakly (RFC 9110 § 13.1.2). */
const isAmong = (tag: string, header: string | undefined): boolean =>
  header?.split(',').some((each) => each.trim().replace(/^(?!W\/)/, 'W/') === tag || each.trim() === '*') ?? false;

/**
 * Calendars for programs. Nobody is signed in here: the secret in the address is all there is. What is not there, was
 * replaced, stopped or never was, is answered alike.
 */
@ApiExcludeController()
@Controller('feeds')
export class FeedsController {
  constructor(
    private readonly feed: ReadFeed,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Only the tag says that a calendar is unchanged. Visits also leave it without any step, when time passes or a right is
   * taken away, and no date of a last change would tell of that.
   */
  @Get(':secret.ics')
  async read(
    @Param('secret') secret: string,
    @Req() request: WebRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string | StreamableFile | undefined> {
    const calendar = await this.feed.run(secret);
    if (calendar === undefined) {
      await this.limits.count({
        key: `feed-guess|${addressPart(request.ip ?? '')}`,
        seconds: 60,
        limit: mostGuesses,
      });
      throw new Refusal('not-found');
    }
    const tag = tagOf(calendar);
    response.setHeader('ETag', tag);
    response.setHeader('Cache-Control', 'private, no-cache');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('X-Robots-Tag', 'noindex');
    response.setHeader('Vary', 'Accept-Encoding');
    if (isAmong(tag, request.headers['if-none-match'])) {
      response.status(304);
      return undefined;
    }
    response.setHeader('Content-Type', 'text/calendar; charset=utf-8');
    response.setHeader('Content-Disposition', 'inline; filename="pieraksts.ics"');
    if (calendar.length < leastToCompress || request.acceptsEncodings('gzip') !== 'gzip') return calendar;
    response.setHeader('Content-Encoding', 'gzip');
    return new StreamableFile(await compressed(calendar));
  }
}
