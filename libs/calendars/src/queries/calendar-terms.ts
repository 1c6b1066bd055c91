import type { Tx } from '#libs/platform';
import type { Confirmation, Payer } from '../calendar.entity.js';

/** What booking one service in one calendar means: who, where, how long (minutes), how much (cents), by which rules. */
export interface CalendarTerms {
  calendarId: string;
  serviceId: string;
  clinicId: string;
  branchId: string;
  resourceId: string;
  /** The name of a room or device that is booked by itself; null for a practitioner's calendar. */
  roomName: string | null;
  zone: string;
  payer: Payer;
  confirmation: Confirmation;
  published: boolean;
  /** Nothing of it is offered to the public at the moment: the practitioner's own calendar cannot be read. */
  paused: boolean;
  /** Patients book only at a clinic whose card and board are whole; its desk may before. */
  clinicPublished: boolean;
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
  /** What the state pays for a visit; counts against quotas. */
  tariffCents: number;
  /** Its starts are group sessions, not the grid. */
  bySession: boolean;
  /** The capabilities of which a visit takes a room or device each. */
  needs: string[];
}

/** The terms of an active service of a calendar, or undefined when there is no such offer. */
export async function calendarTerms(
  reader: Pick<Tx, 'query'>,
  calendarId: string,
  serviceId: string,
): Promise<CalendarTerms | undefined> {
  const [row] = await reader.query<CalendarTerms>(
    `select c.id as "calendarId", cs.service_id as "serviceId", c.clinic_id as "clinicId", c.branch_id as "branchId",
            c.resource_id as "resourceId", r.name as "roomName", b.zone, c.payer, coalesce(cs.confirmation, s.confirmation, c.confirmation) as confirmation,
            c.published, c.paused_since is not null as paused, k.published as "clinicPublished", c.grid_minutes as grid,
            coalesce(cs.minimum_notice_minutes, c.minimum_notice_minutes) as "minimumNoticeMinutes",
            coalesce(cs.horizon_days, c.horizon_days) as "horizonDays",
            c.buffers_may_leave_opening as "buffersMayLeaveOpening", coalesce(cs.late_cancel_hours, c.late_cancel_hours) as "lateCancelHours",
            c.answer_within_hours as "answerWithinHours", c.holds_per_address as "holdsPerAddress",
            cs.minutes, cs.buffer_before as "bufferBefore", cs.buffer_after as "bufferAfter", cs.price_cents as "priceCents",
            cs.tariff_cents as "tariffCents", cs.by_session as "bySession",
            array(select n.capability from service_need n
                   where n.clinic_id = c.clinic_id and n.service_id = cs.service_id order by n.capability) as needs
       from calendar c
       join branch b on b.id = c.branch_id
       join clinic k on k.id = c.clinic_id
       join resource r on r.id = c.resource_id
       join calendar_service cs on cs.calendar_id = c.id and cs.active
       join service s on s.id = cs.service_id
      where c.id = $1 and cs.service_id = $2`,
    [calendarId, serviceId],
  );
  return row;
}
