import { Inject, Injectable } from '@nestjs/common';
import type { AppointmentView } from '#libs/appointments';
import { CLOCK, type Clock, Database, type Language, Turns } from '#libs/platform';
import { cancelByOf } from '../letters/cancel-by.js';
import { renderLetter } from '../letters/letter-templates.js';
import { appointmentPage } from '../letters/portal-pages.js';
import { reminderLetter } from '../letters/reminder-letter.js';
import type { Visit } from '../letters/visit.js';
import { visitOf } from '../letters/visit-of.js';
import { wordsOfLetter } from '../letters/words-of-letter.js';
import type { DropReason, NewNotice } from '../ledger.js';
import { Notices } from '../notices.js';
import { queueRule, quietHoursAt } from '../rules/reminder-times.js';
import { type LetterWords } from '../words/letter-words.js';
import { lettersOf } from '../words/letters-of.js';
import { SendText } from '../texts/send-text.js';
import { answerPage, reminderKey } from './reminder-link.js';
import { reminderWordings } from './reminder-text.js';
import { settingsOfClinic } from './settings-of-clinics.js';
import { isStillSo, type RemindedVisit, reminderBy, type ReminderRow, visitsOfReminder } from './visits-of-reminder.js';

const contactOf = ({ view }: RemindedVisit, channel: 'mail' | 'sms'): string | null =>
  channel === 'mail' ? view.contactEmail : view.contactPhone;

/** Sends a reminder if what it tells of is still so when it leaves. */
@Injectable()
export class DeliverReminder {
  constructor(
    private readonly database: Database,
    private readonly notices: Notices,
    private readonly texts: SendText,
    private readonly turns: Turns,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat. Each try asks anew what is booked and where it goes to: a visit that was cancelled or moved is left out
   * (faults.md H5), the address is the one that the visit has now, and one that nobody answers for gets nothing (H4).
   * @throws DeliveryFailure when it did not leave and is to be tried again
   */
  async run({ reminderId, isLastTry }: { reminderId: string; isLastTry: boolean }): Promise<void> {
    const turn = await this.turns.take(`reminder:${reminderId}`, 45, async () => {
      const reminder = await reminderBy(this.database.reader, { id: reminderId });
      if (reminder) await this.deliver(reminder, await visitsOfReminder(this.database.reader, reminderId), isLastTry);
    });
    if (!turn.isTaken) throw new Error('another worker is sending it');
  }

  private async deliver(reminder: ReminderRow, visits: readonly RemindedVisit[], isLastTry: boolean): Promise<void> {
    const { channel, rule, clinicId } = reminder;
    const now = this.clock.now();
    const live = visits.filter((visit) => isStillSo(visit, now) && isWished(visit.view, reminder));
    const [first] = live;
    const about = first ?? visits[0];
    if (!about) return;
    const notice: NewNotice & { subject: { clinicId: string } } = {
      subject: { reminderId: reminder.id, clinicId, appointmentId: about.view.id },
      kind: 'reminder',
      language: about.view.language,
      channel,
    };
    const drop = (reason: DropReason): Promise<void> => this.notices.drop(notice, reason);
    if (!first) return drop('no-longer-so');
    if (
      channel === 'sms' &&
      quietHoursAt(now, first.view.timeZone, await settingsOfClinic(this.database.reader, clinicId))
    ) {
      // Released first: what has been dropped by a worker that then died would be told by nobody.
      await this.release(reminder.id, live);
      return drop('put-off');
    }
    const to = contactOf(first, channel);
    // Somebody else's number meanwhile: their reminder is another one.
    await this.release(
      reminder.id,
      live.filter((visit) => contactOf(visit, channel) !== to),
    );
    const together = live.filter((visit) => contactOf(visit, channel) === to);
    const isStrict = together.some(({ view }) => view.isStrict);
    const told = together.map(({ view }) => ({
      view,
      visit: visitOf(view, reminder.madeAt, notice.language, { isStrict }),
      cancelBy: cancelByOf(view),
    }));
    const page = answerPage(notice.language, reminderKey(reminder));
    if (channel === 'sms') {
      const shown = told.map(({ visit }) => visit);
      const body = (canAnswer: boolean): string[] => reminderWordings(shown, { rule, page, canAnswer });
      await this.texts.run(notice, { to, body, urgency: 'usual' }, isLastTry);
      return;
    }
    if (to === null) return drop('no-address');
    if (!first.isProven) return drop('address-unproven');
    if (first.view.accountId !== null) await this.notices.keep(notice);
    const write = async () => {
      const letter = reminderLetter({
        visits: await Promise.all(
          told.map(async (each) => ({ ...each, words: await this.wordsOf(each, notice.language) })),
        ),
        rule,
        answerPage: page,
        choicePage: appointmentPage(notice.language, first.view.id),
        now,
      });
      return { subject: letter.subject, ...renderLetter('reminder', notice.language, letter) };
    };
    await this.notices.send(notice, to, write, isLastTry);
  }

  /** What the clinic adds for this visit. */
  private async wordsOf(
    { view, visit }: { view: AppointmentView; visit: Visit },
    language: Language,
  ): Promise<LetterWords> {
    const words = await lettersOf(this.database, {
      clinicId: view.clinic.id,
      branchId: view.branch.id,
      serviceId: view.service.id,
      language,
    });
    return wordsOfLetter(words, view, visit);
  }

  /** What is not told now is found again by the round. */
  private async release(reminderId: string, visits: readonly RemindedVisit[]): Promise<void> {
    if (visits.length === 0) return;
    await this.database.transaction((tx) =>
      tx.query(`delete from reminder_visit where reminder_id = $1 and appointment_id = any($2::uuid[])`, [
        reminderId,
        visits.map(({ view }) => view.id),
      ]),
    );
  }
}

/** Reminders are the patient's to switch off (S-2.15); the notice of a queue's time and place is the law's. */
const isWished = (view: AppointmentView, { channel, rule }: ReminderRow): boolean =>
  rule === queueRule || (channel === 'mail' ? view.mailReminders : view.wishesSms);
