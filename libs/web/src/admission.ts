import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Refusal } from '#libs/platform';

/**
 * Answers 503 at once when this many requests are already being answered in this process, instead of letting all of
 * them wait longer than anyone does (faults.md L). Streams that stay open do not count.
 */
export function admission(most: number): RequestHandler {
  let inside = 0;
  return (request: Request, response: Response, next: NextFunction) => {
    if (request.headers.accept === 'text/event-stream' || request.path.startsWith('/health/')) return next();
    if (inside >= most) return next(new Refusal('busy', { retryAfterSeconds: 2 }));
    inside++;
    response.once('close', () => inside--);
    return next();
  };
}
