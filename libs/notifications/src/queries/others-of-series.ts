import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from '#libs/appointments';
import type { Database } from '#libs/platform';

interface Row extends ViewRow {
  toStart: Date;
  toEnd: Date;
  stepSequence: number;
}

/**
 * The other visits of a series that was booked with this step, as they were booked: nobody is told of them but in the
 * letter of this one. Empty for a step of any other appointment.
 */
export async function othersOfSeries(database: Database, eventId: string): Promise<AppointmentView[]> {
  const rows = await database.read<Row>(
    `select ${viewColumns}, e.to_starts_at as "toStart", e.to_ends_at as "toEnd", e.sequence as "stepSequence"
       from ${viewTables}
       join appointment_event e on e.appointment_id = a.id and e.version = 1 and not e.tells
       join appointment_event told on told.id = $1 and told.version = 1 and told.tells and told.at = e.at
       join appointment first on first.id = told.appointment_id
      -- Its series is named by itself, too: the planner would read all visits first (see letterOfStep).
      where a.series_id = (
              select x.series_id from appointment x join appointment_event y on y.appointment_id = x.id where y.id = $1)
        and a.id <> first.id
      order by e.to_starts_at`,
    [eventId],
  );
  return rows.map((row) => ({
    ...viewOf(row),
    status: 'booked' as const,
    start: row.toStart.toTemporalInstant(),
    end: row.toEnd.toTemporalInstant(),
    sequence: row.stepSequence,
  }));
}
