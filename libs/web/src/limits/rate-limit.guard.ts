import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { WebRequest } from '../web-request.js';
import { addressPart, rateKey } from './rate-key.js';
import { RATE_LIMITS, type RateLimitRule } from './rate-limit.decorator.js';
import { RateLimits } from './rate-limits.js';

/** Applies `@RateLimit`. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rules = this.reflector.getAllAndOverride<RateLimitRule[] | undefined>(RATE_LIMITS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rules === undefined) return true;
    const request = context.switchToHttp().getRequest<WebRequest>();
    for (const rule of rules) {
      const limit = {
        key: rateKey(rule.name, await this.whoIs(rule, request)),
        seconds: rule.seconds,
        limit: rule.limit,
      };
      if (rule.isExact ?? request.method !== 'GET') await this.limits.count(limit);
      else this.limits.gather(limit);
    }
    return true;
  }

  private async whoIs(rule: RateLimitRule, request: WebRequest): Promise<string> {
    const session = rule.by === 'session' ? await request.session() : undefined;
    return session ? `session:${session.id}` : addressPart(request.ip ?? '');
  }
}
