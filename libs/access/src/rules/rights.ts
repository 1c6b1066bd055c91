import type { FieldError } from '#libs/platform';
import { type StaffRole, staffRoles } from './permissions.js';

/** What a clinic gives somebody: a role, and how far it reaches. */
export interface Rights {
  role: StaffRole;
  /** Whom a practitioner is. */
  practitionerId: string | null;
  /** Whom an assistant assists. */
  assists: readonly string[];
  /** The last day of it, included. */
  assistsUntil: Temporal.PlainDate | null;
  /** The branches that they are bound to; null: to none. */
  branchIds: readonly string[] | null;
}

/** An assistant's time is looked at anew at least this often. */
const mostYears = 3;

/** What is wrong with rights to be given, by the form's fields; nothing: they can be given. */
export function mistakesInRights(rights: Rights, today: Temporal.PlainDate): FieldError[] {
  const { role, practitionerId, assists, assistsUntil, branchIds } = rights;
  const { compare } = Temporal.PlainDate;
  const mistakes: FieldError[] = [];
  const wrong = (path: string, code: string): void => void mistakes.push({ path, code });
  if (!staffRoles.includes(role)) wrong('role', 'choice');
  if (role === 'practitioner' && practitionerId === null) wrong('practitioner', 'required');
  if (role === 'assistant') {
    if (assists.length === 0) wrong('assists', 'staff.errors.nobody-assisted');
    if (assistsUntil === null) wrong('assistsUntil', 'required');
    else if (compare(assistsUntil, today) < 0) wrong('assistsUntil', 'past');
    else if (compare(assistsUntil, today.add({ years: mostYears })) > 0) wrong('assistsUntil', 'staff.errors.too-long');
  }
  if (branchIds?.length === 0) wrong('branches', 'staff.errors.no-branch');
  return mistakes;
}

/** The rights with what their role does not have left out. */
export function rightsOfRole(rights: Rights): Rights {
  const isAssistant = rights.role === 'assistant';
  return {
    ...rights,
    practitionerId: rights.role === 'practitioner' ? rights.practitionerId : null,
    assists: isAssistant ? [...new Set(rights.assists)] : [],
    assistsUntil: isAssistant ? rights.assistsUntil : null,
    branchIds: rights.branchIds && [...new Set(rights.branchIds)],
  };
}
