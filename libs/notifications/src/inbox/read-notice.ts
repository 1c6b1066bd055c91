import { Injectable } from '@nestjs/common';
import { type Actor, AccountNoticeToSend } from '#libs/access';
import type { AppointmentView } from '#libs/appointments';
import { Database, type Language, Refusal } from '#libs/platform';
import { accountLetter } from '../letters/account-letter.js';
import type { AppointmentLetter } from '../letters/appointment-letter.js';
import { stepLetter } from '../letters/step-letter.js';
import { letterOfStep } from '../queries/letter-of-step.js';
import { othersOfSeries } from '../queries/others-of-series.js';
import { lettersOf } from '../words/letters-of.js';
import { Inbox } from './inbox.js';
import type { PortalNotice } from './portal-notice.js';

/** A notice to be read: the words of its letter, and what a letter may not say. */
export interface NoticeToRead {
  notice: PortalNotice;
  /** It names clinic, practitioner and place, whatever letters leave out: only who is signed in reads it (S-2.40). */
  letter: AppointmentLetter;
  /** The visit as it stood after the step; null for what is about the account. */
  view: AppointmentView | null;
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
    if (notice.accountNoticeId !== null) {
      const told = await this.accountNotices.run(notice.accountNoticeId);
      if (!told) throw new Refusal('not-found');
      return { notice, letter: accountLetter({ ...told, language }), view: null };
    }
    const told = notice.eventId === null ? undefined : await letterOfStep(this.database, notice.eventId);
    if (!told) throw new Refusal('not-found');
    const { view } = told;
    const isSeries = notice.kind === 'booked';
    const others = isSeries ? await othersOfSeries(this.database, notice.eventId ?? '') : [];
    const { clinic, branch, service } = view;
    const words = await lettersOf(this.database, {
      clinicId: clinic.id,
      branchId: branch.id,
      serviceId: service.id,
      language,
    });
    const named = { ...clinic, namedInLetters: true, practitionerNamedInLetters: true };
    const { letter } = stepLetter(
      { ...told, view: { ...view, language, clinic: named, isStrict: false } },
      { stamp: notice.at, now: notice.at, others: others.map(({ start }) => start), words },
    );
    return { notice, letter, view };
  }
}
