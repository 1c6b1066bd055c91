import { timingSafeEqual } from 'node:crypto';
import type { HeldTime } from '#libs/calendars';
import { Refusal, tokenHash } from '#libs/platform';

/** How someone shows that a hold is theirs: its token, the browser session that took it, or the staff member. */
export interface HoldProof {
  token?: string | undefined;
  sessionId?: string | null | undefined;
  staffMemberId?: string | null | undefined;
}

/** @throws Refusal `not-found` when the hold is someone else's */
export function requireHolder(hold: HeldTime, proof: HoldProof): void {
  const byToken = proof.token !== undefined && timingSafeEqual(tokenHash(proof.token), hold.tokenHash);
  const bySession = Boolean(proof.sessionId) && proof.sessionId === hold.sessionId;
  const byStaff = Boolean(proof.staffMemberId) && proof.staffMemberId === hold.staffMemberId;
  if (!byToken && !bySession && !byStaff) throw new Refusal('not-found');
}

/** The hold if it lives and is theirs. @throws Refusal `hold-expired`, `not-found` */
export function requireLiveHold(hold: HeldTime | undefined, proof: HoldProof, now: Temporal.Instant): HeldTime {
  if (!hold) throw new Refusal('hold-expired');
  requireHolder(hold, proof);
  if (Temporal.Instant.compare(hold.expiresAt, now) <= 0) throw new Refusal('hold-expired');
  return hold;
}
