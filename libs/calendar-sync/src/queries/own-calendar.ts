import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/access';
import { Database, open } from '#libs/platform';
import type { CalendarKind, ConnectionState, Purpose } from '../calendar-connection.entity.js';
import { ownerOfCalendar } from '../owner-of-calendar.js';

/** How somebody's connection stands, for their own page. */
export interface OwnCalendarState {
  id: string;
  kind: CalendarKind;
  state: ConnectionState;
  failure: string | null;
  /** What they call the calendar at Google. */
  title: string | null;
  since: Temporal.Instant;
  /** When Google last took something. */
  lastOkAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  /** Visits that stand there, and those still on their way. */
  put: number;
  waiting: number;
  /** Visits that they deleted there and that are still booked. */
  deleted: { entryId: string; appointmentId: string; start: Temporal.Instant; zone: string }[];
}

interface Row extends Omit<OwnCalendarState, 'title' | 'since' | 'lastOkAt' | 'failedAt' | 'deleted'> {
  titleSealed: Buffer | null;
  since: Date;
  lastOkAt: Date | null;
  failedAt: Date | null;
}

/** Somebody's own calendar, as they see it here. */
@Injectable()
export class OwnCalendar {
  constructor(private readonly database: Database) {}

  /** Undefined: they never connected one. @throws Refusal `not-signed-in` */
  async run({ actor, purpose }: { actor: Actor; purpose: Purpose }): Promise<OwnCalendarState | undefined> {
    const owner = ownerOfCalendar(actor, purpose);
    const [row] = await this.database.read<Row>(
      `select n.id, n.calendar_kind as kind, n.state, n.failure, n.title_sealed as "titleSealed", n.since,
              n.last_ok_at as "lastOkAt", n.failed_at as "failedAt",
              (select count(*)::integer from calendar_entry e
                where e.connection_id = n.id and e.state = 'put' and e.due_at is null) as put,
              (select count(*)::integer from calendar_entry e
                where e.connection_id = n.id and e.due_at is not null) as waiting
         from calendar_connection n where n.account_id = $1 and n.purpose = $2 and not n.is_former`,
      [owner.accountId, purpose],
    );
    if (!row) return undefined;
    const { titleSealed, since, lastOkAt, failedAt, ...rest } = row;
    return {
      ...rest,
      title: titleSealed && open(titleSealed),
      since: since.toTemporalInstant(),
      lastOkAt: lastOkAt?.toTemporalInstant() ?? null,
      failedAt: failedAt?.toTemporalInstant() ?? null,
      deleted: await this.deletedOf(row.id),
    };
  }

  private async deletedOf(connectionId: string): Promise<OwnCalendarState['deleted']> {
    const rows = await this.database.read<{ entryId: string; appointmentId: string; start: Date; zone: string }>(
      `select e.id as "entryId", a.id as "appointmentId", a.starts_at as start, a.zone
         from calendar_entry e join appointment a on a.id = e.appointment_id
        where e.connection_id = $1 and e.state = 'deleted' and e.due_at is null and a.status in ('pending', 'booked')
        order by a.starts_at limit 50`,
      [connectionId],
    );
    return rows.map(({ start, ...rest }) => ({ ...rest, start: start.toTemporalInstant() }));
  }
}
