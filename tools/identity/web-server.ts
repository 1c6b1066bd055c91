import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { codesPage } from './codes-page.js';
import { beAnyonePage, style } from './page.js';
import { readPerson } from './person.js';
import { DevelopmentIdentity, type IdentitySettings } from './provider.js';

// No form-action: browsers apply it to where the form's redirect leads, which is back to the app.
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The provider's own end-points, the page that asks who to be, and the codes of the demo's staff. */
export function identityListener(settings: IdentitySettings, now = Temporal.Now.instant): RequestListener {
  const identity = new DevelopmentIdentity(settings);
  const protocol = identity.provider.callback();
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', settings.issuer);
    const [, action, abort] = /^(\/interaction\/[\w-]+)(\/abort)?$/.exec(pathname) ?? [];
    if (action) {
      interact(identity, request, response, action, abort !== undefined).catch(() => {
        page(
          response,
          '<!doctype html><html lang="en"><title>Too late</title><p>This sign-in is over. Go back and start it again.',
          400,
        );
      });
    } else if (pathname === '/codes') {
      void codesPage(now()).then((body) => page(response, body));
    } else if (pathname === '/identity.css') {
      response.setHeader('content-type', 'text/css; charset=utf-8').end(style);
    } else if (pathname === '/health/live' || pathname === '/health/ready') {
      response.setHeader('content-type', 'application/json').end('{"status":"ok"}');
    } else {
      void protocol(request, response);
    }
  };
}

async function interact(
  identity: DevelopmentIdentity,
  request: IncomingMessage,
  response: ServerResponse,
  action: string,
  abort: boolean,
): Promise<void> {
  const { provider } = identity;
  await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return page(response, beAnyonePage(action));
  if (abort)
    return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'Cancelled' });
  const { person, errors } = readPerson(new URLSearchParams(await readBody(request)));
  if (Object.keys(errors).length > 0) return page(response, beAnyonePage(action, person, errors), 422);
  await provider.interactionFinished(request, response, {
    login: { accountId: identity.become(person), remember: false },
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 16_384) throw new Error('Too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function page(response: ServerResponse, body: string, status = 200): void {
  response.statusCode = status;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cache-control', 'no-store');
  response.end(body);
}
