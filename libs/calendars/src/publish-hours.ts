import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, Refusal, type Tx } from '#libs/platform';
import { requireStaff, type Actor } from '#libs/access';
import { localDate } from '#libs/time';
import type { ChangedDays } from './close-time.js';
import { draftBecomesPublished } from './hours-rows.js';
import { lockResources } from './ledger.js';
import { daysChanged, type PublishedCalendar, publishedCalendar, replaceOpenings } from './openings-of-calendar.js';

/**
 * Makes a calendar's draft its working hours from today to its horizon, in the caller's transaction. The caller holds the
 * resource's lock and refreshes the days that are answered.
 * @throws Refusal `wrong-state` there is no draft
 */
export async function publishDraft(tx: Tx, calendar: PublishedCalendar, now: Temporal.Instant): Promise<ChangedDays> {
  // As SaveDraftHours does, before it touches the hours: in another order the two would wait for each other.
  await tx.query(`select id from calendar where id = $1 for no key update`, [calendar.id]);
  if (!(await draftBecomesPublished(tx, calendar.id))) throw new Refusal('wrong-state');
  const today = localDate(now, calendar.zone);
  const end = today.add({ days: calendar.horizonDays + 1 });
  await replaceOpenings(tx, calendar, today, end);
  await tx.query(`update calendar set published = true, published_until = $2 where id = $1`, [
    calendar.id,
    end.subtract({ days: 1 }).toString(),
  ]);
  return { first: today, last: end };
}

/**
 * Publishes a calendar's draft: it becomes the calendar's working hours from today to its horizon. Appointments inside
 * stay as they are; whoever asks about them goes through CarryOutChange of appointments.
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
      requireStaff(actor, calendar.clinicId, 'hours.edit', {
        practitionerId: calendar.resourceId,
        branchId: calendar.branchId,
      });
      await lockResources(tx, [calendar.resourceId]);
      const now = this.clock.now();
      const { first, last } = await publishDraft(tx, calendar, now);
      await daysChanged(tx, calendar.resourceId, first, last, now);
    });
  }
}
