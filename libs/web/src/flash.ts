import type { Request, Response } from 'express';
import { hasMessage, type Language, type MessageArguments, translate } from '#libs/platform';
import type { WebRequest } from './web-request.js';

/** One message for the next page: words by key, never free text and nothing about a person. */
export interface Flash {
  kind: 'success' | 'info' | 'warning' | 'error';
  key: string;
  args?: MessageArguments;
  /** What was done can be taken back, by a form that posts the version there. */
  undo?: UndoOffer;
}

export interface UndoOffer {
  /** On this site. */
  path: string;
  version: number;
  /** For how long it can be taken back; left out: at any time. */
  seconds?: number;
}

export interface ShownFlash {
  kind: Flash['kind'];
  text: string;
  undo?: UndoOffer;
}

const name = 'flash';
const kinds: readonly string[] = ['success', 'info', 'warning', 'error'] satisfies Flash['kind'][];

const write = (response: Response | undefined, value: string, seconds: number): void => {
  response?.appendHeader('Set-Cookie', `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax`);
};

/** A cookie is the visitor's to change: only a path of this site is taken for one. */
const undoOf = (told: unknown): UndoOffer | undefined => {
  const { path, version, seconds } = (told ?? {}) as Partial<Record<keyof UndoOffer, unknown>>;
  if (typeof path !== 'string' || !/^(\/[\w-]{1,64}){1,8}$/.test(path)) return undefined;
  if (!Number.isSafeInteger(version) || (seconds !== undefined && !Number.isSafeInteger(seconds))) return undefined;
  return { path, version: Number(version), ...(seconds !== undefined && { seconds: Number(seconds) }) };
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
    const undo = undoOf(message.undo);
    return {
      kind: message.kind ?? 'info',
      text: translate(language, message.key, message.args),
      ...(undo && { undo }),
    };
  } catch {
    // A cookie is the visitor's to change: what cannot be read says nothing.
    return undefined;
  }
}
