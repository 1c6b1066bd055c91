import type { Actor } from '#libs/access';
import { Refusal } from '#libs/platform';
import type { Purpose } from './calendar-connection.entity.js';

/**
 * The account and session that connect a calendar: patients and guests to see their visits, staff to be booked only when
 * they are free.
 * @throws Refusal `not-signed-in` for everybody else
 */
export function ownerOfCalendar(actor: Actor, purpose: Purpose): { accountId: string; sessionId: string } {
  const isStaff = actor.kind === 'staff';
  if (!isStaff && actor.kind !== 'guest' && actor.kind !== 'patient') throw new Refusal('not-signed-in');
  if (isStaff !== (purpose === 'busy')) throw new Refusal('not-signed-in');
  return actor;
}
