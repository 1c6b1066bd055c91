import type { Purpose } from '../calendar-connection.entity.js';

/** Who acts, as far as it matters here. */
interface Acting {
  kind: string;
  accountId?: string;
  sessionId?: string | null;
}

/**
 * The account and session that connect a calendar: patients and guests to see their visits, staff to be booked only when
 * they are free. Null: this actor connects nothing for this.
 */
export function ownerOfCalendar(actor: Acting, purpose: Purpose): { accountId: string; sessionId: string } | null {
  const isTheirs = purpose === 'visits' ? actor.kind === 'guest' || actor.kind === 'patient' : actor.kind === 'staff';
  const { accountId, sessionId } = actor;
  return isTheirs && accountId && sessionId ? { accountId, sessionId } : null;
}
