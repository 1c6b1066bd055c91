import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { Refusal } from '#libs/platform';
import { pathTo, type WebRequest } from '#libs/web';

/**
 * What somebody without a session may see: the way in, what operators and error pages need, and the screen of a waiting room,
 * which asks for its key.
 */
const open =
  /^\/(?:[a-z]{2}\/sign-in|[a-z]{2}\/invitation\/[\w-]+|health\/\w+|metrics|problems\/[\w-]+|screen\/[\w-]+(?:\/now)?)?\/?$/;

/**
 * Every address of the staff app asks for a session with a second factor, new ones too: it is refused here unless named
 * above. What someone may do with a record is asked again by each verb and query.
 */
@Injectable()
export class StaffOnly implements NestMiddleware {
  async use(request: WebRequest, response: Response, next: NextFunction): Promise<void> {
    const path = request.originalUrl.split('?')[0] ?? '';
    if (open.test(path) || (await request.actor()).kind === 'staff') return next();
    const isPage = request.method === 'GET' && !path.startsWith('/api/') && request.headers['hx-request'] !== 'true';
    if (!isPage) throw new Refusal('not-signed-in');
    const wanted = /^\/[a-z]{2}\/?$/.test(path) ? '' : `?returnTo=${encodeURIComponent(request.originalUrl)}`;
    response
      .status(303)
      .setHeader('Location', pathTo(request.language, `/sign-in${wanted}`))
      .end();
  }
}
