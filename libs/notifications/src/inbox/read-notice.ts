import { Injectable } from '@nestjs/common';
import { type Actor, AccountNoticeToSend, requireAccount } from '#libs/access';
import { type AppointmentView, ofAccount } from '#libs/appointments';
import { Database, type Language, Refusal } from '#libs/platform';
import { accountLetter } from '../letters/account-letter.js';
import type { AppointmentLetter } from '../letters/appointment-letter.js';
import { cancelByOf } from '../letters/cancel-by.js';
import { appointmentPage } from '../letters/portal-pages.js';
import { type ReminderLetter, reminderLetter } from '../letters/reminder-letter.js';
import { stepLetter } from '../letters/step-letter.js';
import { visitOf } from '../letters/visit-of.js';
import { wordsOfLetter } from '../letters/words-of-letter.js';
import { letterOfStep } from '../queries/letter-of-step.js';
import { othersOfSeries } from '../queries/others-of-series.js';
import { answerPage, reminderKey } from '../reminders/reminder-link.js';
import { reminderBy, visitsOfReminder } from '../reminders/visits-of-reminder.js';
import { lettersOf } from '../words/letters-of.js';
import { Inbox } from './inbox.js';
import type { PortalNotice } from './portal-notice.js';

/** A notice to be read: the words of its letter, and what a letter may not say. */
export interface NoticeToRead {
  notice: PortalNotice;
  /** It names clinic, practitioner and place, whatever letters leave out: only who is signed in reads it (S-2.40). */
  letter: AppointmentLetter | ReminderLetter;
  /** The visits as they stood after the step, soonest first; none for what is about the account. */
  views: AppointmentView[];
}

/** Writes a notice anew from what it tells of, so that nothing of it is stored. */
@Injectable()
export class ReadNotice {
  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly accountNotices: AccountNoticeToSend,
  ) {}

  /** @throws Refusal `not-signed-in`, `not-found` (also for what is someone else's) */
  async run(actor: Actor, id: string, language: Language): Promise<NoticeToRead> {
    const notice = await this.inbox.find(actor, id);
    if (notice.accountNoticeId !== null) return this.ofAccount(notice, notice.accountNoticeId, language);
    if (notice.reminderId !== null) return this.ofReminder(actor, notice, notice.reminderId, language);
    return this.ofStep(notice, notice.eventId ?? '', language);
  }

  private async ofAccount(notice: PortalNotice, id: string, language: Language): Promise<NoticeToRead> {
    const about = await this.accountNotices.run(id);
    if (!about) throw new Refusal('not-found');
    return { notice, letter: accountLetter({ ...about, language }), views: [] };
  }

  private async ofStep(notice: PortalNotice, eventId: string, language: Language): Promise<NoticeToRead> {
    const step = await letterOfStep(this.database, eventId);
    if (!step) throw new Refusal('not-found');
    const { view } = step;
    const others = notice.kind === 'booked' ? await othersOfSeries(this.database, eventId) : [];
    const { letter } = stepLetter(
      { ...step, view: { ...view, language } },
      {
        stamp: notice.at,
        now: notice.at,
        others: others.map(({ start }) => start),
        words: await this.wordsOf(view, language),
        isBehindSignIn: true,
      },
    );
    return { notice, letter, views: [view] };
  }

  private async ofReminder(actor: Actor, notice: PortalNotice, id: string, language: Language): Promise<NoticeToRead> {
    const { reader } = this.database;
    const reminder = await reminderBy(reader, { id });
    const all = await visitsOfReminder(reader, id);
    const theirs = await this.theirs(
      actor,
      all.map(({ view }) => view.id),
    );
    const views = all.filter(({ view }) => theirs.has(view.id)).map(({ view, start }) => ({ ...view, start }));
    const [first] = views;
    if (!reminder || !first) throw new Refusal('not-found');
    const letter = reminderLetter({
      visits: await Promise.all(
        views.map(async (view) => {
          const visit = visitOf(view, notice.at, language, { isBehindSignIn: true });
          return {
            visit,
            cancelBy: cancelByOf(view),
            words: wordsOfLetter(await this.wordsOf(view, language), view, visit),
          };
        }),
      ),
      rule: reminder.rule,
      answerPage: answerPage(language, reminderKey(reminder)),
      choicePage: appointmentPage(language, first.id),
      now: notice.at,
    });
    return { notice, letter, views };
  }

  /** Those of some appointments that the actor may see. */
  private async theirs(actor: Actor, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.read<{ id: string }>(
      `select a.id from appointment a where a.id = any($2::uuid[]) and ${ofAccount}`,
      [requireAccount(actor).accountId, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private wordsOf({ clinic, branch, service }: AppointmentView, language: Language): ReturnType<typeof lettersOf> {
    return lettersOf(this.database, { clinicId: clinic.id, branchId: branch.id, serviceId: service.id, language });
  }
}
