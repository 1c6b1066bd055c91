import type { Tx } from '#libs/platform';
import type { Confirmation, Payer } from '../calendar.entity.js';

/** What booking one service in one calendar means: who, where, how long (minutes), how much (cents), by which rules. */
export interface CalendarTerms {
  calendarId: string;
  serviceId: string;
  clinicId: string;
  branchId: string;
  resourceId: string;
  zone: string;
  payer: Payer;
  confirmation: Confirmation;
  published: boolean;
  grid: number;
  minimumNoticeMinutes: number;
  horizonDays: number;
  buffersMayLeaveOpening: boolean;
  lateCancelHours: number;
  answerWithinHours: number;
  holdsPerAddress: number;
  minutes: number;
  bufferBefore: number;
  bufferAfter: number;
  priceCents: number;
}

/** The terms of an active service of a calendar, or undefined when there is no such offer. */
export async function calendarTerms(
  reader: Pick<Tx, 'query'>,
  calendarId: string,
  serviceId: string,
): Promise<CalendarTerms | undefined> {
  const [row] = await reader.query<CalendarTerms>(
    `select c.id as "calendarId", cs.service_id as "serviceId", c.clinic_id as "clinicId", c.branch_id as "branchId",
            c.resource_id as "resourceId", b.zone, c.payer, c.confirmation, c.published, c.grid_minutes as grid,
            c.minimum_notice_minutes as "minimumNoticeMinutes", c.horizon_days as "horizonDays",
            c.buffers_may_leave_opening as "buffersMayLeaveOpening", c.late_cancel_hours as "lateCancelHours",
            c.answer_within_hours as "answerWithinHours", c.holds_per_address as "holdsPerAddress",
            cs.minutes, cs.buffer_before as "bufferBefore", cs.buffer_after as "bufferAfter", cs.price_cents as "priceCents"
       from calendar c
       join branch b on b.id = c.branch_id
       join calendar_service cs on cs.calendar_id = c.id and cs.active
      where c.id = $1 and cs.service_id = $2`,
    [calendarId, serviceId],
  );
  return row;
}
