import { type Tx } from '#libs/platform';
import type { WeeklyHours } from '#libs/time';
import type { Confirmation, Payer } from './calendar.entity.js';
import { writeDraft } from './hours-rows.js';
import { publishedCalendar } from './openings-of-calendar.js';
import { publishDraft } from './publish-hours.js';

/** A calendar of an import, checked. */
export interface CalendarBroughtIn {
  id: string;
  branchId: string;
  /** The practitioner. */
  resourceId: string;
  payer: Payer;
  confirmation: Confirmation;
  gridMinutes: number;
  minimumNoticeMinutes: number;
  horizonDays: number;
  lateCancelHours: number;
}
/** Times in minutes, price in cents. */
export interface OfferBroughtIn {
  calendarId: string;
  serviceId: string;
  minutes: number;
  bufferBefore: number;
  bufferAfter: number;
  priceCents: number;
}

/** Makes practitioners who have no calendar yet a resource, so that their time can be locked. */
export async function bringInResources(tx: Tx, practitionerIds: readonly string[]): Promise<void> {
  await tx.query(
    `insert into resource (id, kind, practitioner_id) select id, 'practitioner', id from unnest($1::uuid[]) as p(id)
     on conflict on constraint resource_pkey do nothing`,
    [practitionerIds],
  );
}

/** Writes the new calendars of an import; the caller holds the locks of their resources. */
export async function bringInCalendars(
  tx: Tx,
  clinicId: string,
  calendars: readonly CalendarBroughtIn[],
  now: Temporal.Instant,
): Promise<void> {
  for (const each of calendars) {
    await tx.query(
      `insert into calendar (id, clinic_id, branch_id, resource_id, payer, confirmation, grid_minutes, minimum_notice_minutes,
                             horizon_days, late_cancel_hours, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        each.id,
        clinicId,
        each.branchId,
        each.resourceId,
        each.payer,
        each.confirmation,
        each.gridMinutes,
        each.minimumNoticeMinutes,
        each.horizonDays,
        each.lateCancelHours,
        now.toString(),
      ],
    );
  }
}

/** Writes what calendars offer more than before. */
export async function bringInOffers(tx: Tx, clinicId: string, offers: readonly OfferBroughtIn[]): Promise<void> {
  for (const each of offers) {
    await tx.query(
      `insert into calendar_service (calendar_id, service_id, clinic_id, minutes, buffer_before, buffer_after, price_cents)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict on constraint calendar_service_pkey do update
          set minutes = excluded.minutes, buffer_before = excluded.buffer_before, buffer_after = excluded.buffer_after,
              price_cents = excluded.price_cents, active = true`,
      [each.calendarId, each.serviceId, clinicId, each.minutes, each.bufferBefore, each.bufferAfter, each.priceCents],
    );
  }
}

/** Publishes the first hours of a calendar. The caller holds its resource's lock and refreshes the free days. */
export async function bringInHours(
  tx: Tx,
  calendarId: string,
  hours: readonly WeeklyHours[],
  now: Temporal.Instant,
): Promise<void> {
  const calendar = await publishedCalendar(tx, calendarId);
  if (!calendar) throw new Error('hours without a calendar');
  await tx.query(`select id from calendar where id = $1 for no key update`, [calendarId]);
  await writeDraft(tx, calendar, { weekly: hours, days: [] });
  await publishDraft(tx, calendar, now);
}
