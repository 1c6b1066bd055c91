import { describe, expect, it } from '@jest/globals';
import { type Country, holidaysOf } from '#libs/holidays';
import {
  type DayDecision,
  dayRuleOf,
  type DecidedDay,
  movesToTakeOver,
  type ProposedDay,
  shorteningsToTakeOver,
} from './clinic-days.js';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** The year as the law has it, with what was decided on some days. */
const yearOf = (country: Country, year: number, decided: Record<string, DayDecision> = {}): ProposedDay[] =>
  holidaysOf(country, year).map((holiday) => ({ holiday, decided: decided[holiday.date.toString()] }));

const written = (days: readonly DecidedDay[]): string[] =>
  days.map(({ day: on, decision: { kind, worksAs, shorterBy } }) =>
    [on.toString(), kind, worksAs, shorterBy].filter((each) => each !== null).join(' '),
  );
const byDay = (days: readonly DecidedDay[]): Record<string, DayDecision> =>
  Object.fromEntries(days.map(({ day: on, decision }) => [on.toString(), decision]));

describe('a day of a clinic', () => {
  it.each([
    ['LV', '2026-02-24', true],
    ['EE', '2026-02-24', false],
    ['LV', '2026-04-06', false],
    ['EE', '2026-04-06', true],
    ['LV', '2026-05-04', false],
    ['EE', '2026-05-04', true],
    ['LV', '2026-11-18', false],
    ['EE', '2026-11-18', true],
    ['LV', '2026-12-31', false],
    ['EE', '2026-12-31', true],
  ] as const)('in %s on %s is open: %s, while nobody says otherwise', (country, date, isOpen) => {
    expect(dayRuleOf(day(date), country, undefined)).toMatchObject({ isOpen, shorterBy: 0 });
  });

  it('does what the clinic says, on a holiday too', () => {
    const rule = (decision: DayDecision) => dayRuleOf(day('2026-11-18'), 'LV', decision);
    expect(rule({ kind: 'open', worksAs: null, shorterBy: null })).toEqual({ isOpen: true, worksAs: 3, shorterBy: 0 });
    expect(rule({ kind: 'works-as', worksAs: 6, shorterBy: 60 })).toEqual({ isOpen: true, worksAs: 6, shorterBy: 60 });
    expect(rule({ kind: 'closed', worksAs: null, shorterBy: null }).isOpen).toBe(false);
    expect(rule({ kind: 'shortened', worksAs: null, shorterBy: 90 }).shorterBy).toBe(90);
  });
});

describe('what the state moves', () => {
  it('is taken over as days off and Saturdays that work as those days would have', () => {
    expect(written(movesToTakeOver(yearOf('LV', 2026)))).toEqual([
      '2026-01-02 closed',
      '2026-01-17 works-as 5',
      '2026-06-22 closed',
      '2026-06-27 works-as 1',
    ]);
    expect(movesToTakeOver(yearOf('EE', 2026))).toEqual([]);
  });

  it('is taken over once', () => {
    const moved = byDay(movesToTakeOver(yearOf('LV', 2026)));
    expect(movesToTakeOver(yearOf('LV', 2026, moved))).toEqual([]);
  });

  it('shortens the Saturday that stands for the day before a holiday, in whichever order both are taken over', () => {
    const moves = byDay(movesToTakeOver(yearOf('LV', 2026)));
    const shortenedLater = { ...moves, ...byDay(shorteningsToTakeOver(yearOf('LV', 2026, moves))) };
    const shortened = byDay(shorteningsToTakeOver(yearOf('LV', 2026)));
    const movedLater = { ...shortened, ...byDay(movesToTakeOver(yearOf('LV', 2026, shortened))) };
    expect(movedLater).toEqual(shortenedLater);
    expect(movedLater['2026-06-27']).toEqual({ kind: 'works-as', worksAs: 1, shorterBy: 60 });
    expect(movedLater['2026-06-22']?.kind).toBe('closed');
  });
});

describe('shortened days', () => {
  it('are an hour in Latvia and three in Estonia, on days that are worked', () => {
    expect(written(shorteningsToTakeOver(yearOf('EE', 2026)))).toEqual([
      '2026-02-23 shortened 180',
      '2026-06-22 shortened 180',
      '2026-12-23 shortened 180',
      '2026-12-31 shortened 180',
    ]);
    expect(written(shorteningsToTakeOver(yearOf('LV', 2026)))).toContain('2026-04-02 shortened 60');
  });

  it('leave alone a day that the clinic keeps closed or shorter already', () => {
    const own = {
      '2026-02-23': { kind: 'closed', worksAs: null, shorterBy: null },
      '2026-06-22': { kind: 'shortened', worksAs: null, shorterBy: 240 },
    } as const;
    expect(written(shorteningsToTakeOver(yearOf('EE', 2026, own)))).toEqual([
      '2026-12-23 shortened 180',
      '2026-12-31 shortened 180',
    ]);
  });
});

it('the festival of 2028 is no move: each clinic closes it for itself', () => {
  expect(movesToTakeOver(yearOf('LV', 2028))).toEqual([]);
});
