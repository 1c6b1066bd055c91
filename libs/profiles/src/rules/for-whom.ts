import type { TargetGroup } from './target-groups.js';

export const ageUnits = ['years', 'months'] as const;
export type AgeUnit = (typeof ageUnits)[number];
export const sexes = ['female', 'male'] as const;
export type Sex = (typeof sexes)[number];
export const visitKinds = ['first', 'repeat'] as const;
export type VisitKind = (typeof visitKinds)[number];

/** For whom a service is. Ages are in completed years or months on the day of the visit, both ends included. */
export interface ForWhom {
  ageFrom: number | null;
  ageFromUnit: AgeUnit;
  ageTo: number | null;
  ageToUnit: AgeUnit;
  sex: Sex | null;
  visitKind: VisitKind | null;
  targetGroups: readonly TargetGroup[];
}

/** What is known or was said of a person; null: unknown. `group` is none when they said that no group is theirs. */
export interface Traits {
  birthDate: Temporal.PlainDate | null;
  sex: Sex | null;
  visit: VisitKind | null;
  group: TargetGroup | 'none' | null;
}

/** Why a service is not for somebody; a key below `refusals.why.`. */
export type NotForThem =
  'too-young' | 'too-old' | 'other-sex' | 'first-visit-only' | 'repeat-visit-only' | 'other-group';

/**
 * Completed months of life on a day. A month is completed on the day of the same number; where a month has no such day, on
 * the first of the next one: whoever was born on 29 February is a year older on 1 March of a common year (faults.md D7).
 */
export const completedMonths = (birth: Temporal.PlainDate, day: Temporal.PlainDate): number =>
  (day.year - birth.year) * 12 + (day.month - birth.month) - (day.day < birth.day ? 1 : 0);

/** The age on a day in completed years or months; the same rule for both. */
export const ageOn = (birth: Temporal.PlainDate, day: Temporal.PlainDate, unit: AgeUnit): number =>
  unit === 'months' ? completedMonths(birth, day) : Math.floor(completedMonths(birth, day) / 12);

/** Whether the age on the day of the visit is one that the service is for. */
export function ageFits(
  service: ForWhom,
  birth: Temporal.PlainDate,
  day: Temporal.PlainDate,
): 'too-young' | 'too-old' | null {
  if (service.ageFrom !== null && ageOn(birth, day, service.ageFromUnit) < service.ageFrom) return 'too-young';
  if (service.ageTo !== null && ageOn(birth, day, service.ageToUnit) > service.ageTo) return 'too-old';
  return null;
}

/** What must be known of a person to tell whether the service is for them, and is not. */
export type Unknown = 'birth-date' | 'sex' | 'visit' | 'group';

/**
 * Whether a service is for somebody on a day of the branch's zone.
 * @returns what is missing for the answer, and the first reason against it
 */
export function isForThem(
  service: ForWhom,
  { birthDate, sex, visit, group }: Traits,
  day: Temporal.PlainDate,
): { missing: Unknown[]; why: NotForThem | null } {
  const hasAges = service.ageFrom !== null || service.ageTo !== null;
  const missing: Unknown[] = [];
  if (hasAges && birthDate === null) missing.push('birth-date');
  if (service.sex !== null && sex === null) missing.push('sex');
  if (service.visitKind !== null && visit === null) missing.push('visit');
  if (service.targetGroups.length > 0 && group === null) missing.push('group');
  const age = hasAges && birthDate !== null ? ageFits(service, birthDate, day) : null;
  if (age !== null) return { missing, why: age };
  if (service.sex !== null && sex !== null && sex !== service.sex) return { missing, why: 'other-sex' };
  if (service.visitKind !== null && visit !== null && visit !== service.visitKind)
    return { missing, why: service.visitKind === 'first' ? 'first-visit-only' : 'repeat-visit-only' };
  const isOthers = group !== null && (group === 'none' || !service.targetGroups.includes(group));
  return { missing, why: service.targetGroups.length > 0 && isOthers ? 'other-group' : null };
}
