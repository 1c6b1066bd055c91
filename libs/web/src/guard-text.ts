import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Refusal } from '#libs/platform';
import { firstUnacceptable, isStorable } from './forms/text-check.js';

/** Refuses addresses that do not decode or hold what PostgreSQL cannot (faults.md E2). */
export const guardAddress: RequestHandler = (request: Request, _response: Response, next: NextFunction) => {
  try {
    const decoded = decodeURIComponent(request.originalUrl.replaceAll('+', ' '));
    return next(isStorable(decoded) ? undefined : new Refusal('invalid'));
  } catch {
    return next(new Refusal('invalid'));
  }
};

const isJson = (request: IncomingMessage): boolean =>
  /^application\/([\w.-]+\+)?json\b/.test(request.headers['content-type'] ?? '');
const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** Whether this JSON may be parsed; what no parser took is answered 415 by `guardBody`. */
export const takesJson = (request: IncomingMessage): boolean => isJson(request);

/** The API speaks JSON only: a form post from a page cannot reach it. */
export const takesForm = (request: IncomingMessage): boolean =>
  !/^\/(api|fhir)\//.test(request.url ?? '') &&
  /^application\/x-www-form-urlencoded\b/.test(request.headers['content-type'] ?? '');

/**
 * After the parsers: a body that none of them took is 415, one that holds what can never be stored is 400. Forms are
 * checked by `parseForm`, which answers beside the field. A machine that hands on what somebody else wrote can mend nothing,
 * and would come again for days: whoever reads that takes what can be kept of it.
 */
export const guardBody: RequestHandler = (request: Request, _response: Response, next: NextFunction) => {
  if (!hasBody(request)) return next();
  // Files, and letters that a mail service hands on, are read by whoever takes them.
  const isReadLater = /^(?:multipart\/form-data|message\/rfc822)\b/.test(request.headers['content-type'] ?? '');
  if (request.body === undefined && !isReadLater) return next(new Refusal('unsupported-media-type'));
  if (!isJson(request) || request.originalUrl.startsWith('/hooks/')) return next();
  const path = firstUnacceptable(request.body);
  return next(path === undefined ? undefined : new Refusal('invalid', { errors: [{ path, code: 'text' }] }));
};
