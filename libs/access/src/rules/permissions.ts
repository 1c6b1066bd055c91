export const staffRoles = ['registrar', 'practitioner', 'assistant', 'admin'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** How far a permission reaches: every record of the clinic, or what concerns the practitioner that one is. */
export type Reach = 'clinic' | 'own';

const everyone = { registrar: 'clinic', practitioner: 'clinic', assistant: 'clinic', admin: 'clinic' } as const;
const desk = { registrar: 'clinic', admin: 'clinic' } as const;

/** What each role may do inside its clinic; a role that is not named may not. Nothing here reaches another clinic. */
export const permissions = {
  'calendar.read': everyone,
  'appointments.book': everyone,
  'appointments.decide': { registrar: 'clinic', practitioner: 'own', assistant: 'clinic', admin: 'clinic' },
  'appointments.change': everyone,
  'appointments.override': { registrar: 'clinic', practitioner: 'own', admin: 'clinic' },
  'patients.read': everyone,
  // The default of faults.md F4 and F5: another practitioner's reasons and the admin's curiosity stay outside.
  'reasons.read': { registrar: 'clinic', practitioner: 'own', assistant: 'clinic' },
  'hours.read': everyone,
  'hours.edit': { registrar: 'clinic', practitioner: 'own', admin: 'clinic' },
  'closures.edit': { registrar: 'clinic', practitioner: 'own', admin: 'clinic' },
  'notices.read': desk,
  'profile.edit': { admin: 'clinic' },
  'staff.edit': { admin: 'clinic' },
  'audit.read': { admin: 'clinic' },
} as const satisfies Record<string, Partial<Record<StaffRole, Reach>>>;

export type Permission = keyof typeof permissions;

/** How far the role may do it, or null: not at all. */
export function reachOf(role: StaffRole, permission: Permission): Reach | null {
  const row: Partial<Record<StaffRole, Reach>> = permissions[permission];
  return row[role] ?? null;
}

/**
 * Whether someone of this role may do it to a record of their clinic.
 * @param record the practitioner that the record concerns; a reach of `own` is refused where none is given
 */
export function mayDo(
  staff: { role: StaffRole; practitionerId: string | null },
  permission: Permission,
  record: { practitionerId?: string | null } = {},
): boolean {
  const reach = reachOf(staff.role, permission);
  if (reach !== 'own') return reach === 'clinic';
  return staff.practitionerId !== null && staff.practitionerId === record.practitionerId;
}
