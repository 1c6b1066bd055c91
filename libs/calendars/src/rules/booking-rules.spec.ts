import { describe, expect, it } from '@jest/globals';
import { gridOf, type OfferedService, ruleMistakes, usualRules } from './booking-rules.js';

const visit: OfferedService = {
  serviceId: 'visit',
  minutes: 30,
  bufferBefore: 0,
  bufferAfter: 5,
  priceCents: 4500,
  tariffCents: 0,
  bySession: false,
  confirmation: null,
  minimumNoticeMinutes: null,
  horizonDays: null,
  lateCancelHours: null,
};

describe('the rules of a calendar', () => {
  it('are fine as they usually are', () => {
    expect(ruleMistakes(usualRules, [visit])).toEqual([]);
  });

  it('name each number that cannot be, in the calendar and in a service', () => {
    const rules = { ...usualRules, horizonDays: 731, minimumNoticeMinutes: -1, mostPerDay: 0 };
    expect(ruleMistakes(rules, [visit, { ...visit, serviceId: 'longer', minutes: 481, horizonDays: 0 }])).toEqual([
      { path: 'minimumNoticeMinutes', code: 'min' },
      { path: 'horizonDays', code: 'max' },
      { path: 'mostPerDay', code: 'min' },
      { path: 'services.1.horizonDays', code: 'min' },
      { path: 'services.1.minutes', code: 'max' },
    ]);
  });

  it('need a service, and each only once', () => {
    expect(ruleMistakes(usualRules, [])).toEqual([{ path: 'services', code: 'required' }]);
    expect(ruleMistakes(usualRules, [visit, visit])).toEqual([
      { path: 'services.1.serviceId', code: 'calendars.twice' },
    ]);
  });

  it('set the grid by themselves, or by the lengths of the services', () => {
    const long = { ...visit, serviceId: 'long', minutes: 45 };
    expect(gridOf(usualRules, [visit, long])).toBe(15);
    expect(gridOf({ ...usualRules, gridMinutes: 20 }, [visit, long])).toBe(20);
  });
});
