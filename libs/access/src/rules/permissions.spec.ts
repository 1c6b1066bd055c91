import { describe, expect, it } from '@jest/globals';
import { mayDo, maySomewhere, permissions, reachOf, type StaffReach, staffRoles, within } from './permissions.js';

describe('what staff may do', () => {
  const doctor: StaffReach = { role: 'practitioner', practitionerIds: ['doctor-1'], branchIds: null };
  const admin: StaffReach = { role: 'admin', practitionerIds: [], branchIds: null };
  const assistant: StaffReach = {
    role: 'assistant',
    practitionerIds: ['doctor-1', 'doctor-2'],
    branchIds: ['centre'],
  };

  it('says so in one table', () => {
    const table = Object.keys(permissions).map((permission) =>
      [permission, ...staffRoles.map((role) => reachOf(role, permission as keyof typeof permissions) ?? '-')].join(' '),
    );
    expect(table).toEqual([
      'calendar.read clinic clinic own clinic',
      'appointments.book clinic own own clinic',
      'appointments.decide clinic own own clinic',
      'appointments.change clinic own own clinic',
      'appointments.step clinic own own clinic',
      'appointments.override-hours clinic own - clinic',
      'appointments.override-quota clinic own - clinic',
      'appointments.override-beside clinic own - clinic',
      'waiting.edit clinic own own clinic',
      'patients.read clinic own own clinic',
      'reasons.read clinic own own -',
      'hours.read clinic clinic clinic clinic',
      'hours.edit clinic own - clinic',
      'closures.edit clinic own - clinic',
      'notices.read clinic own own clinic',
      'notices.edit clinic own own clinic',
      'notices.approve - - - clinic',
      'letters.edit - - - clinic',
      'screens.edit - - - clinic',
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
    expect(mayDo({ ...doctor, practitionerIds: [] }, 'hours.edit', { practitionerId: null })).toBe(false);
  });

  it('hides reasons from the clinic’s admin', () => {
    expect(mayDo(admin, 'reasons.read', { practitionerId: 'doctor-1' })).toBe(false);
  });

  it('lets an assistant do for the doctors they assist, and for nobody else', () => {
    expect(mayDo(assistant, 'appointments.change', { practitionerId: 'doctor-2', branchId: 'centre' })).toBe(true);
    expect(mayDo(assistant, 'calendar.read', { practitionerId: 'doctor-3', branchId: 'centre' })).toBe(false);
    expect(maySomewhere(assistant, 'calendar.read')).toBe(true);
    expect(maySomewhere(assistant, 'hours.edit')).toBe(false);
    expect(maySomewhere({ ...assistant, practitionerIds: [] }, 'calendar.read')).toBe(false);
  });

  it('keeps whoever is bound to branches inside them, and away from what is the whole clinic’s', () => {
    const registrar: StaffReach = { role: 'registrar', practitionerIds: [], branchIds: ['centre'] };
    expect(mayDo(registrar, 'appointments.book', { branchId: 'centre' })).toBe(true);
    expect(mayDo(registrar, 'appointments.book', { branchId: 'suburb' })).toBe(false);
    expect(mayDo(registrar, 'closures.edit', { branchId: null })).toBe(false);
    expect(mayDo(registrar, 'appointments.book')).toBe(false);
    expect(mayDo({ ...registrar, branchIds: [] }, 'appointments.book', { branchId: 'centre' })).toBe(false);
  });

  it('says what a list may hold', () => {
    expect(within(assistant, 'calendar.read')).toEqual({
      practitionerIds: ['doctor-1', 'doctor-2'],
      branchIds: ['centre'],
    });
    expect(within(doctor, 'calendar.read')).toEqual({ practitionerIds: null, branchIds: null });
    expect(within(assistant, 'audit.read')).toEqual({ practitionerIds: [], branchIds: [] });
  });
});
