import { Inject, Injectable } from '@nestjs/common';
import { AccessLog, type AccountChange, requireStaff, type StaffActor } from '#libs/access';
import { CLOCK, type Clock, Database, environment, type Language } from '#libs/platform';
import { writeInvitation } from '../invitation/invitation.js';
import { accountLetter } from '../letters/account-letter.js';
import { cancelByOf } from '../letters/cancel-by.js';
import { codeLetter } from '../letters/code-letter.js';
import { type LetterParts, renderLetter } from '../letters/letter-templates.js';
import { appointmentPage } from '../letters/portal-pages.js';
import { reminderLetter } from '../letters/reminder-letter.js';
import { staffLetter } from '../letters/staff-letter.js';
import { stepLetter } from '../letters/step-letter.js';
import { nameTells } from '../letters/telling-of-visit.js';
import { invitationFor } from '../letters/visit.js';
import { visitOf } from '../letters/visit-of.js';
import { wordsOfLetter } from '../letters/words-of-letter.js';
import { letterOfStep, type StepLetter } from '../queries/letter-of-step.js';
import { hasInvitation, methodOf } from '../rules/letter-kind.js';
import {
  type AccountLetterKind,
  isAccountLetterKind,
  isLetterKind,
  type NoticeKind,
  noticeRuleOf,
} from '../rules/notice-kinds.js';
import { answerPage } from '../reminders/reminder-link.js';
import { reminderWordings } from '../reminders/reminder-text.js';
import { wordingFor } from '../texts/send-text.js';
import { stepText } from '../texts/step-text.js';
import { mailFromOf } from '../transports/mail-from.js';
import type { LetterWords } from '../words/letter-words.js';
import { lettersOf } from '../words/letters-of.js';
import { asIf } from './as-if.js';
import { sampleStep } from './sample-step.js';
import { stepToShow } from './step-to-show.js';

/** How much a letter says: as the clinic has chosen, without the clinic's name, or as little as a patient may choose. */
export const previewLevels = ['usual', 'unnamed', 'strict'] as const;
export type PreviewLevel = (typeof previewLevels)[number];

/** A letter as it would leave, in all its forms. */
export interface LetterPreview {
  subject: string;
  html: string;
  text: string;
  /** The calendar file that goes with it. */
  invitation: string | null;
  /** The short message of the same, where the kind has one. */
  sms: string | null;
  /** `sent`: a letter that was due; `visit`: a real visit, as if this had happened to it; `sample`: made up. */
  source: 'sent' | 'visit' | 'sample';
  /** The clinic is not named although it would let itself be, because its name has a word of the service in it. */
  isNameTelling: boolean;
}

interface Wish {
  actor: StaffActor;
  kind: NoticeKind;
  language: Language;
  level: PreviewLevel;
}

type Shown = Omit<LetterPreview, 'source' | 'isNameTelling'>;

/** Instead of a patient's address. */
const attendee = 'patient@example.org';

const changeOf: Partial<Record<AccountLetterKind, AccountChange>> = {
  'access-changed': 'rights-changed',
  'data-request': 'data-copy',
};

/**
 * Shows staff a letter of any kind as it would leave, with the data of their clinic's latest visit that fits. It names no
 * patient; whose visit it is stands in the access log, as of any look (promise 10).
 * Refusals: `not-allowed`.
 */
@Injectable()
export class PreviewLetter {
  constructor(
    private readonly database: Database,
    private readonly accessLog: AccessLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(wish: Wish): Promise<LetterPreview> {
    const { actor, kind } = wish;
    requireStaff(actor, actor.clinicId, 'letters.edit');
    if (noticeRuleOf(kind).audience !== 'patient')
      return { ...(await this.ofNoVisit(wish)), source: 'sample', isNameTelling: false };
    const { told, source } = await this.told(wish);
    if (source !== 'sample')
      await this.accessLog.looked(null, {
        actor,
        patientId: told.view.patient.id,
        appointmentId: told.view.id,
        action: 'letter-preview',
        purpose: 'letters',
      });
    const words = await this.wordsOf(told);
    const shown = kind === 'reminder' ? this.reminder(told, words) : this.ofStep(told, words);
    return { ...shown, source, isNameTelling: told.view.clinic.namedInLetters && nameTells(told.view) };
  }

  /** What the letter is about, in the language and at the level that was asked for. */
  private async told({
    actor,
    kind,
    language,
    level,
  }: Wish): Promise<{ told: StepLetter; source: LetterPreview['source'] }> {
    const { clinicId } = actor;
    const now = this.clock.now();
    const wanted = isLetterKind(kind) ? kind : null;
    const found = await stepToShow(this.database, clinicId, wanted, now);
    const real = found && (await letterOfStep(this.database, found.eventId));
    const base = real ?? (await sampleStep(this.database, clinicId, now));
    const { clinic } = base.view;
    const view = {
      ...base.view,
      language,
      contactEmail: attendee,
      isStrict: level === 'strict',
      clinic: level === 'unnamed' ? { ...clinic, namedInLetters: false } : clinic,
    };
    const isSuch = found?.isSuch === true;
    const told = isSuch ? { ...base, view } : asIf({ ...base, view }, wanted ?? 'booked');
    return { told, source: real ? (isSuch ? 'sent' : 'visit') : 'sample' };
  }

  private wordsOf({ view }: StepLetter): Promise<LetterWords> {
    return lettersOf(this.database, {
      clinicId: view.clinic.id,
      branchId: view.branch.id,
      serviceId: view.service.id,
      language: view.language,
    });
  }

  private ofStep(told: StepLetter, words: LetterWords): Shown {
    const { view } = told;
    const now = this.momentBefore(view.start);
    const { kind, visit, letter } = stepLetter(told, { stamp: now, now, words });
    const method = methodOf(visit.status);
    const organizer = mailFromOf(environment().mailFrom);
    return {
      subject: letter.subject,
      ...renderLetter('appointment', view.language, letter),
      invitation: hasInvitation(kind) ? writeInvitation(invitationFor(visit, method, organizer, attendee)) : null,
      sms: noticeRuleOf(kind).channels.includes('sms')
        ? wordingFor(stepText(kind, visit, told.fromStart), false)
        : null,
    };
  }

  private reminder({ view }: StepLetter, words: LetterWords): Shown {
    const now = this.momentBefore(view.start);
    const visit = visitOf(view, now);
    const { language } = view;
    const page = answerPage(language, 'example');
    const letter = reminderLetter({
      visits: [
        {
          visit,
          cancelBy: cancelByOf(view),
          words: wordsOfLetter(words, view, visit),
        },
      ],
      rule: '2d',
      answerPage: page,
      choicePage: appointmentPage(language, view.id),
      now,
    });
    return {
      subject: letter.subject,
      ...renderLetter('reminder', language, letter),
      invitation: null,
      sms: wordingFor(reminderWordings([visit], { rule: '2d', page, canAnswer: false }), false),
    };
  }

  private async ofNoVisit({ actor, kind, language }: Wish): Promise<Shown> {
    const now = this.clock.now();
    const shown = (letter: LetterParts): Shown => ({
      subject: letter.subject,
      ...renderLetter(noticeRuleOf(kind).template, language, letter),
      invitation: null,
      sms: null,
    });
    if (kind === 'code') return shown(codeLetter(language, '123456', 15));
    if (kind === 'invitation') {
      const [clinic] = await this.database.read<{ name: string }>('select name from clinic where id = $1', [
        actor.clinicId,
      ]);
      const expiresAt = now.add({ hours: 24 * 7 });
      const invitation = { id: 'example', key: 'example', purpose: 'join', role: 'registrar', expiresAt } as const;
      return shown(staffLetter(language, clinic?.name ?? '', invitation));
    }
    if (!isAccountLetterKind(kind)) throw new Error(`a letter about a visit has one: ${kind}`);
    const clinicId = kind === 'access-changed' ? actor.clinicId : null;
    return shown(accountLetter({ language, kind, change: changeOf[kind] ?? null, clinicId, at: now }));
  }

  /** A letter is read before its visit, also where the visit is over. */
  private momentBefore(start: Temporal.Instant): Temporal.Instant {
    const earlier = start.subtract({ hours: 72 });
    const now = this.clock.now();
    return Temporal.Instant.compare(now, earlier) < 0 ? now : earlier;
  }
}
