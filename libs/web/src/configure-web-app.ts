import type { DynamicModule, LogLevel, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { actorOf } from '#libs/access';
import { environment } from '#libs/platform';
import { admission } from './admission.js';
import { guardAddress, guardBody, takesForm, takesJson } from './guard-text.js';
import { prepareRequest } from './prepare-request.js';
import { keepRawBody } from './raw-body.js';
import { securityHeaders } from './security-headers.js';
import { serveAssets } from './serve-assets.js';
import { SessionCookie } from './sessions/session-cookie.js';
import { Assets } from './views/assets.js';
import type { WebAppName } from './web-request.js';

export type { WebAppName } from './web-request.js';

export interface WebAppOptions {
  app: WebAppName;
  logger?: LogLevel[] | false;
}

/** What an app must be created with; `createWebApp` does. */
export const webAppOptions = {
  bodyParser: false,
  // `/doctors/new` before `/doctors/:slug`, whoever was declared first.
  routeResolutionStrategy: 'specificity',
} as const satisfies NestApplicationOptions;

const largestBody = '64kb';

/** More than a rush for one slot (200) brings, fewer than make everyone wait. */
const mostAtOnce = 500;

/**
 * Headers, CSRF check, request id, language, session, body limits, error answers and assets, in the order in which a
 * request must meet them. Call it once, before `init` or `listen`, on an app created with `webAppOptions`.
 */
export function configureWebApp(app: NestExpressApplication, { app: name }: WebAppOptions): void {
  const { trustedProxies } = environment();
  app.set('etag', false);
  app.set('trust proxy', trustedProxies.length > 0 ? trustedProxies : false);
  app.set('query parser', 'simple');
  app.use(prepareRequest(name, app.get(SessionCookie), actorOf));
  app.useSecurityHeaders(securityHeaders(name));
  app.enableCsrfProtection();
  app.use(guardAddress);
  app.use(serveAssets(app.get(Assets)));
  app.use(admission(mostAtOnce));
  // Nest's own type leaves `verify` out, and hands it on.
  const parsed = { limit: largestBody, verify: keepRawBody };
  app.useBodyParser('json', { ...parsed, type: takesJson });
  app.useBodyParser('urlencoded', { ...parsed, extended: false, type: takesForm });
  app.use(guardBody);
  app.enableShutdownHooks();
  const server = app.getHttpServer();
  // A client that sends slowly holds nothing for longer than this (milliseconds).
  server.headersTimeout = 15_000;
  // Staff send files of many megabytes, and not every clinic's line is fast.
  server.requestTimeout = name === 'clinic' ? 300_000 : 30_000;
}

/** Creates and configures one of the two web apps. */
export async function createWebApp(
  module: Type | DynamicModule,
  options: WebAppOptions,
): Promise<NestExpressApplication> {
  const { logger = ['fatal', 'error', 'warn'] } = options;
  const app = await NestFactory.create<NestExpressApplication>(module, { ...webAppOptions, logger });
  configureWebApp(app, options);
  return app;
}
