import {
  type DayDecision,
  type DecidedDay,
  type KeptClinicDay,
  type KeptDaysPlace,
  movesToTakeOver,
  shorteningsToTakeOver,
} from '#libs/calendars';
import { closesByLaw, type Holiday, holidaysOf } from '#libs/holidays';

/** A day of the year that is not like others, by law or because the clinic says so. */
export interface YearDay {
  day: Temporal.PlainDate;
  /** What the law says of it; nothing where only the clinic does. */
  law: readonly Holiday[];
  /** What holds at the place that is shown. */
  decided: DayDecision | undefined;
  /** Of the place itself, not of all branches. */
  isOwn: boolean;
  note: string | null;
  changedBy: string | null;
  /** Where all branches are shown: those that do otherwise. */
  exceptions: readonly KeptClinicDay[];
}

/** Every day of a year that law or clinic names, for all branches of a country or for one of them. */
export function yearOfPlace(place: KeptDaysPlace, year: number, kept: readonly KeptClinicDay[]): YearDay[] {
  const here = kept.filter(({ country }) => country === place.country);
  const law = Map.groupBy(holidaysOf(place.country, year), ({ date }) => date.toString());
  const named = here.filter(
    ({ branchId }) => place.branchId === null || branchId === null || branchId === place.branchId,
  );
  const days = new Set([...law.keys(), ...named.map(({ day }) => day.toString())]);
  return [...days].sort().map((text) => {
    const day = Temporal.PlainDate.from(text);
    const ofDay = here.filter((each) => each.day.equals(day));
    const own = ofDay.find(({ branchId }) => branchId === place.branchId);
    const holding = own ?? ofDay.find(({ branchId }) => branchId === null);
    return {
      day,
      law: law.get(text) ?? [],
      decided: holding?.decision,
      isOwn: own !== undefined,
      note: holding?.note ?? null,
      changedBy: holding?.changedBy ?? null,
      exceptions: place.branchId === null ? ofDay.filter(({ branchId }) => branchId !== null) : [],
    };
  });
}

/** Whether nothing can be booked that day while nobody decides otherwise. */
export const isClosedByLaw = ({ law }: YearDay): boolean => law.some(closesByLaw);

/** What following the state would still change, from `today` on. A Saturday is worked only for a day off to come. */
export function toTakeOver(
  days: readonly YearDay[],
  what: 'moves' | 'shortened',
  today: Temporal.PlainDate,
): DecidedDay[] {
  const { compare } = Temporal.PlainDate;
  const proposed = days.flatMap(({ law, decided }) => law.map((holiday) => ({ holiday, decided })));
  const ahead = proposed.filter(
    ({ holiday: { date, counterpart } }) =>
      compare(date, today) >= 0 && (!counterpart || compare(counterpart, today) >= 0),
  );
  return what === 'moves' ? movesToTakeOver(ahead) : shorteningsToTakeOver(ahead);
}

/** A decision as a form sends it. */
export function choiceOf(decision: DayDecision | undefined): string {
  if (!decision) return 'usual';
  const { kind, worksAs, shorterBy } = decision;
  return [kind, worksAs, shorterBy].filter((each) => each !== null).join(':');
}

/** What a form sent; null: as usual. */
export function decisionOf(choice: string): DayDecision | null {
  const [kind = '', first, second] = choice.split(':');
  const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
  if (kind === 'open' || kind === 'closed') return { kind, worksAs: null, shorterBy: null };
  if (kind === 'works-as') return { kind, worksAs: number(first), shorterBy: number(second) };
  if (kind === 'shortened') return { kind, worksAs: null, shorterBy: number(first) };
  return null;
}
