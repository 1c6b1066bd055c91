import { type Country, holidaysOf } from '#libs/holidays';
import type { PlannedClinic } from './clinic-plan.js';

/** A day that a clinic keeps otherwise than the law says. */
export interface KeptDay {
  readonly clinic: PlannedClinic;
  readonly day: Temporal.PlainDate;
  readonly kind: 'open' | 'shortened';
  readonly shorterBy: number | null;
  readonly note: string | null;
}

/** Days on which nobody would believe that a clinic works. */
const heldByEverybody = new Set(['12-25', '01-01']);

function daysAhead(country: Country, today: Temporal.PlainDate, days: number) {
  const last = today.add({ days });
  const { compare } = Temporal.PlainDate;
  return [today.year, today.year + 1]
    .flatMap((year) => holidaysOf(country, year))
    .filter(({ date }) => compare(date, today.add({ days: 7 })) > 0 && compare(date, last) <= 0)
    .filter(({ date }) => date.dayOfWeek < 6 && !heldByEverybody.has(date.toString().slice(5)));
}

/**
 * Within the next days one clinic of Latvia stays open on a public holiday, and one of Estonia closes earlier before one:
 * where the calendar has such a day.
 */
export function planKeptDays(
  clinics: readonly PlannedClinic[],
  today: Temporal.PlainDate,
  days: number,
): readonly KeptDay[] {
  const kept: KeptDay[] = [];
  const latvian = clinics.find(({ data }) => data.country === 'LV');
  const open = daysAhead('LV', today, days).findLast(({ kind, isPlanned }) => kind === 'holiday' && !isPlanned);
  if (latvian && open)
    kept.push({ clinic: latvian, day: open.date, kind: 'open', shorterBy: null, note: 'Strādājam kā parasti' });
  const estonian = clinics.find(({ data }) => data.country === 'EE');
  const shorter = daysAhead('EE', today, days).find(({ kind }) => kind === 'shortened');
  if (estonian && shorter)
    kept.push({
      clinic: estonian,
      day: shorter.date,
      kind: 'shortened',
      shorterBy: (shorter.hours ?? 3) * 60,
      note: null,
    });
  return kept;
}
