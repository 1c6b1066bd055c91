import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { isLanguage, Refusal } from '#libs/platform';
import type { Request } from 'express';

/** A route with `:language` answers in the four languages only; `/xx/doctors` does not exist. */
@Injectable()
export class LanguageGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { language } = context.switchToHttp().getRequest<Request>().params;
    if (language !== undefined && !isLanguage(language)) throw new Refusal('not-found');
    return true;
  }
}
