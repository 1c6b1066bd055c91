import { type Country, type Holiday, isPublicHoliday } from '#libs/holidays';
import { type DayRule, ordinaryDay } from './day-rule.js';

/** How a clinic keeps a day: as its weekday although it is a holiday, not at all, as another weekday, or shorter. */
export const clinicDayKinds = ['open', 'closed', 'works-as', 'shortened'] as const;
export type ClinicDayKind = (typeof clinicDayKinds)[number];

/** What is done on a day otherwise than law and weekday say. */
export interface DayDecision {
  readonly kind: ClinicDayKind;
  /** ISO weekday, of `works-as` only. */
  readonly worksAs: number | null;
  /** Minutes, of `shortened` and, where that day ends earlier too, of `works-as`. */
  readonly shorterBy: number | null;
}

const decision = (
  kind: ClinicDayKind,
  worksAs: number | null = null,
  shorterBy: number | null = null,
): DayDecision => ({
  kind,
  worksAs,
  shorterBy,
});

/** What is done with the weekly hours on a day: as the clinic decided, else closed on a public holiday of its country. */
export function dayRuleOf(day: Temporal.PlainDate, country: Country, decided: DayDecision | undefined): DayRule {
  const usual = ordinaryDay(day);
  if (!decided) return { ...usual, isOpen: !isPublicHoliday(country, day) };
  return {
    isOpen: decided.kind !== 'closed',
    worksAs: decided.worksAs ?? usual.worksAs,
    shorterBy: decided.shorterBy ?? 0,
  };
}

/**
 * What a clinic would decide that followed the state on this day; null: there is nothing to take over, because the law
 * binds everybody. Moved days (Labour Law of Latvia section 133 (4)) bind state institutions, shortened ones (section 135,
 * Töölepingu seadus § 53) an employer and not the hours that patients can book.
 */
export function stateDecides({ kind, counterpart, hours, isPlanned }: Holiday): DayDecision | null {
  const minutes = hours === undefined ? null : hours * 60;
  switch (kind) {
    case 'moved-off':
      return decision('closed');
    case 'moved-work':
      return counterpart ? decision('works-as', counterpart.dayOfWeek, minutes) : null;
    case 'shortened':
      return decision('shortened', null, minutes);
    default:
      return isPlanned ? decision('closed') : null;
  }
}

/** A day of the law with what a clinic decided on it so far. */
export interface ProposedDay {
  readonly holiday: Holiday;
  readonly decided: DayDecision | undefined;
}

export interface DecidedDay {
  readonly day: Temporal.PlainDate;
  readonly decision: DayDecision;
}

const isMove = ({ kind }: Holiday): boolean => kind === 'moved-off' || kind === 'moved-work';

/**
 * The decisions that follow the state's moved working days. A day worked on a Saturday is as short as the day it stands for
 * would have been only where the clinic shortens such days.
 */
export function movesToTakeOver(days: readonly ProposedDay[]): DecidedDay[] {
  const shortens = days.some(({ decided }) => decided?.shorterBy);
  return days.flatMap(({ holiday, decided }) => {
    const state = isMove(holiday) ? stateDecides(holiday) : null;
    if (!state || (decided?.kind === state.kind && decided.worksAs === state.worksAs)) return [];
    return [{ day: holiday.date, decision: { ...state, shorterBy: shortens ? state.shorterBy : null } }];
  });
}

/** The decisions that follow the state's shortened days, on days that are worked. */
export function shorteningsToTakeOver(days: readonly ProposedDay[]): DecidedDay[] {
  return days.flatMap(({ holiday, decided }) => {
    if (holiday.hours === undefined) return [];
    const shorterBy = holiday.hours * 60;
    if (holiday.kind === 'moved-work')
      return decided?.kind === 'works-as' && decided.shorterBy === null
        ? [{ day: holiday.date, decision: { ...decided, shorterBy } }]
        : [];
    const isFree = decided === undefined || decided.kind === 'open';
    return holiday.kind === 'shortened' && isFree
      ? [{ day: holiday.date, decision: decision('shortened', null, shorterBy) }]
      : [];
  });
}
