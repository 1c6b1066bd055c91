import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { WebRequest } from './web-request.js';

const requestOf = (context: ExecutionContext): WebRequest => context.switchToHttp().getRequest<WebRequest>();

/** The page's language. */
export const LanguageOf = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).language);

/** The visitor's session, or undefined. */
export const SessionOf = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).session());

/** Who acts: the verbs' first argument. Anonymous visitors are actors too. */
export const ActorOf = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context).actor());
