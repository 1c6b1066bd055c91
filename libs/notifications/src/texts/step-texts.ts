import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, environment, Jobs, type Tx } from '#libs/platform';
import type { StepLetter } from '../queries/letter-of-step.js';
import { letterKindOf } from '../rules/letter-kind.js';
import { noticeRuleOf } from '../rules/notice-kinds.js';
import { usualReminders } from '../rules/reminder-settings.js';
import { quietHoursAt } from '../rules/reminder-times.js';
import { isWorthATextMessage } from '../rules/step-texts.js';
import { areTextsOn } from './text-transport-of.js';

/** When a clinic lets nothing ring; wall times of the visit's zone. */
async function quietHoursOf(
  tx: Tx,
  clinicId: string,
): Promise<{ quietFrom: Temporal.PlainTime; quietTo: Temporal.PlainTime }> {
  const [row] = await tx.query<{ from: string; to: string }>(
    `select quiet_from::text as "from", quiet_to::text as "to" from reminder_setting where clinic_id = $1`,
    [clinicId],
  );
  if (!row) return usualReminders;
  return { quietFrom: Temporal.PlainTime.from(row.from), quietTo: Temporal.PlainTime.from(row.to) };
}

/** Which steps of an appointment are told by short message too; each is a job of its own, so that no letter waits for it. */
@Injectable()
export class StepTexts {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Writes the notice and its job, once for each step. What can wait until the morning does; what is off or moved tomorrow
   * is told at once.
   */
  async run(eventId: string, told: StepLetter): Promise<void> {
    const { view, fromStart } = told;
    const kind = letterKindOf(told);
    const now = this.clock.now();
    const { contactEmail, contactPhone, wishesSms, language, timeZone } = view;
    const starts = [view.start, ...(fromStart ? [fromStart] : [])];
    if (contactPhone === null || !areTextsOn(environment())) return;
    if (!isWorthATextMessage({ kind, starts, now, hasEmail: contactEmail !== null, wishesSms })) return;
    await this.database.transaction(async (tx) => {
      const quiet = quietHoursAt(now, timeZone, await quietHoursOf(tx, view.clinic.id));
      const waits = noticeRuleOf(kind).urgency !== 'now' && quiet !== null && now.until(quiet.to).total('hours') > 0;
      const isSoon = starts.some((start) => quiet && Temporal.Instant.compare(start, quiet.to.add({ hours: 2 })) < 0);
      const [notice] = await tx.query<{ id: string }>(
        `insert into notice (clinic_id, appointment_id, event_id, kind, channel, language, state, attempts, created_at, next_try_at)
         values ($1, $2, $3, $4, 'sms', $5, 'queued', 0, $6, $7)
         on conflict on constraint notice_once_per_event do nothing
         returning id`,
        [
          view.clinic.id,
          view.id,
          eventId,
          kind,
          language,
          now.toString(),
          waits && !isSoon ? quiet.to.toString() : null,
        ],
      );
      if (!notice) return;
      const afterSeconds = waits && !isSoon ? Math.ceil(now.until(quiet.to).total('seconds')) : 0;
      await this.jobs.send(tx, 'text-due', { noticeId: notice.id }, { afterSeconds });
    });
  }
}
