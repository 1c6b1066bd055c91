import { describe, expect, it } from '@jest/globals';
import { hasInvitation, invitationStatusOf, letterKindOf, methodOf } from './letter-kind.js';

const patient = { actorKind: 'guest' } as const;
const clinic = { actorKind: 'staff' } as const;
const nobody = { actorKind: 'system' } as const;

describe('the letter that tells of a step', () => {
  it('is named after the step where one word is enough', () => {
    expect(letterKindOf({ kind: 'booked', ...patient, fromStatus: null, toStatus: 'booked' })).toBe('booked');
    expect(letterKindOf({ kind: 'requested', ...patient, fromStatus: null, toStatus: 'pending' })).toBe('requested');
    expect(letterKindOf({ kind: 'confirmed', ...clinic, fromStatus: 'pending', toStatus: 'booked' })).toBe('confirmed');
  });

  it('says who cancelled or moved', () => {
    const ended = { kind: 'cancelled', fromStatus: 'booked', toStatus: 'cancelled' } as const;
    expect(letterKindOf({ ...ended, ...patient })).toBe('cancelled');
    expect(letterKindOf({ ...ended, ...clinic })).toBe('cancelled-by-clinic');
    expect(letterKindOf({ ...ended, ...nobody })).toBe('cancelled-by-system');
    const moved = { kind: 'moved', fromStatus: 'booked', toStatus: 'booked' } as const;
    expect(letterKindOf({ ...moved, actorKind: 'patient' })).toBe('moved');
    expect(letterKindOf({ ...moved, ...clinic })).toBe('moved-by-clinic');
  });

  it('never says that a visit is off when only its move was refused', () => {
    const refused = { kind: 'rejected', ...clinic, fromStatus: 'pending' } as const;
    expect(letterKindOf({ ...refused, toStatus: 'cancelled' })).toBe('rejected');
    expect(letterKindOf({ ...refused, toStatus: 'booked' })).toBe('move-rejected');
    const unanswered = { kind: 'expired', ...nobody, fromStatus: 'pending' } as const;
    expect(letterKindOf({ ...unanswered, toStatus: 'cancelled' })).toBe('expired');
    expect(letterKindOf({ ...unanswered, toStatus: 'booked' })).toBe('move-expired');
  });

  it('tells times that were offered from none', () => {
    const offered = { kind: 'offered', ...nobody, fromStatus: 'booked', toStatus: 'booked' } as const;
    expect(letterKindOf({ ...offered, reasonCode: 'offered' })).toBe('offered');
    expect(letterKindOf({ ...offered, reasonCode: 'nothing-free' })).toBe('offered-nothing');
    expect(letterKindOf({ ...offered, kind: 'reinstated' })).toBe('reinstated');
    expect((['offered', 'offered-nothing', 'reinstated'] as const).map(hasInvitation)).toEqual([false, false, true]);
  });

  it('tells a request that was moved from a visit whose move is asked for', () => {
    expect(letterKindOf({ kind: 'move-requested', ...patient, fromStatus: 'booked', toStatus: 'pending' })).toBe(
      'move-requested',
    );
    expect(letterKindOf({ kind: 'moved', ...patient, fromStatus: 'pending', toStatus: 'pending' })).toBe(
      'request-moved',
    );
  });
});

describe('the invitation of a letter', () => {
  it('is tentative until the clinic has answered, and a cancellation when the visit is off', () => {
    expect([invitationStatusOf('pending'), methodOf('pending')]).toEqual(['TENTATIVE', 'REQUEST']);
    expect([invitationStatusOf('booked'), methodOf('booked')]).toEqual(['CONFIRMED', 'REQUEST']);
    expect([invitationStatusOf('cancelled'), methodOf('cancelled')]).toEqual(['CANCELLED', 'CANCEL']);
  });
});
