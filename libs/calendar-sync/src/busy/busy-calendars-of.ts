import { Injectable } from '@nestjs/common';
import { type Actor, requireSomewhere, within } from '#libs/access';
import { Database } from '#libs/platform';
import type { ConnectionState } from '../calendar-connection.entity.js';
import type { WhenUnread } from './busy-reading.entity.js';

/** How the reading of a practitioner's own calendars stands. Nothing of what they say. */
export interface BusyState {
  connectionId: string;
  practitionerId: string;
  practitioner: string;
  state: ConnectionState;
  failure: string | null;
  whenUnread: WhenUnread;
  /** How many calendars count. */
  calendars: number;
  readAt: Temporal.Instant | null;
  unreadSince: Temporal.Instant | null;
  /** Nothing of theirs is offered to the public. */
  isPaused: boolean;
  /** Busy times to come that close something at this clinic. */
  closed: number;
}

interface Row extends Omit<BusyState, 'readAt' | 'unreadSince'> {
  readAt: Date | null;
  unreadSince: Date | null;
}

/** SQL for "the owner of the connection `n` is the practitioner of the reading `r` at a clinic today". */
const isKnownAt = (clinic: string, now: string): string => `exists (
  select from staff_member m
   where m.clinic_id = ${clinic} and m.account_id = n.account_id and m.practitioner_id = r.practitioner_id
     and m.active_from <= (${now}::timestamptz at time zone 'Europe/Riga')::date
     and (m.active_to is null or m.active_to >= (${now}::timestamptz at time zone 'Europe/Riga')::date))`;

/** Whose own calendars count at a clinic, and whether they can be read. */
@Injectable()
export class BusyCalendarsOf {
  constructor(private readonly database: Database) {}

  /**
   * Those who cannot be read first.
   * @throws Refusal `not-signed-in`, `not-found`, `not-allowed`
   */
  async clinic(actor: Actor, clinicId: string, now: Temporal.Instant): Promise<BusyState[]> {
    const staff = requireSomewhere(actor, clinicId, 'hours.read');
    const { practitionerIds } = within(staff, 'hours.read');
    return this.rows(clinicId, practitionerIds, now);
  }

  /** How many cannot be read, as the way to the page says. @throws Refusal as `clinic` */
  async countUnread(actor: Actor, clinicId: string, now: Temporal.Instant): Promise<number> {
    const staff = requireSomewhere(actor, clinicId, 'hours.read');
    const { practitionerIds } = within(staff, 'hours.read');
    const [row] = await this.database.read<{ n: number }>(
      `select count(*)::integer as n
         from busy_reading r
         join calendar_connection n on n.id = r.connection_id and n.state not in ('ending', 'disconnected')
        where r.unread_since is not null and ${isKnownAt('$1', '$3')} and ($2::uuid[] is null or r.practitioner_id = any($2))`,
      [clinicId, practitionerIds, now.toString()],
    );
    return row?.n ?? 0;
  }

  private async rows(
    clinicId: string,
    practitionerIds: readonly string[] | null,
    now: Temporal.Instant,
  ): Promise<BusyState[]> {
    const rows = await this.database.read<Row>(
      `select r.connection_id as "connectionId", r.practitioner_id as "practitionerId", p.given_name || ' ' || p.family_name as practitioner, n.state, n.failure,
              r.when_unread as "whenUnread", r.read_at as "readAt", r.unread_since as "unreadSince", r.is_paused as "isPaused",
              (select count(*)::integer from busy_calendar c where c.connection_id = r.connection_id) as calendars,
              (select count(*)::integer from closure k
                where k.clinic_id = $1 and k.resource_id = r.practitioner_id and k.kind = 'external' and upper(k.during) > $3) as closed
         from busy_reading r
         join calendar_connection n on n.id = r.connection_id and n.state not in ('ending', 'disconnected')
         join practitioner p on p.id = r.practitioner_id
        where ${isKnownAt('$1', '$3')}
          and ($2::uuid[] is null or r.practitioner_id = any($2))
        order by r.unread_since nulls last, p.family_name, p.given_name`,
      [clinicId, practitionerIds, now.toString()],
    );
    return rows.map(({ readAt, unreadSince, ...row }) => ({
      ...row,
      readAt: readAt?.toTemporalInstant() ?? null,
      unreadSince: unreadSince?.toTemporalInstant() ?? null,
    }));
  }
}
