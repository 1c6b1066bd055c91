import { describe, expect, it } from '@jest/globals';
import { quotaMistakes } from './quota-limits.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const none = { minutesAMonth: null, visitsADay: null, visitsAMonth: null, centsAMonth: null };

describe('a quota', () => {
  it('limits something, even to nothing', () => {
    expect(quotaMistakes({ ...none, visitsAMonth: 0 }, day('2027-02-01'), null)).toEqual([]);
    expect(quotaMistakes(none, day('2027-02-01'), null)).toEqual([
      { path: 'minutesAMonth', code: 'calendars.quotas.no-limit' },
    ]);
  });

  it('has numbers that make sense', () => {
    const limits = { minutesAMonth: 60_001, visitsADay: -1, visitsAMonth: 1.5, centsAMonth: 0 };
    expect(quotaMistakes(limits, day('2027-02-01'), null)).toEqual([
      { path: 'minutesAMonth', code: 'max' },
      { path: 'visitsADay', code: 'min' },
      { path: 'visitsAMonth', code: 'min' },
    ]);
  });

  it('holds for whole months, one at least', () => {
    const limits = { ...none, visitsADay: 5 };
    expect(quotaMistakes(limits, day('2027-02-01'), day('2027-02-28'))).toEqual([]);
    expect(quotaMistakes(limits, day('2027-02-02'), day('2027-02-27'))).toEqual([
      { path: 'validFrom', code: 'calendars.quotas.whole-months' },
      { path: 'validTo', code: 'calendars.quotas.whole-months' },
    ]);
    expect(quotaMistakes(limits, day('2027-02-01'), day('2027-01-31'))).toEqual([{ path: 'validTo', code: 'order' }]);
  });
});
