import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { FreeTimes, type SlotsQuestion } from '#libs/calendars';
import { CLOCK, type Clock, idPattern, isId } from '#libs/platform';
import { slotsWindow } from './rules/slots-window.js';

export function sendSlots(response: Response, json: Buffer): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', json.length);
  response.end(json);
}

const path = new RegExp(`^/api/v1/calendars/(${idPattern})/slots$`);
const members: ReadonlySet<string> = new Set(['service', 'from', 'to']);

/**
 * Answers the question that every week grid asks, in its plain form, ahead of pipes and validation, which cost more than
 * the answer (performance.md P1, P2). Whatever is not plain or not found goes on to the controller, which judges and
 * refuses.
 */
@Injectable()
export class PlainSlots implements NestMiddleware {
  constructor(
    private readonly freeTimes: FreeTimes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  use(request: Request, response: Response, next: NextFunction): void {
    const question = this.plainQuestion(request.originalUrl);
    if (!question) return next();
    this.freeTimes.json(question).then(
      (json) => sendSlots(response, json),
      () => next(),
    );
  }

  private plainQuestion(address: string): SlotsQuestion | undefined {
    const cut = address.indexOf('?');
    const calendarId = path.exec(address.slice(0, cut))?.[1];
    if (cut < 0 || calendarId === undefined) return undefined;
    const asked = new URLSearchParams(address.slice(cut + 1));
    const names = [...asked.keys()];
    if (names.some((name) => !members.has(name)) || new Set(names).size !== names.length) return undefined;
    const serviceId = asked.get('service') ?? '';
    if (!isId(serviceId)) return undefined;
    const window = slotsWindow(asked.get('from') ?? undefined, asked.get('to') ?? undefined, this.clock.now());
    return window.ok ? { calendarId, serviceId, from: window.from, to: window.to } : undefined;
  }
}
