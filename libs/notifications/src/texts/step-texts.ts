import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, environment, Jobs } from '#libs/platform';
import type { StepLetter } from '../queries/letter-of-step.js';
import { letterKindOf } from '../rules/letter-kind.js';
import { isWorthATextMessage } from '../rules/step-texts.js';
import { quietUntil } from './quiet-until.js';
import { areTextsOn } from './text-transport-of.js';

/** Which steps of an appointment are told by short message too; each is a job of its own, so that no letter waits for it. */
@Injectable()
export class StepTexts {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Writes the notice and its job, once for each step. What can wait until the morning does. */
  async run(eventId: string, told: StepLetter): Promise<void> {
    const { view, fromStart } = told;
    const kind = letterKindOf(told);
    const now = this.clock.now();
    const { contactEmail, contactPhone, wishesSms, language } = view;
    const starts = [view.start, ...(fromStart ? [fromStart] : [])];
    if (contactPhone === null || !areTextsOn(environment())) return;
    if (!isWorthATextMessage({ kind, starts, now, hasEmail: contactEmail !== null, wishesSms })) return;
    await this.database.transaction(async (tx) => {
      const until = await quietUntil(tx, told, now);
      const [notice] = await tx.query<{ id: string }>(
        `insert into notice (clinic_id, appointment_id, event_id, kind, channel, language, state, attempts, created_at, next_try_at)
         values ($1, $2, $3, $4, 'sms', $5, 'queued', 0, $6, $7)
         on conflict on constraint notice_once_per_event do nothing
         returning id`,
        [view.clinic.id, view.id, eventId, kind, language, now.toString(), until?.toString() ?? null],
      );
      if (!notice) return;
      const afterSeconds = until === null ? 0 : Math.ceil(now.until(until).total('seconds'));
      await this.jobs.send(tx, 'text-due', { noticeId: notice.id }, { afterSeconds });
    });
  }
}
