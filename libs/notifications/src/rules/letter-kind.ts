import type { ActorKind, EventKind, Status } from '#libs/appointments';
import type { LetterKind } from './notice-kinds.js';

/** What a letter needs to know of the step that it tells of. */
export interface Step {
  kind: EventKind;
  actorKind: ActorKind;
  fromStatus: Status | null;
  toStatus: Status;
  reasonCode?: string | null;
}

const byClinic = (step: Step): boolean => step.actorKind === 'staff' || step.actorKind === 'system';

/**
 * Which letter tells of a step. A rejected or unanswered move leaves the appointment where it was, which is another
 * letter than a rejected request.
 */
export function letterKindOf(step: Step): LetterKind {
  switch (step.kind) {
    case 'rejected':
      return step.toStatus === 'cancelled' ? 'rejected' : 'move-rejected';
    case 'expired':
      return step.toStatus === 'cancelled' ? 'expired' : 'move-expired';
    case 'moved':
    case 'move-requested':
      if (step.toStatus === 'pending') return step.fromStatus === 'pending' ? 'request-moved' : 'move-requested';
      return byClinic(step) ? 'moved-by-clinic' : 'moved';
    case 'offered':
      return step.reasonCode === 'nothing-free' ? 'offered-nothing' : 'offered';
    case 'cancelled':
      if (step.actorKind === 'system') return 'cancelled-by-system';
      return byClinic(step) ? 'cancelled-by-clinic' : 'cancelled';
    case 'arrived':
    case 'admitted':
    case 'fulfilled':
    case 'missed':
    case 'undone':
      throw new Error(`nobody is told of a step of the kind ${step.kind}`);
    default:
      return step.kind;
  }
}

/** What the invitation of a letter asks the calendar to do (RFC 5546 § 3.2.2, § 3.2.5). */
export type InvitationMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';
export type InvitationStatus = 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';

export function invitationStatusOf(status: Status): InvitationStatus {
  if (status === 'pending') return 'TENTATIVE';
  return status === 'cancelled' || status === 'entered-in-error' ? 'CANCELLED' : 'CONFIRMED';
}

/** A visit that will not take place leaves the calendar; anything else updates the same event. */
export const methodOf = (status: Status): 'REQUEST' | 'CANCEL' =>
  invitationStatusOf(status) === 'CANCELLED' ? 'CANCEL' : 'REQUEST';

/** A letter about times to choose from changes nothing in the calendar: the visit stands where it was until the answer. */
export const hasInvitation = (kind: LetterKind): boolean => kind !== 'offered' && kind !== 'offered-nothing';
