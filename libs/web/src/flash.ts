import type { Request, Response } from 'express';
import { hasMessage, type Language, type MessageArguments, translate } from '#libs/platform';
import type { WebRequest } from './web-request.js';

/** One message for the next page: words by key, never free text and nothing about a person. */
export interface Flash {
  kind: 'success' | 'info' | 'warning' | 'error';
  key: string;
  args?: MessageArguments;
}

export interface ShownFlash {
  kind: Flash['kind'];
  text: string;
}

const name = 'flash';
const kinds: readonly string[] = ['success', 'info', 'warning', 'error'] satisfies Flash['kind'][];

const write = (response: Response | undefined, value: string, seconds: number): void => {
  response?.appendHeader('Set-Cookie', `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax`);
};

/** Leaves a message for the page that the visitor is sent to next. It lives for a minute, in the browser only. */
export function flash(request: WebRequest, message: Flash): void {
  write(request.res, Buffer.from(JSON.stringify(message)).toString('base64url'), 60);
}

/** Takes the message that the last post left, if it is one of ours, and clears it. */
export function takeFlash(request: Request, language: Language): ShownFlash | undefined {
  const value = /(?:^|;\s*)flash=([\w-]{1,2000})/.exec(request.headers.cookie ?? '')?.[1];
  if (value === undefined) return undefined;
  write(request.res, '', 0);
  try {
    const message = JSON.parse(Buffer.from(value, 'base64url').toString()) as Partial<Flash>;
    if (typeof message.key !== 'string' || !kinds.includes(message.kind ?? '')) return undefined;
    if (!hasMessage(language, message.key)) return undefined;
    return { kind: message.kind ?? 'info', text: translate(language, message.key, message.args) };
  } catch {
    // A cookie is the visitor's to change: what cannot be read says nothing.
    return undefined;
  }
}
