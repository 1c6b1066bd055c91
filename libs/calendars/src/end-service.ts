import type { Tx } from '#libs/platform';
import { localDate } from '#libs/time';
import type { CalendarChange } from './calendar-change.js';
import type { ChangedDays } from './close-time.js';

/** The service is offered no longer; all days of the calendar may have lost times of it. */
export async function endService(
  tx: Tx,
  clinicId: string,
  { serviceId, calendarIds }: Extract<CalendarChange, { kind: 'end-service' }>,
  resourceId: string,
  now: Temporal.Instant,
): Promise<ChangedDays[]> {
  const ended = await tx.query<{ zone: string; until: string | null; horizon: number }>(
    `update calendar_service cs set active = false
       from calendar c join branch b on b.id = c.branch_id
      where c.id = cs.calendar_id and cs.clinic_id = $1 and cs.service_id = $2 and c.resource_id = $3 and cs.active
        and ($4::uuid[] is null or c.id = any($4))
      returning b.zone, c.published_until::text as until, c.horizon_days as horizon`,
    [clinicId, serviceId, resourceId, calendarIds],
  );
  return ended.map(({ zone, until, horizon }) => {
    const today = localDate(now, zone);
    return { first: today, last: until ? Temporal.PlainDate.from(until) : today.add({ days: horizon }) };
  });
}
