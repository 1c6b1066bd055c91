import type { Database } from '#libs/platform';
import type { NoticeChannel, NoticeState } from '../notice.entity.js';
import type { InformedHow } from '../rules/informed-how.js';

/** What became of one message about a step. */
export interface NoticeOfStep {
  id: string;
  channel: NoticeChannel;
  state: NoticeState;
  failure: string | null;
  /** Masked; null before the first try, and in the portal. */
  address: string | null;
  attempts: number;
  /** The server's code. */
  answer: string | null;
  sentAt: Temporal.Instant | null;
  deliveredAt: Temporal.Instant | null;
  bouncedAt: Temporal.Instant | null;
  readAt: Temporal.Instant | null;
}

/** Staff said that they told the patient of a step, or tried to. */
export interface MarkOfStep {
  how: InformedHow;
  at: Temporal.Instant;
  by: string;
}

export interface ToldOfStep {
  notices: NoticeOfStep[];
  marks: MarkOfStep[];
}

interface Row {
  id: string;
  eventId: string;
  channel: NoticeChannel;
  state: NoticeState;
  failure: string | null;
  address: string | null;
  attempts: number;
  answer: string | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  bouncedAt: Date | null;
  readAt: Date | null;
}

const instant = (at: Date | null): Temporal.Instant | null => at?.toTemporalInstant() ?? null;

/** Every message about some steps and what staff told by hand, by the step; in the order of their channels. */
export async function toldOfSteps(database: Database, eventIds: readonly string[]): Promise<Map<string, ToldOfStep>> {
  const [notices, marks] = await Promise.all([
    database.read<Row>(
      `select id, event_id as "eventId", channel, state, failure, address, attempts, answer, sent_at as "sentAt",
              delivered_at as "deliveredAt", bounced_at as "bouncedAt", read_at as "readAt"
         from notice where event_id = any($1) order by channel`,
      [eventIds],
    ),
    database.read<{ eventId: string; how: InformedHow; at: Date; by: string }>(
      `select m.event_id as "eventId", m.how, m.at, s.display_name as by
         from informed_mark m join staff_member s on s.id = m.staff_member_id
        where m.event_id = any($1) order by m.at`,
      [eventIds],
    ),
  ]);
  const told = new Map<string, ToldOfStep>(eventIds.map((id) => [id, { notices: [], marks: [] }]));
  for (const { eventId, sentAt, deliveredAt, bouncedAt, readAt, ...row } of notices)
    told.get(eventId)?.notices.push({
      ...row,
      sentAt: instant(sentAt),
      deliveredAt: instant(deliveredAt),
      bouncedAt: instant(bouncedAt),
      readAt: instant(readAt),
    });
  for (const { eventId, at, ...mark } of marks) told.get(eventId)?.marks.push({ ...mark, at: at.toTemporalInstant() });
  return told;
}
