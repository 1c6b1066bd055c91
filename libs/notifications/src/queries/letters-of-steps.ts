import type { Database } from '#libs/platform';
import type { NoticeState } from '../notice.entity.js';

/** What became of a letter. `failure`: why it was dropped or could not be delivered. */
export interface LetterState {
  state: NoticeState;
  failure: string | null;
  /** When the mail server took it. */
  sentAt: Temporal.Instant | null;
}

/** What became of the letters about some steps, by the step; a step that is not in it is not yet told of. */
export async function lettersOfSteps(
  database: Database,
  eventIds: readonly string[],
): Promise<Map<string, LetterState>> {
  const rows = await database.read<Omit<LetterState, 'sentAt'> & { eventId: string; sentAt: Date | null }>(
    `select event_id as "eventId", state, failure, sent_at as "sentAt" from notice where event_id = any($1) and channel = 'mail'`,
    [eventIds],
  );
  return new Map(
    rows.map(({ eventId, sentAt, ...letter }) => [eventId, { ...letter, sentAt: sentAt?.toTemporalInstant() ?? null }]),
  );
}
