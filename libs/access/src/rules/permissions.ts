export const staffRoles = ['registrar', 'practitioner', 'assistant', 'admin'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** How far a permission reaches: every record of the clinic, or what concerns the practitioners whom one acts for. */
export type Reach = 'clinic' | 'own';

const everyone = { registrar: 'clinic', practitioner: 'clinic', assistant: 'clinic', admin: 'clinic' } as const;
const desk = { registrar: 'clinic', admin: 'clinic' } as const;
const deskAndOwn = { ...desk, practitioner: 'own', assistant: 'own' } as const;
const deskAndDoctor = { ...desk, practitioner: 'own' } as const;

/**
 * What each role may do inside its clinic; a role that is not named may not. Nothing here reaches another clinic, nor a
 * branch outside somebody's branches.
 */
export const permissions = {
  'calendar.read': { ...everyone, assistant: 'own' },
  'appointments.book': deskAndOwn,
  'appointments.decide': deskAndOwn,
  'appointments.change': deskAndOwn,
  // Arrived, in the room, done, missed, and taking a step back.
  'appointments.step': deskAndOwn,
  'appointments.override-hours': deskAndDoctor,
  'appointments.override-quota': deskAndDoctor,
  'appointments.override-beside': deskAndDoctor,
  'waiting.edit': deskAndOwn,
  'patients.read': deskAndOwn,
  // The default of faults.md F4 and F5: another practitioner's reasons and the admin's curiosity stay outside.
  'reasons.read': { registrar: 'clinic', practitioner: 'own', assistant: 'own' },
  'hours.read': everyone,
  'hours.edit': deskAndDoctor,
  'closures.edit': deskAndDoctor,
  // Who was told of what, who was not, and that somebody was told by hand.
  'notices.read': deskAndOwn,
  'notices.edit': deskAndOwn,
  // Many letters that somebody else caused at once.
  'notices.approve': { admin: 'clinic' },
  'letters.edit': { admin: 'clinic' },
  'screens.edit': { admin: 'clinic' },
  'profile.edit': { admin: 'clinic' },
  'staff.edit': { admin: 'clinic' },
  'audit.read': { admin: 'clinic' },
} as const satisfies Record<string, Partial<Record<StaffRole, Reach>>>;

export type Permission = keyof typeof permissions;

/** What says how far somebody's permissions reach today. */
export interface StaffReach {
  role: StaffRole;
  /** The practitioner whom one is, or those whom one assists today. */
  practitionerIds: readonly string[];
  /** The branches that one is bound to; null: to none. */
  branchIds: readonly string[] | null;
}

/** Whom and where a record concerns. A branch of null is the whole clinic's. */
export interface Concerned {
  practitionerId?: string | null | undefined;
  branchId?: string | null | undefined;
}

/** How far the role may do it, or null: not at all. */
export function reachOf(role: StaffRole, permission: Permission): Reach | null {
  const row: Partial<Record<StaffRole, Reach>> = permissions[permission];
  return row[role] ?? null;
}

const isAmong = (ids: readonly string[], id: string | null | undefined): boolean =>
  id !== null && id !== undefined && ids.includes(id);

/**
 * Whether staff may do it to a record of their clinic.
 * @param record the practitioner and the branch that it concerns. A reach of `own` is refused where no practitioner is
 *   given, and whoever is bound to branches is refused where no branch is: what is the whole clinic's is not theirs
 */
export function mayDo(staff: StaffReach, permission: Permission, record: Concerned = {}): boolean {
  const reach = reachOf(staff.role, permission);
  if (reach === null) return false;
  if (staff.branchIds !== null && !isAmong(staff.branchIds, record.branchId)) return false;
  return reach === 'clinic' || isAmong(staff.practitionerIds, record.practitionerId);
}

/** Whether there is anything at all to which staff may do it: for menus, and for lists that hold only what is theirs. */
export function maySomewhere(staff: StaffReach, permission: Permission): boolean {
  const reach = reachOf(staff.role, permission);
  return reach === 'clinic' || (reach === 'own' && staff.practitionerIds.length > 0);
}

/** What a list of this permission may hold: of these practitioners, in these branches; null: of all. */
export interface Within {
  practitionerIds: readonly string[] | null;
  branchIds: readonly string[] | null;
}

/** The bounds of a list for somebody who may do it somewhere; somebody who may not gets a list of nothing. */
export function within(staff: StaffReach, permission: Permission): Within {
  const reach = reachOf(staff.role, permission);
  if (reach === null) return { practitionerIds: [], branchIds: [] };
  return { practitionerIds: reach === 'own' ? staff.practitionerIds : null, branchIds: staff.branchIds };
}
