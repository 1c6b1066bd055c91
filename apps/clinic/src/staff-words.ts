import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { catchError, type Observable, throwError } from 'rxjs';
import { hasMessage, type Language, languages, Refusal, translate } from '#libs/platform';

/** The words in which the desk reads a refusal, where the portal's own speak to a patient of "your booking". */
const keyOf = ({ code, details: { why } }: Refusal): string => {
  const keys = why
    ? [`moves.refused.${why}`, `refusals.why.${why}`, `moves.refused.${code}`]
    : [`moves.refused.${code}`];
  return keys.find((key) => hasMessage('lv', key)) ?? `refusals.${code}.detail`;
};

/** Why something was refused, for the desk. */
export const refusedWords = (language: Language, refusal: Refusal): string => translate(language, keyOf(refusal));

/** Whether the words of a refusal can stand on the page that one comes back to, as a message. */
export const refusedKey = (refusal: Refusal): string => keyOf(refusal);

/** The refusal with words for the desk; anything else as it is. */
export function forStaff(thrown: unknown): unknown {
  if (!(thrown instanceof Refusal) || thrown.details.advice) return thrown;
  const key = keyOf(thrown);
  const advice = Object.fromEntries(languages.map((language) => [language, translate(language, key)]));
  return Object.assign(new Refusal(thrown.code, { ...thrown.details, advice }), { cause: thrown });
}

/** Says every refusal of a controller in words for the desk: what was asked is the clinic's own, not the reader's. */
@Injectable()
export class StaffWords implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(catchError((thrown: unknown) => throwError(() => forStaff(thrown))));
  }
}
