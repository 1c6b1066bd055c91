import { describe, expect, it } from '@jest/globals';
import { mayDo, permissions, reachOf, staffRoles } from './permissions.js';

describe('what staff may do', () => {
  const doctor = { role: 'practitioner', practitionerId: 'doctor-1' } as const;

  it('says so in one table', () => {
    const table = Object.keys(permissions).map((permission) =>
      [permission, ...staffRoles.map((role) => reachOf(role, permission as keyof typeof permissions) ?? '-')].join(' '),
    );
    expect(table).toEqual([
      'calendar.read clinic clinic clinic clinic',
      'appointments.book clinic clinic clinic clinic',
      'appointments.decide clinic own clinic clinic',
      'appointments.change clinic clinic clinic clinic',
      'appointments.override clinic own - clinic',
      'patients.read clinic clinic clinic clinic',
      'reasons.read clinic own clinic -',
      'hours.read clinic clinic clinic clinic',
      'hours.edit clinic own - clinic',
      'closures.edit clinic own - clinic',
      'notices.read clinic - - clinic',
      'profile.edit - - - clinic',
      'staff.edit - - - clinic',
      'audit.read - - - clinic',
    ]);
  });

  it('lets a doctor edit only their own hours', () => {
    expect(mayDo(doctor, 'hours.edit', { practitionerId: 'doctor-1' })).toBe(true);
    expect(mayDo(doctor, 'hours.edit', { practitionerId: 'doctor-2' })).toBe(false);
  });

  it('refuses an own permission when it is not said whose the record is', () => {
    expect(mayDo(doctor, 'hours.edit')).toBe(false);
    expect(mayDo({ role: 'practitioner', practitionerId: null }, 'hours.edit', { practitionerId: null })).toBe(false);
  });

  it('hides reasons from the clinic’s admin', () => {
    expect(mayDo({ role: 'admin', practitionerId: null }, 'reasons.read', { practitionerId: 'doctor-1' })).toBe(false);
  });
});
