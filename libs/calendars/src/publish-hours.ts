import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Refusal } from '#libs/platform';
import { requireStaff, type Actor } from '#libs/access';
import { localDate } from '#libs/time';
import { lockResources } from './ledger.js';
import { daysChanged, publishedCalendar, replaceOpenings } from './openings-of-calendar.js';

/**
 * Publishes a calendar's draft: it becomes the calendar's working hours from today to its horizon. Appointments inside
 * stay as they are; those whose opening is gone are orphaned and stay visible to staff.
 * Refusals: `not-found` another clinic's calendar, `not-allowed`, `wrong-state` there is no draft.
 */
@Injectable()
export class PublishHours {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ actor, calendarId }: { actor: Actor; calendarId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const calendar = await publishedCalendar(tx, calendarId);
      if (!calendar) throw new Refusal('not-found');
      requireStaff(actor, calendar.clinicId, 'hours.edit', { practitionerId: calendar.resourceId });
      await lockResources(tx, [calendar.resourceId]);
      // As SaveDraftHours does, before it touches the hours: in another order the two would wait for each other.
      await tx.query(`select id from calendar where id = $1 for no key update`, [calendarId]);
      const now = this.clock.now();
      const drafts = await tx.query(`select from working_hours where calendar_id = $1 and not published limit 1`, [
        calendarId,
      ]);
      if (drafts.length === 0) throw new Refusal('wrong-state');
      await tx.query(`delete from working_hours where calendar_id = $1 and published`, [calendarId]);
      await tx.query(`update working_hours set published = true where calendar_id = $1`, [calendarId]);
      const today = localDate(now, calendar.zone);
      const end = today.add({ days: calendar.horizonDays + 1 });
      await replaceOpenings(tx, calendar, today, end);
      await tx.query(`update calendar set published = true, published_until = $2 where id = $1`, [
        calendarId,
        end.subtract({ days: 1 }).toString(),
      ]);
      await daysChanged(tx, calendar.resourceId, today, end, now);
    });
  }
}
