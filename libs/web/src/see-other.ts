import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';

/** The answer to a post that succeeded: look there now. */
export class SeeOther {
  constructor(readonly path: string) {}
}

/**
 * A path of this site, or the fallback when the text could lead elsewhere (`//evil`, `\evil`, `https:evil`;
 * faults.md G12). Browsers read a backslash as a slash and skip tabs and line ends, so all of these are refused.
 */
export function localPath(value: unknown, fallback: string): string {
  if (typeof value !== 'string' || value.length > 2000) return fallback;
  const decodable = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(value);
  return decodable && !value.includes('\\') ? value : fallback;
}

/** 303 to a path of this site; `path` from a form goes through `localPath` first. */
export const seeOther = (path: string): SeeOther => new SeeOther(localPath(path, '/'));

/** Turns a returned SeeOther into the 303. */
@Injectable()
export class SeeOtherInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((answer: unknown) => {
        if (!(answer instanceof SeeOther)) return answer;
        const response = context.switchToHttp().getResponse<Response>();
        response.status(303).setHeader('Location', answer.path);
        response.setHeader('Cache-Control', 'no-store');
        return '';
      }),
    );
  }
}
