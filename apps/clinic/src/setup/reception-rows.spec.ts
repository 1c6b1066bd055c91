import { describe, expect, it } from '@jest/globals';
import { rowsOf, timesOf } from './reception-rows.js';

const known = new Set(['cardiology', 'neurology']);

describe('reception times as lines of a form', () => {
  it('put the days that are alike on one line, and come back as they were', () => {
    const times = [
      { specialty: 'cardiology', weekday: 5, from: '09:00', to: '13:00' },
      { specialty: 'cardiology', weekday: 1, from: '09:00', to: '17:00' },
      { specialty: 'cardiology', weekday: 2, from: '09:00', to: '17:00' },
      { specialty: 'neurology', weekday: 1, from: '09:00', to: '17:00' },
    ];
    const rows = rowsOf(times);
    expect(rows).toEqual([
      { specialty: 'cardiology', days: ['1', '2'], from: '09:00', to: '17:00' },
      { specialty: 'cardiology', days: ['5'], from: '09:00', to: '13:00' },
      { specialty: 'neurology', days: ['1'], from: '09:00', to: '17:00' },
    ]);
    const back = timesOf(rows, known);
    expect(back.mistakes).toEqual([]);
    expect(new Set(back.times)).toEqual(new Set(times));
  });

  it('leave empty lines out, and say of others what they lack', () => {
    const { times, mistakes } = timesOf(
      [
        { from: '09:00', to: '10:00' },
        { specialty: 'cardiology', from: '09:00', to: '10:00' },
        { specialty: 'cardiology', days: ['1'], to: '10:00' },
        { specialty: 'cardiology', days: ['1'], from: '10:00', to: '10:00' },
        { specialty: 'magic', days: ['1'], from: '09:00', to: '10:00' },
      ],
      known,
    );
    expect(times).toEqual([]);
    expect(mistakes).toEqual([
      { field: 'reception.1.days', code: 'setup.errors.days' },
      { field: 'reception.2.from', code: 'required' },
      { field: 'reception.3.to', code: 'order' },
      { field: 'reception.4.specialty', code: 'choice' },
    ]);
  });
});
