import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import { AccessLog } from '#libs/access';

/** Whoever tries to reach a patient's record and is refused leaves a trace, whatever address they tried (faults.md F16). */
@Injectable()
export class KeepAttempts implements NestInterceptor {
  constructor(private readonly accessLog: AccessLog) {}

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next
      .handle()
      .pipe(
        catchError((thrown: unknown) =>
          from(this.accessLog.refused(thrown)).pipe(switchMap(() => throwError(() => thrown))),
        ),
      );
  }
}
