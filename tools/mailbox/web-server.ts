import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { LetterStore } from './letter-store.js';
import { mailboxPage, script, style } from './page.js';
import { type Letter, readLetter } from './read-letter.js';
import { answerSms, keepSms } from './sms.js';

const pagePolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** A letter may style itself and show the pictures it carries, and nothing more: no scripts, no requests. */
const letterPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox";

interface Answer {
  status?: number;
  type?: string;
  body?: string | Buffer;
  policy?: string;
  filename?: string;
  location?: string;
}

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});
const page = (body: string): Answer => ({ type: 'text/html; charset=utf-8', body, policy: pagePolicy });
const notFound = json({ title: 'Not found' }, 404);

/** The mailbox over HTTP: a page for people, JSON for tests and programs, and the door of the console SMS gateway. */
export function mailboxListener(letters: LetterStore): RequestListener {
  return (request, response) => {
    answer(letters, request).then(
      (ready) => send(response, ready, request.method === 'HEAD'),
      (error: unknown) => {
        console.error('mailbox:', error);
        send(response, json({ title: 'Something broke' }, 500), false);
      },
    );
  };
}

async function answer(letters: LetterStore, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://mailbox');
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  if (isForeign(request)) return json({ title: 'Other sites may not use this mailbox' }, 403);
  const to = searchParams.get('to') ?? '';

  const [, answered] = /^\/messages\/([0-9a-z]+)\/answer$/.exec(pathname) ?? [];
  if (method === 'POST' && answered) {
    const letter = await open(letters, answered);
    return letter ? answerTo(letter, request) : notFound;
  }

  const [, area, id, view, index] = /^\/(messages)\/([0-9a-z]+)(?:\/(html|parts)(?:\/(\d+))?)?$/.exec(pathname) ?? [];
  if (method === 'GET' && area && id) {
    const letter = await open(letters, id);
    if (!letter) return { ...page(mailboxPage(letters.list(to), to, null)), status: 404 };
    if (!view) return page(mailboxPage(letters.list(to), to, letter, searchParams.get('answered')));
    if (view === 'html')
      return {
        type: 'text/html; charset=utf-8',
        body: `<base target="_blank">${letter.html ?? ''}`,
        policy: letterPolicy,
      };
    const part = letter.attachments[Number(index)];
    if (!part) return notFound;
    // Never in the mailbox's own origin as a page: a part may be any HTML.
    const filename = part.filename ?? `part-${index}`;
    return {
      type: part.encoding === 'utf8' ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      body: Buffer.from(part.content, part.encoding),
      filename,
    };
  }

  switch (`${method} ${pathname}`) {
    case 'GET /':
      return page(mailboxPage(letters.list(to), to, null));
    case 'GET /mailbox.css':
      return { type: 'text/css; charset=utf-8', body: style };
    case 'GET /mailbox.js':
      return { type: 'text/javascript; charset=utf-8', body: script };
    case 'GET /health/live':
    case 'GET /health/ready':
      return json({ status: 'ok' });
    case 'GET /api/messages':
      return json(letters.list(to));
    case 'DELETE /api/messages':
      await letters.clear();
      return { status: 204 };
    case 'POST /api/sms':
      return receiveSms(letters, request);
  }

  const [, wanted, raw] = /^\/api\/messages\/([0-9a-z]+)(\/raw)?$/.exec(pathname) ?? [];
  if (method !== 'GET' || !wanted) return notFound;
  if (raw) {
    const source = await letters.source(wanted);
    return source ? { type: 'message/rfc822', body: source, filename: `${wanted}.eml` } : notFound;
  }
  const letter = await open(letters, wanted);
  if (!letter) return notFound;
  const { answerUrl: _, ...shown } = letter;
  return json(shown);
}

async function open(letters: LetterStore, id: string): Promise<Letter | null> {
  const summary = letters.find(id);
  const source = await letters.source(id);
  return summary && source ? readLetter(summary, source) : null;
}

async function receiveSms(letters: LetterStore, request: IncomingMessage): Promise<Answer> {
  const body = await readBody(request);
  if (body === undefined) return json({ title: 'Longer than 64 KiB' }, 413);
  const kept = await keepSms(letters, body);
  return json(kept, 'id' in kept ? 201 : 400);
}

/** What somebody typed as the phone's owner; the page says what became of it. */
async function answerTo(letter: Letter, request: IncomingMessage): Promise<Answer> {
  const text = new URLSearchParams((await readBody(request)) ?? '').get('text') ?? '';
  const isTaken = await answerSms(letter, text);
  return { status: 303, location: `/messages/${letter.id}?answered=${isTaken ? 'taken' : 'not'}` };
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 65_536) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Letters of a demo may still hold a developer's own address: no page from elsewhere reads them, by rebinding or by form. */
function isForeign(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const site = request.headers['sec-fetch-site'];
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(host);
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  return !local || (changes && site !== undefined && site !== 'same-origin' && site !== 'none');
}

function send(
  response: ServerResponse,
  { status = 200, type, body = '', policy, filename, location }: Answer,
  headOnly: boolean,
): void {
  response.statusCode = status;
  if (type) response.setHeader('content-type', type);
  if (location) response.setHeader('location', location);
  if (policy) response.setHeader('content-security-policy', policy);
  if (filename) response.setHeader('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(filename)}`);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cache-control', 'no-store');
  response.end(headOnly ? undefined : body);
}
