import type { StepLetter } from '../queries/letter-of-step.js';
import type { LetterKind } from '../rules/notice-kinds.js';

type Step = Pick<StepLetter, 'kind' | 'actorKind' | 'fromStatus' | 'toStatus'> & { reasonCode?: string };

const patient = 'patient';
const staff = 'staff';
const system = 'system';

/** The step that leads to each letter. */
const steps: Readonly<Record<LetterKind, Step>> = {
  booked: { kind: 'booked', actorKind: patient, fromStatus: null, toStatus: 'booked' },
  requested: { kind: 'requested', actorKind: patient, fromStatus: null, toStatus: 'pending' },
  confirmed: { kind: 'confirmed', actorKind: staff, fromStatus: 'pending', toStatus: 'booked' },
  rejected: { kind: 'rejected', actorKind: staff, fromStatus: 'pending', toStatus: 'cancelled' },
  expired: { kind: 'expired', actorKind: system, fromStatus: 'pending', toStatus: 'cancelled' },
  moved: { kind: 'moved', actorKind: patient, fromStatus: 'booked', toStatus: 'booked' },
  'moved-by-clinic': { kind: 'moved', actorKind: staff, fromStatus: 'booked', toStatus: 'booked' },
  'move-requested': { kind: 'move-requested', actorKind: patient, fromStatus: 'booked', toStatus: 'pending' },
  'request-moved': { kind: 'moved', actorKind: patient, fromStatus: 'pending', toStatus: 'pending' },
  'move-rejected': { kind: 'rejected', actorKind: staff, fromStatus: 'pending', toStatus: 'booked' },
  'move-expired': { kind: 'expired', actorKind: system, fromStatus: 'pending', toStatus: 'booked' },
  'details-changed': { kind: 'details-changed', actorKind: staff, fromStatus: 'booked', toStatus: 'booked' },
  cancelled: { kind: 'cancelled', actorKind: patient, fromStatus: 'booked', toStatus: 'cancelled' },
  'cancelled-by-clinic': {
    kind: 'cancelled',
    actorKind: staff,
    fromStatus: 'booked',
    toStatus: 'cancelled',
    reasonCode: 'clinic-practitioner-ill',
  },
  'cancelled-by-system': { kind: 'cancelled', actorKind: system, fromStatus: 'booked', toStatus: 'cancelled' },
  offered: { kind: 'offered', actorKind: system, fromStatus: 'booked', toStatus: 'booked' },
  'offered-nothing': {
    kind: 'offered',
    actorKind: system,
    fromStatus: 'booked',
    toStatus: 'booked',
    reasonCode: 'nothing-free',
  },
  reinstated: { kind: 'reinstated', actorKind: system, fromStatus: 'booked', toStatus: 'booked' },
};

const changesTime: ReadonlySet<LetterKind> = new Set(['moved', 'moved-by-clinic', 'move-requested', 'request-moved']);

/** A step as if it had led to a letter of this kind: how a letter looks that was never sent. */
export function asIf(told: StepLetter, kind: LetterKind): StepLetter {
  const { view } = told;
  const { reasonCode = null, ...step } = steps[kind];
  const days = (n: number): Temporal.Instant => view.start.add({ hours: 24 * n });
  const { address, city, postalCode } = view.branch;
  const isElsewhere = kind === 'details-changed';
  // The same place without a room would look as if the room had been taken away.
  const room = isElsewhere ? (view.branch.room ?? '12') : view.branch.room;
  return {
    ...told,
    ...step,
    reasonCode,
    fromStart: changesTime.has(kind) ? days(-1) : null,
    fromPlace: isElsewhere ? { address, city, postalCode, room: room === '1' ? '2' : '1' } : null,
    offered: kind === 'offered' ? [days(1), days(2)] : [],
    offeredUntil: kind === 'offered' ? days(-1) : null,
    view: {
      ...view,
      branch: { ...view.branch, room },
      status: step.toStatus,
      answerDueAt: step.toStatus === 'pending' ? days(-2) : null,
    },
  };
}
