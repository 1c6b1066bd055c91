/**
 * How connecting ended: `choosing`: which calendar is still to be said; `denied`: they did not agree; `too-little`: they
 * left a box out; `no-token`: Google gives no permission that lasts; `not-theirs`: late, repeated, or begun as somebody
 * else or in another browser; `unreachable`: Google did not answer, and nothing is connected.
 */
export type ConnectionResult =
  'connected' | 'choosing' | 'denied' | 'too-little' | 'no-token' | 'not-theirs' | 'unreachable';

/** How a result is told to whoever comes back. */
export const toneOfResult = {
  connected: 'success',
  choosing: 'info',
  denied: 'info',
  'too-little': 'warning',
  'no-token': 'warning',
  'not-theirs': 'warning',
  unreachable: 'error',
} as const satisfies Record<ConnectionResult, string>;
