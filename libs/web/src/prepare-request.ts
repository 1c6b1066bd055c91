import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Histogram, register } from 'prom-client';
import { log } from '#libs/platform';
import { rememberedLanguage } from './languages/language-cookie.js';
import { languageOfPath, preferredLanguage } from './languages/negotiation.js';
import type { SessionCookie } from './sessions/session-cookie.js';
import type { WebAppName, WebRequest } from './web-request.js';

const durations = (): Histogram =>
  (register.getSingleMetric('http_request_duration_seconds') as Histogram | undefined) ??
  new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first line of a request to the end of its answer',
    labelNames: ['app', 'method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3],
  });

/** The route's pattern, never the path: a path may name a person, and labels must stay few (promise 9). */
const routeOf = (request: Request): string => {
  const path = (request.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : request.path.startsWith('/assets/') ? '/assets' : 'none';
};

/** What is asked so often that lines about it would hide all others: every second by each screen of a waiting room. */
const isQuiet = (route: string, status: number): boolean =>
  route === '/assets' || route.startsWith('/health') || (route === '/screen/:key/now' && status === 200);

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Gives every request its id, language and lazily read session, and writes one line to the log at its end. */
export function prepareRequest(webApp: WebAppName, cookie: SessionCookie, whoActs: WhoActs): RequestHandler {
  const histogram = durations();
  return (plain: Request, response: Response, next: NextFunction) => {
    const request = plain as WebRequest;
    const started = performance.now();
    request.requestId = randomUUID();
    request.webApp = webApp;
    request.preferredLanguage = preferredLanguage(rememberedLanguage(request), request.headers['accept-language']);
    request.language = languageOfPath(request.path) ?? request.preferredLanguage;
    let session: ReturnType<WebRequest['session']> | undefined;
    request.session = () => (session ??= cookie.find(request));
    request.actor = async () => whoActs(await request.session());
    response.setHeader('X-Request-Id', request.requestId);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Language', request.language);
    response.once('close', () => {
      const milliseconds = Math.round(performance.now() - started);
      const method = methods.has(request.method) ? request.method : 'OTHER';
      const route = routeOf(request);
      // A visitor who left before the answer is not a status of ours; 499 is what proxies call it.
      const isStream = String(response.getHeader('content-type')).startsWith('text/event-stream');
      const status = response.writableFinished || isStream ? response.statusCode : 499;
      // A stream lasts as long as a page is open, which says nothing about us.
      if (!isStream) histogram.observe({ app: webApp, method, route, status }, milliseconds / 1000);
      if (isQuiet(route, status)) return;
      log.info({ event: 'request', app: webApp, requestId: request.requestId, method, route, status, milliseconds });
    });
    next();
  };
}

/** How a session becomes the actor that verbs are given. */
export type WhoActs = (session: Awaited<ReturnType<WebRequest['session']>>) => Awaited<ReturnType<WebRequest['actor']>>;
