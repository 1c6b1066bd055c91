import type { Permission } from '#libs/access';
import type { WhyNotBookable } from '#libs/calendars';

/** Against what staff may book: outside working time, over a quota or daily limit, beside another visit (F089, R4-10). */
export const overrideKinds = ['outside-hours', 'over-quota', 'beside'] as const;
export type OverrideKind = (typeof overrideKinds)[number];

/** Why staff do it; history keeps it, with a note where they wrote one. */
export const overrideReasons = [
  'urgent',
  'practitioner-agreed',
  'short-visit',
  'comes-together',
  'our-mistake',
  'other',
] as const;
export type OverrideReason = (typeof overrideReasons)[number];

/** What staff knowingly override: the kinds that they were warned of, and why. */
export interface Override {
  kinds: readonly OverrideKind[];
  reason: OverrideReason;
  note: string | null;
}

/** What each reason against a time is a kind of; null: nobody can override it. */
const kindOf: Record<WhyNotBookable, OverrideKind | null> = {
  'in-the-past': null,
  'too-soon': 'outside-hours',
  'too-far': 'outside-hours',
  'not-published': 'outside-hours',
  paused: 'outside-hours',
  'outside-hours': 'outside-hours',
  'off-grid': 'outside-hours',
  'other-services': 'outside-hours',
  'day-full': 'over-quota',
  'quota-used': 'over-quota',
  taken: 'beside',
  'no-room': 'beside',
};

/** Each kind is a right of its own. */
export const permissionOf = {
  'outside-hours': 'appointments.override-hours',
  'over-quota': 'appointments.override-quota',
  beside: 'appointments.override-beside',
} as const satisfies Record<OverrideKind, Permission>;

/** What it takes to book against all of these reasons at once; null when nobody can. */
export function kindsOf(whys: readonly WhyNotBookable[]): OverrideKind[] | null {
  const kinds = new Set(whys.map((why) => kindOf[why]));
  return kinds.has(null) ? null : overrideKinds.filter((kind) => kinds.has(kind));
}

/** The first reason of which staff were not warned, so that they are asked anew: it came up in between. */
export const unseen = (whys: readonly WhyNotBookable[], seen: readonly OverrideKind[]): WhyNotBookable | null =>
  whys.find((why) => {
    const kind = kindOf[why];
    return kind === null || !seen.includes(kind);
  }) ?? null;
