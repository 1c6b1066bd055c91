import { Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';

/** How far a calendar's times reach. */
export interface PublishedUntil {
  /** The last day that patients can see times of. */
  day: Temporal.PlainDate;
  /** Whether more days follow every night; else the hours themselves end there. */
  isRolling: boolean;
}

/** Until when a calendar's times are published. */
@Injectable()
export class PublishedUntilDay {
  constructor(private readonly database: Database) {}

  /** @returns undefined for a calendar that was never published, or whose hours have no day to come */
  async run(calendarId: string): Promise<PublishedUntil | undefined> {
    const [row] = await this.database.read<{ until: string; ends: string | null; unlimited: boolean }>(
      `select c.published_until::text as until,
              greatest((select max(h.valid_to) from working_hours h where h.calendar_id = c.id and h.published),
                       (select max(d.day) from day_hours d where d.calendar_id = c.id and d.published and d.starts is not null))::text as ends,
              exists (select from working_hours h where h.calendar_id = c.id and h.published and h.valid_to is null) as unlimited
         from calendar c
        where c.id = $1 and c.published and c.published_until is not null`,
      [calendarId],
    );
    if (!row) return undefined;
    const until = Temporal.PlainDate.from(row.until);
    if (row.unlimited) return { day: until, isRolling: true };
    if (row.ends === null) return undefined;
    const ends = Temporal.PlainDate.from(row.ends);
    const isRolling = Temporal.PlainDate.compare(until, ends) < 0;
    return { day: isRolling ? until : ends, isRolling };
  }
}
