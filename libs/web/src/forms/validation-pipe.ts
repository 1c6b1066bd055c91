import { ValidationPipe } from '@nestjs/common';
import { Refusal } from '#libs/platform';
import { mistakesOf } from './error-codes.js';

/**
 * Checks JSON bodies and queries that are declared with a class: unknown members are refused, the value is an instance
 * of the class. @throws Refusal `invalid` with the path of each bad member
 */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) =>
      new Refusal('invalid', { errors: mistakesOf(errors).map(({ path, error }) => ({ path, code: error.code })) }),
  });
