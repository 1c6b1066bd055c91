import { describe, expect, it } from '@jest/globals';
import { mistakesInRights, type Rights, rightsOfRole } from './rights.js';

describe('rights that a clinic gives', () => {
  const today = Temporal.PlainDate.from('2026-12-01');
  const none: Rights = { role: 'registrar', practitionerId: null, assists: [], assistsUntil: null, branchIds: null };
  const mistakes = (rights: Partial<Rights>) =>
    mistakesInRights({ ...none, ...rights }, today).map(({ path, code }) => `${path} ${code}`);

  it('are whole for a registrar, a doctor and an assistant of somebody until a day', () => {
    expect(mistakes({})).toEqual([]);
    expect(mistakes({ role: 'practitioner', practitionerId: 'd' })).toEqual([]);
    expect(mistakes({ role: 'assistant', assists: ['d'], assistsUntil: today })).toEqual([]);
    expect(mistakes({ branchIds: ['b'] })).toEqual([]);
  });

  it('name what is missing', () => {
    expect(mistakes({ role: 'practitioner' })).toEqual(['practitioner required']);
    expect(mistakes({ role: 'assistant' })).toEqual(['assists staff.errors.nobody-assisted', 'assistsUntil required']);
    expect(mistakes({ branchIds: [] })).toEqual(['branches staff.errors.no-branch']);
  });

  it('let nobody assist in the past or for ever', () => {
    const assistant = { role: 'assistant', assists: ['d'] } as const;
    expect(mistakes({ ...assistant, assistsUntil: today.subtract({ days: 1 }) })).toEqual(['assistsUntil past']);
    expect(mistakes({ ...assistant, assistsUntil: today.add({ years: 4 }) })).toEqual([
      'assistsUntil staff.errors.too-long',
    ]);
  });

  it('hold nothing that the role does not have', () => {
    const rights = { ...none, practitionerId: 'd', assists: ['d', 'd'], assistsUntil: today };
    expect(rightsOfRole({ ...rights, role: 'admin' })).toEqual({ ...none, role: 'admin' });
    expect(rightsOfRole({ ...rights, role: 'assistant' })).toMatchObject({ practitionerId: null, assists: ['d'] });
  });
});
