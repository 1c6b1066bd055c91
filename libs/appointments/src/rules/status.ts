/** FHIR R4's codes for an appointment that the portal uses. */
export const statuses = [
  'pending',
  'booked',
  'arrived',
  'checked-in',
  'fulfilled',
  'noshow',
  'cancelled',
  'entered-in-error',
] as const;
export type Status = (typeof statuses)[number];

export type Step = 'confirm' | 'reject' | 'expire' | 'cancel' | 'move' | 'arrive' | 'miss' | 'admit' | 'fulfil';

/** What may happen to an appointment in each state, and where it leads (domain.md, States of an appointment). */
export const moves = {
  pending: { confirm: 'booked', reject: 'cancelled', expire: 'cancelled', cancel: 'cancelled', move: 'pending' },
  booked: { arrive: 'arrived', miss: 'noshow', cancel: 'cancelled', move: 'booked' },
  arrived: { admit: 'checked-in', fulfil: 'fulfilled' },
  'checked-in': { fulfil: 'fulfilled' },
  fulfilled: {},
  noshow: {},
  cancelled: {},
  'entered-in-error': {},
} as const satisfies Record<Status, Partial<Record<Step, Status>>>;

/** What happens at the desk on the day of the visit. */
export const deskSteps = ['arrive', 'admit', 'fulfil', 'miss'] as const satisfies readonly Step[];
export type DeskStep = (typeof deskSteps)[number];

/** The state after a step, or null when the step is not possible from there. */
export function after(status: Status, step: Step): Status | null {
  const row: Partial<Record<Step, Status>> = moves[status];
  return row[step] ?? null;
}

const occupying: ReadonlySet<Status> = new Set(['pending', 'booked', 'arrived', 'checked-in', 'fulfilled']);

/** Whether an appointment in this state takes its resources' time. */
export const occupies = (status: Status): boolean => occupying.has(status);
