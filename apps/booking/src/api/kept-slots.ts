import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { LRUCache } from 'lru-cache';
import { FreeTimes, type SlotsQuestion } from '#libs/calendars';

export function sendSlots(response: Response, json: Buffer): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', json.length);
  response.end(json);
}

/**
 * Answers again what was asked in the same words before and has not changed since, ahead of pipes and validation: they
 * have judged these words already, and cost more than the answer (performance.md P2). Whether it changed is asked of
 * PostgreSQL each time.
 */
@Injectable()
export class KeptSlots implements NestMiddleware {
  private readonly questions = new LRUCache<string, SlotsQuestion>({ max: 20_000 });

  constructor(private readonly freeTimes: FreeTimes) {}

  /** Keeps what an address means, once it was answered. */
  remember(address: string, question: SlotsQuestion): void {
    this.questions.set(address, question);
  }

  use(request: Request, response: Response, next: NextFunction): void {
    const question = this.questions.get(request.originalUrl);
    if (!question) return next();
    this.freeTimes.kept(question).then((json) => (json ? sendSlots(response, json) : next()), next);
  }
}
