import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database } from '#libs/platform';

/** A local day with free times. */
export interface DayWithTimes {
  /** YYYY-MM-DD in the branch's zone. */
  day: string;
  count: number;
  firstStart: Temporal.Instant;
}

/** Which days of a calendar and service have free times, from the kept rows; days without any are left out. */
@Injectable()
export class MonthOfCalendar {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `from` and `to` are local days, both included; at most 400 days. */
  async run(
    calendarId: string,
    serviceId: string,
    from: Temporal.PlainDate,
    to: Temporal.PlainDate,
  ): Promise<DayWithTimes[]> {
    const rows = await this.database.read<{ day: string; count: number; first_start: Date }>(
      `select day::text, free_count as count, first_start from free_day
        where calendar_id = $1 and service_id = $2 and day between $3 and $4 and first_start >= $5
        order by day limit 400`,
      [calendarId, serviceId, from.toString(), to.toString(), this.clock.now().toString()],
    );
    return rows.map((row) => ({ day: row.day, count: row.count, firstStart: row.first_start.toTemporalInstant() }));
  }
}
