import { describe, expect, it } from '@jest/globals';
import { after, moves, occupies, statuses } from './status.js';

describe('the states of an appointment', () => {
  it('let a request be confirmed, rejected, cancelled, moved or run out', () => {
    expect(moves.pending).toEqual({
      confirm: 'booked',
      reject: 'cancelled',
      expire: 'cancelled',
      cancel: 'cancelled',
      move: 'pending',
    });
  });

  it('never confirm what is booked or cancelled', () => {
    expect(after('booked', 'confirm')).toBeNull();
    expect(after('cancelled', 'confirm')).toBeNull();
  });

  it('never wake what is cancelled', () => {
    expect(Object.keys(moves.cancelled)).toEqual([]);
  });

  it('take time until the visit is missed or cancelled', () => {
    expect(statuses.filter(occupies)).toEqual(['pending', 'booked', 'arrived', 'checked-in', 'fulfilled']);
  });
});
