import { describe, expect, it } from '@jest/globals';
import { type LastStep, undoOf } from './undo.js';

const at = Temporal.Instant.from('2027-03-01T08:00:00Z');
const step = (wish: Partial<LastStep>): LastStep => ({
  id: 'step',
  kind: 'cancelled',
  at,
  actorKind: 'staff',
  actorName: 'Anna',
  fromStatus: 'booked',
  isHeld: true,
  ...wish,
});

describe('what staff can take back', () => {
  it('is a cancellation for ten seconds and not a moment longer', () => {
    expect(undoOf('cancelled', step({}), at.add({ seconds: 10 }))).toEqual({
      kind: 'brief',
      until: at.add({ seconds: 10 }),
    });
    expect(undoOf('cancelled', step({}), at.add({ milliseconds: 10_001 }))).toBeNull();
  });

  it('is their own step that waited to be told of, never the patient’s or one that was told at once', () => {
    expect(undoOf('cancelled', step({ actorKind: 'patient', isHeld: false }), at)).toBeNull();
    expect(undoOf('cancelled', step({ isHeld: false }), at)).toBeNull();
  });

  it('is what happened at the desk, whenever that was', () => {
    for (const status of ['arrived', 'checked-in', 'fulfilled', 'noshow'] as const)
      expect(undoOf(status, step({ kind: 'arrived' }), at.add({ hours: 24 }))).toEqual({ kind: 'desk', until: null });
  });

  it('is not a booking, a confirmation or an undoing', () => {
    for (const kind of ['booked', 'confirmed', 'undone'] as const)
      expect(undoOf('booked', step({ kind, isHeld: false }), at)).toBeNull();
  });
});
