import { Inject, Injectable } from '@nestjs/common';
import { requireStaff, type Actor } from '#libs/access';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import { localDate } from '#libs/time';
import { requireKeepable, requireServices, writeServices } from './calendar-rows.js';
import { lockResources } from './ledger.js';
import { daysChanged, publishedCalendar } from './openings-of-calendar.js';
import { type BookingRules, gridOf, type OfferedService } from './rules/booking-rules.js';

/**
 * Brings every day that a calendar could show up to date, after what it offers or may be booked by changed. The caller
 * holds the resource's lock.
 */
export async function termsChanged(
  tx: Tx,
  calendar: { resourceId: string; zone: string },
  now: Temporal.Instant,
): Promise<void> {
  const today = localDate(now, calendar.zone);
  const [reach] = await tx.query<{ last: string | null }>(
    `select greatest(max(d.day), max(c.published_until))::text as last
       from calendar c left join free_day d on d.calendar_id = c.id where c.resource_id = $1`,
    [calendar.resourceId],
  );
  const last = reach?.last ? Temporal.PlainDate.from(reach.last) : today;
  await daysChanged(tx, calendar.resourceId, today, Temporal.PlainDate.compare(last, today) < 0 ? today : last, now);
}

/**
 * Keeps the booking rules of a calendar and what it offers. What is booked or held stays as it was agreed: length,
 * buffers and price count for new bookings only. The payer never changes (promise 7). A service that is left out can no
 * longer be booked; what becomes of people who have booked it is asked by the change `end-service` before.
 * Refusals: `not-found` another clinic's calendar, `not-allowed`, `invalid` with a rule's name, `services` or
 * `services.<index>.<member>` as path.
 */
@Injectable()
export class KeepCalendarTerms {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({
    actor,
    calendarId,
    rules,
    services,
  }: {
    actor: Actor;
    calendarId: string;
    rules: BookingRules;
    services: readonly OfferedService[];
  }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const calendar = await publishedCalendar(tx, calendarId);
      if (!calendar) throw new Refusal('not-found');
      requireStaff(actor, calendar.clinicId, 'hours.edit', {
        practitionerId: calendar.resourceId,
        branchId: calendar.branchId,
      });
      requireKeepable(rules, services);
      await lockResources(tx, [calendar.resourceId]);
      await tx.query(`select id from calendar where id = $1 for no key update`, [calendarId]);
      await requireServices(tx, calendar.clinicId, services);
      const now = this.clock.now();
      await tx.query(
        `update calendar set confirmation = $2, grid_minutes = $3, minimum_notice_minutes = $4, horizon_days = $5,
                late_cancel_hours = $6, answer_within_hours = $7, most_per_day = $8, buffers_may_leave_opening = $9
          where id = $1`,
        [
          calendarId,
          rules.confirmation,
          gridOf(rules, services),
          rules.minimumNoticeMinutes,
          rules.horizonDays,
          rules.lateCancelHours,
          rules.answerWithinHours,
          rules.mostPerDay,
          rules.buffersMayLeaveOpening,
        ],
      );
      await writeServices(tx, calendar, services);
      await termsChanged(tx, calendar, now);
    });
  }
}
