import type { OfferedService, PlannedCalendar } from './calendar-plan.js';
import type { PlannedOpening } from './opening-plan.js';
import type { Random } from './random.js';

export type Origin = 'portal' | 'phone' | 'desk' | 'email';

/** One appointment before it has a patient; times are epoch milliseconds. */
export interface PlannedAppointment {
  readonly calendar: PlannedCalendar;
  readonly offer: OfferedService;
  readonly start: number;
  readonly end: number;
  /** The zone's distance from UTC on that day. */
  readonly offset: number;
  readonly status: 'pending' | 'booked' | 'cancelled';
  readonly origin: Origin;
  readonly createdAt: number;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly kind: 'requested' | 'booked' | 'confirmed' | 'moved' | 'cancelled';
  readonly at: number;
  readonly by: 'patient' | 'staff';
  readonly from: 'pending' | 'booked' | null;
  readonly to: 'pending' | 'booked' | 'cancelled';
  /** Where it stood before a move. */
  readonly movedFrom?: { readonly start: number; readonly end: number };
  readonly reason?: 'patient-asked' | 'clinic-practitioner-ill';
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How often a visit that could be is taken: with what is left over at the ends of openings, 60 % of the near month's time is,
 * and less and less after it.
 */
export function takenShare(distance: number): number {
  const days = distance / day;
  if (days < 30) return 0.9 - (0.45 * days) / 30;
  if (days < 60) return 0.32;
  return 0.13;
}

const takenShareOfPast = 0.9;

const origins = [
  { origin: 'portal', weight: 9 },
  { origin: 'phone', weight: 6 },
  { origin: 'desk', weight: 4 },
  { origin: 'email', weight: 1 },
] as const;

/** Start, end and service of each time taken in an opening, in order; they and their buffers do not overlap. */
function* timesTaken(
  calendar: PlannedCalendar,
  opening: PlannedOpening,
  share: number,
  random: Random,
): Generator<{ offer: OfferedService; start: number; end: number }> {
  const grid = calendar.gridMinutes * minute;
  const onGrid = (from: number): number => opening.start + Math.ceil((from - opening.start) / grid) * grid;
  let free = opening.start;
  while (free < opening.end) {
    const offer = random.weighted(calendar.offers);
    const start = onGrid(free + offer.before * minute);
    const end = start + offer.minutes * minute;
    if (end + offer.after * minute > opening.end) return;
    if (random.chance(share)) {
      yield { offer, start, end };
      free = end + offer.after * minute;
    } else {
      free = end;
    }
  }
}

/** What has happened to the appointment until now, from its making on. */
export function history(
  calendar: PlannedCalendar,
  start: number,
  end: number,
  now: number,
  random: Random,
): Pick<PlannedAppointment, 'status' | 'origin' | 'createdAt' | 'steps'> {
  const { origin } = random.weighted(origins);
  const by = origin === 'portal' ? 'patient' : 'staff';
  const latest = Math.min(start - 2 * hour, now - 5 * minute);
  const seconds = (span: number): number => Math.floor(random.below(Math.max(1, Math.floor(span / 1000))) * 1000);
  const asked = calendar.confirmation === 'manual' && origin === 'portal';

  if (asked && start - now > day && random.chance(0.12)) {
    const at = now - 5 * minute - seconds(20 * hour);
    return {
      status: 'pending',
      origin,
      createdAt: at,
      steps: [{ kind: 'requested', at, by, from: null, to: 'pending' }],
    };
  }

  const createdAt = latest - 12 * hour - seconds(28 * day);
  const steps: Step[] = asked
    ? [
        { kind: 'requested', at: createdAt, by, from: null, to: 'pending' },
        {
          kind: 'confirmed',
          at: createdAt + 10 * minute + seconds(8 * hour),
          by: 'staff',
          from: 'pending',
          to: 'booked',
        },
      ]
    : [{ kind: 'booked', at: createdAt, by, from: null, to: 'booked' }];
  const later = createdAt + 9 * hour + seconds(latest - createdAt - 9 * hour);
  const lot = random.below(100);
  if (lot < 5) {
    const ill = random.chance(0.2);
    steps.push({
      kind: 'cancelled',
      at: later,
      by: ill ? 'staff' : by,
      from: 'booked',
      to: 'cancelled',
      reason: ill ? 'clinic-practitioner-ill' : 'patient-asked',
    });
    return { status: 'cancelled', origin, createdAt, steps };
  }
  if (lot < 8) {
    const before = (1 + random.below(10)) * day;
    steps.push({
      kind: 'moved',
      at: later,
      by,
      from: 'booked',
      to: 'booked',
      movedFrom: { start: start + before, end: end + before },
    });
  }
  return { status: 'booked', origin, createdAt, steps };
}

/**
 * The appointments of one practitioner: the future by `takenShare`, then the past from yesterday backwards until there are
 * `wanted` in all, or until the openings end.
 */
export function planAppointments(
  calendars: readonly { readonly calendar: PlannedCalendar; readonly openings: readonly PlannedOpening[] }[],
  now: number,
  wanted: number,
  random: Random,
): readonly PlannedAppointment[] {
  const all = calendars.flatMap(({ calendar, openings }) => openings.map((opening) => ({ calendar, opening })));
  const future = all.filter(({ opening }) => opening.end > now).sort((a, b) => a.opening.start - b.opening.start);
  const past = all.filter(({ opening }) => opening.end <= now).sort((a, b) => b.opening.start - a.opening.start);
  const planned: PlannedAppointment[] = [];
  for (const { calendar, opening } of [...future, ...past]) {
    const share = opening.end > now ? takenShare(Math.max(0, opening.start - now)) : takenShareOfPast;
    for (const { offer, start, end } of timesTaken(calendar, opening, share, random)) {
      if (planned.length >= wanted) return planned;
      planned.push({
        calendar,
        offer,
        start,
        end,
        offset: opening.offset,
        ...history(calendar, start, end, now, random),
      });
    }
  }
  return planned;
}
