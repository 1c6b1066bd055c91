import type { ActorKind } from '../appointment.entity.js';
import type { EventKind } from '../appointment-event.entity.js';
import type { Status } from './status.js';

/** For how long staff may undo a move, a cancellation or a rejection, in seconds; no letter leaves before. */
export const undoSeconds = 10;

/** After how long the letter of such a step leaves, in seconds: clocks of two machines differ a little. */
export const heldSeconds = undoSeconds + 2;

/** The last step in an appointment's history. */
export interface LastStep {
  id: string;
  kind: EventKind;
  at: Temporal.Instant;
  actorKind: ActorKind;
  actorName: string | null;
  fromStatus: Status | null;
  /** Staff could undo it for ten seconds: a series that was cancelled, or a change of hours, is told of at once. */
  isHeld: boolean;
}

/** What staff can take back. */
export interface Undoable {
  /** `desk`: arrived, in the room, done, missed; `brief`: a move, a cancellation or a rejection. */
  kind: 'desk' | 'brief';
  /** Until when; null: at any time. */
  until: Temporal.Instant | null;
}

/**
 * Whether staff can undo an appointment's last step (domain.md, States of an appointment): what happened at the desk at any
 * time, a move, cancellation or rejection of the staff's own within ten seconds, before the notice leaves.
 */
export function undoOf(status: Status, last: LastStep | null, now: Temporal.Instant): Undoable | null {
  if (status === 'arrived' || status === 'checked-in' || status === 'fulfilled' || status === 'noshow')
    return { kind: 'desk', until: null };
  if (!last?.isHeld) return null;
  const until = last.at.add({ seconds: undoSeconds });
  return Temporal.Instant.compare(now, until) <= 0 ? { kind: 'brief', until } : null;
}
