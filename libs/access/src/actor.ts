import { Refusal } from '#libs/platform';
import {
  type Concerned,
  mayDo,
  maySomewhere,
  type Permission,
  reachOf,
  type StaffRole,
  staffRoles,
} from './rules/permissions.js';
import type { SessionApp, SessionLevel } from './rules/session-times.js';

/** Who acts: the first argument of every verb. */
export type Actor =
  | { kind: 'anonymous'; sessionId: string | null }
  | { kind: 'guest'; accountId: string; sessionId: string }
  | { kind: 'patient'; accountId: string; sessionId: string }
  /** Whoever a notice of one appointment was sent to, and who answers it without signing in. */
  | { kind: 'addressee'; appointmentId: string }
  | {
      kind: 'staff';
      accountId: string;
      sessionId: string;
      staffMemberId: string;
      clinicId: string;
      role: StaffRole;
      /** The practitioner whom they are, if they are one. */
      practitionerId: string | null;
      /** The practitioner whom they are, or those whom they assist today. */
      practitionerIds: readonly string[];
      /** The branches that they are bound to; null: to none. */
      branchIds: readonly string[] | null;
      name: string;
    }
  | { kind: 'system' };

export type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** The role that the session's account has today, if the session is one of the clinic app's. */
export type StaffRoleOfSession = Pick<
  StaffActor,
  'staffMemberId' | 'clinicId' | 'role' | 'practitionerId' | 'practitionerIds' | 'branchIds' | 'name'
>;

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
 * @param record the practitioner and the branch it concerns; see mayDo
 * @throws Refusal `not-signed-in`; `not-found` for a record of another clinic, which does not exist for them;
 *   `not-allowed` for the role
 */
export function requireStaff(
  actor: Actor,
  clinicId: string,
  permission: Permission,
  record: Concerned = {},
): StaffActor {
  const staff = requireClinicsStaff(actor, clinicId);
  if (!mayDo(staff, permission, record)) throw notAllowed(staff, permission);
  return staff;
}

/**
 * The staff member who may do this to at least one record of a clinic: for lists, which hold only what `within` says.
 * @throws Refusal as requireStaff
 */
export function requireSomewhere(actor: Actor, clinicId: string, permission: Permission): StaffActor {
  const staff = requireClinicsStaff(actor, clinicId);
  if (!maySomewhere(staff, permission)) throw notAllowed(staff, permission);
  return staff;
}

/** Says which roles may, or that the record lies outside what this one reaches, or that nothing is in reach any more. */
function notAllowed(staff: StaffActor, permission: Permission): Refusal {
  if (!maySomewhere(staff, permission) && reachOf(staff.role, permission) !== null)
    return new Refusal('not-allowed', { why: 'time-over' });
  if (reachOf(staff.role, permission) !== null) return new Refusal('not-allowed', { why: 'out-of-reach' });
  const roles = staffRoles.filter((each) => reachOf(each, permission) !== null);
  return new Refusal('not-allowed', { roles });
}

function requireClinicsStaff(actor: Actor, clinicId: string): StaffActor {
  if (actor.kind === 'anonymous') throw new Refusal('not-signed-in');
  if (actor.kind !== 'staff' || actor.clinicId !== clinicId) throw new Refusal('not-found');
  return actor;
}

/** The account that acts for itself. @throws Refusal `not-signed-in` */
export function requireAccount(actor: Actor): Extract<Actor, { kind: 'guest' | 'patient' }> {
  if (actor.kind !== 'guest' && actor.kind !== 'patient') throw new Refusal('not-signed-in');
  return actor;
}
