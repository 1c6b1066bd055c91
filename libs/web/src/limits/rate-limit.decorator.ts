import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export interface RateLimitRule {
  name: string;
  seconds: number;
  limit: number;
  /** Whom it counts: the address unless told. */
  by: 'address' | 'session';
  /**
   * Counted in the database at once. Otherwise hits are gathered for a quarter of a second in each process, which costs
   * a search nothing and lets a burst through by as much. GET pages gather, everything else is exact unless told.
   */
  isExact?: boolean;
}

export interface RateLimitOptions {
  perMinute?: number;
  perHour?: number;
  by?: RateLimitRule['by'];
  isExact?: boolean;
}

export const RATE_LIMITS = Symbol('RATE_LIMITS');

/** Limits how often one visitor may call this handler; beyond it 429 with Retry-After. Both limits may be given. */
export function RateLimit(name: string, options: RateLimitOptions): CustomDecorator<symbol> {
  const { perMinute, perHour, by = 'address', isExact } = options;
  const rules: RateLimitRule[] = [];
  if (perMinute !== undefined)
    rules.push({ name, seconds: 60, limit: perMinute, by, ...(isExact !== undefined && { isExact }) });
  if (perHour !== undefined)
    rules.push({ name: `${name}/hour`, seconds: 3600, limit: perHour, by, ...(isExact !== undefined && { isExact }) });
  return SetMetadata(RATE_LIMITS, rules);
}
