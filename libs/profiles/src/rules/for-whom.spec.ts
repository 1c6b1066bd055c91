import { describe, expect, it } from '@jest/globals';
import { ageFits, ageOn, completedMonths, type ForWhom, isForThem } from './for-whom.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const everybody: ForWhom = {
  ageFrom: null,
  ageFromUnit: 'years',
  ageTo: null,
  ageToUnit: 'years',
  sex: null,
  visitKind: null,
  targetGroups: [],
};
const nothingKnown = { birthDate: null, sex: null, visit: null, group: null } as const;

describe('age', () => {
  it('is a year more on the birthday itself', () => {
    expect(ageOn(day('2008-12-10'), day('2026-12-09'), 'years')).toBe(17);
    expect(ageOn(day('2008-12-10'), day('2026-12-10'), 'years')).toBe(18);
  });

  it.each([18, 19, 63, 65])('%i of one born on 29 February begins on 1 March of a common year', (age) => {
    const birth = day('2008-02-29').subtract({ years: 0 });
    const year = 2008 + age;
    const isLeap = day(`${year}-01-01`).inLeapYear;
    expect(ageOn(birth, day(`${year}-02-28`), 'years')).toBe(age - 1);
    if (isLeap) expect(ageOn(birth, day(`${year}-02-29`), 'years')).toBe(age);
    expect(ageOn(birth, day(`${year}-03-01`), 'years')).toBe(age);
  });

  it('is right for a visit on 29 February', () => {
    expect(ageOn(day('2010-02-28'), day('2028-02-29'), 'years')).toBe(18);
    expect(ageOn(day('2010-03-01'), day('2028-02-29'), 'years')).toBe(17);
    expect(ageOn(day('2008-02-29'), day('2028-02-29'), 'years')).toBe(20);
  });

  it('of children is counted in completed months', () => {
    expect(completedMonths(day('2026-01-31'), day('2026-02-28'))).toBe(0);
    expect(completedMonths(day('2026-01-31'), day('2026-03-01'))).toBe(1);
    expect(completedMonths(day('2026-01-31'), day('2026-03-31'))).toBe(2);
    expect(completedMonths(day('2026-01-15'), day('2027-01-14'))).toBe(11);
    expect(completedMonths(day('2026-01-15'), day('2027-01-15'))).toBe(12);
  });
});

describe('a service for some ages', () => {
  const children = { ...everybody, ageFrom: 6, ageFromUnit: 'months', ageTo: 17 } as const;

  it('takes both ends', () => {
    const visit = day('2026-12-10');
    expect(ageFits(children, day('2026-06-11'), visit)).toBe('too-young');
    expect(ageFits(children, day('2026-06-10'), visit)).toBeNull();
    expect(ageFits(children, day('2008-12-11'), visit)).toBeNull();
    expect(ageFits(children, day('2008-12-10'), visit)).toBe('too-old');
  });

  it('asks for the birth date where it is not known', () => {
    expect(isForThem(children, nothingKnown, day('2026-12-10'))).toEqual({ missing: ['birth-date'], why: null });
  });
});

describe('a service', () => {
  const visit = day('2026-12-10');

  it('for everybody asks for nothing', () => {
    expect(isForThem(everybody, nothingKnown, visit)).toEqual({ missing: [], why: null });
  });

  it.each([
    [{ sex: 'female' }, { sex: 'male' }, 'other-sex'],
    [{ visitKind: 'first' }, { visit: 'repeat' }, 'first-visit-only'],
    [{ visitKind: 'repeat' }, { visit: 'first' }, 'repeat-visit-only'],
    [{ targetGroups: ['pregnant'] }, { group: 'none' }, 'other-group'],
    [{ targetGroups: ['pregnant'] }, { group: 'pensioner' }, 'other-group'],
  ] as const)('for %o is not for %o', (limits, traits, why) => {
    const service = { ...everybody, ...limits };
    expect(isForThem(service, { ...nothingKnown, ...traits }, visit).why).toBe(why);
    expect(isForThem(service, nothingKnown, visit)).toMatchObject({ missing: [expect.any(String)], why: null });
  });
});
