import { Refusal } from '#libs/platform';
import { mayDo, type Permission, type StaffRole } from './rules/permissions.js';
import type { SessionApp, SessionLevel } from './rules/session-times.js';

/** Who acts: the first argument of every verb. */
export type Actor =
  | { kind: 'anonymous'; sessionId: string | null }
  | { kind: 'guest'; accountId: string; sessionId: string }
  | { kind: 'patient'; accountId: string; sessionId: string }
  | {
      kind: 'staff';
      accountId: string;
      sessionId: string;
      staffMemberId: string;
      clinicId: string;
      role: StaffRole;
      practitionerId: string | null;
      name: string;
    }
  | { kind: 'system' };

export type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** The role that the session's account has today, if the session is one of the clinic app's. */
export type StaffRoleOfSession = Pick<StaffActor, 'staffMemberId' | 'clinicId' | 'role' | 'practitionerId' | 'name'>;

/** A live session. `staff` is read anew with every request: who leaves is out at once (ASVS 8.3.2). */
export interface Session {
  id: string;
  app: SessionApp;
  level: SessionLevel;
  accountId: string | null;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
  staff: StaffRoleOfSession | null;
}

/** Who a session lets act; without one, an anonymous visitor. */
export function actorOf(session: Session | undefined): Actor {
  if (session === undefined) return { kind: 'anonymous', sessionId: null };
  const { id: sessionId, accountId } = session;
  if (session.app === 'clinic') {
    const isWhole = accountId !== null && session.level === 'two-factor' && session.staff !== null;
    return isWhole
      ? { kind: 'staff', accountId, sessionId, ...(session.staff as StaffRoleOfSession) }
      : { kind: 'anonymous', sessionId };
  }
  if (accountId === null) return { kind: 'anonymous', sessionId };
  return { kind: session.level === 'eid' ? 'patient' : 'guest', accountId, sessionId };
}

/**
 * The staff member who may do this to a record of a clinic.
 * @param clinicId whose record it is
 * @param record the practitioner it concerns, for permissions that reach only one's own
 * @throws Refusal `not-signed-in`; `not-found` for a record of another clinic, which does not exist for them;
 *   `not-allowed` for the role
 */
export function requireStaff(
  actor: Actor,
  clinicId: string,
  permission: Permission,
  record: { practitionerId?: string | null } = {},
): StaffActor {
  if (actor.kind === 'anonymous') throw new Refusal('not-signed-in');
  if (actor.kind !== 'staff' || actor.clinicId !== clinicId) throw new Refusal('not-found');
  if (!mayDo(actor, permission, record)) throw new Refusal('not-allowed');
  return actor;
}

/** The account that acts for itself. @throws Refusal `not-signed-in` */
export function requireAccount(actor: Actor): Extract<Actor, { kind: 'guest' | 'patient' }> {
  if (actor.kind !== 'guest' && actor.kind !== 'patient') throw new Refusal('not-signed-in');
  return actor;
}
