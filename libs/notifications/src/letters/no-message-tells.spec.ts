import { beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { accountChanges } from '#libs/access';
import type { AppointmentView } from '#libs/appointments';
import { hasMessage, type Language, languages, seal } from '#libs/platform';
import { writeInvitation } from '../invitation/invitation.js';
import { asIf } from '../preview/as-if.js';
import type { StepLetter } from '../queries/letter-of-step.js';
import { reminderWordings } from '../reminders/reminder-text.js';
import { hasInvitation, methodOf } from '../rules/letter-kind.js';
import {
  isAccountLetterKind,
  isLetterKind,
  type NoticeKind,
  noticeKindNames,
  noticeRuleOf,
} from '../rules/notice-kinds.js';
import { stepText } from '../texts/step-text.js';
import { compose } from '../transports/compose.js';
import { accountLetter } from './account-letter.js';
import { codeLetter } from './code-letter.js';
import { type LetterParts, type LetterTemplate, renderLetter } from './letter-templates.js';
import { reminderLetter } from './reminder-letter.js';
import { staffLetter } from './staff-letter.js';
import { stepLetter } from './step-letter.js';
import { invitationFor } from './visit.js';
import { visitOf } from './visit-of.js';
import { wordsOfLetter } from './words-of-letter.js';
import { tellingVisit } from '../../../../test/support/telling-visit.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const now = at('2026-11-22T01:00:00Z');
const from = { name: 'Pieraksts', address: 'no-reply@book.example' };
const to = 'p1@patient.example';

/** Everything about this patient's visit tells. */
const view = (language: Language): AppointmentView =>
  tellingVisit({
    language,
    clinic: {
      id: 'c1c1c1c1-3f0a-4b7e-9d55-8f5b9f7f4d10',
      slug: 'onkologijas-klinika',
      name: 'Ozolkalna Onkoloģijas klīnika',
      country: 'LV',
      registrationNumber: '40003123456',
      phone: '+37160009999',
      email: 'desk@onkologija.example',
      namedInLetters: true,
      practitionerNamedInLetters: true,
    },
    branch: {
      id: 'b1b1b1b1-3f0a-4b7e-9d55-8f5b9f7f4d10',
      slug: 'onkologija',
      name: 'Onkoloģijas centrs',
      city: 'Jēkabpils',
      address: 'Brīvības iela 214',
      postalCode: 'LV-5201',
      room: 'Onkologa kabinets 3',
      phone: '+371 6712 3456',
    },
    practitioner: {
      id: 'd1d1d1d1-3f0a-4b7e-9d55-8f5b9f7f4d10',
      kind: 'practitioner',
      slug: 'ilze-karklina',
      title: { lv: 'ārste onkoloģe', et: 'onkoloog', en: 'oncologist', ru: 'онколог' },
      givenName: 'Ilze',
      familyName: 'Kārkliņa',
      name: 'Ilze Kārkliņa',
    },
    service: {
      id: 'a1a1a1a1-3f0a-4b7e-9d55-8f5b9f7f4d10',
      name: {
        lv: 'Onkologa konsultācija krūts audzējam',
        et: 'Onkoloogi vastuvõtt rinnakasvaja tõttu',
        en: 'Oncology consultation for a breast tumour',
        ru: 'Консультация онколога при опухоли груди',
      },
      minutes: 30,
      preparation: { lv: 'Tukšā dūšā', et: 'Tühja kõhuga', en: 'On an empty stomach', ru: 'Натощак' },
      mode: 'in-person',
      specialtyId: 'oncology',
    },
    accountId: 'acacacac-3f0a-4b7e-9d55-8f5b9f7f4d10',
    contactEmail: to,
    wishesSms: true,
    reasonSealed: seal('sāp krūtīs'),
  });

/** What a clinic might have written while it was harmless, or before anybody looked. */
const words = {
  greeting: 'Sveicina Onkoloģijas nodaļa, 120371-12345',
  signature: 'Ilze Kārkliņa, тел. онколога',
  directions: 'Uz onkologa kabinetu pa kreisi, Zvirgzdiņa kungs',
  preparation: 'Before your oncology visit, fast',
};

/** As they would be read, in any case and without marks; what may stand nowhere at any level (S-2.40, faults.md H1). */
const secrets = `
  onkolo | oncolo | онколог | audzej | kasvaj | tumour | опухол | krutis | karklin | ilze | zvirgzdin | janis
  120371 | 1971-03-12 | 12.03.1971 | tuksa dusa | tuhja kohuga | empty stomach | натощак | patient-ill | 123,45 | 123.45
  20001111 | 60009999 | desk@ | 40003123456 | ozolkalna | c1c1c1c1 | d1d1d1d1 | f1f1f1f1 | a1a1a1a1 | b1b1b1b1 | acacacac
`
  .trim()
  .split(/ \| |\n\s+/);
/** What is left out besides where the patient wants it so. */
const places = ['brivibas', 'jekabpil', 'lv-5201', '6712', '67123456'];

const levels = ['usual', 'unnamed', 'strict'] as const;
type Level = (typeof levels)[number];

interface Message {
  template: LetterTemplate;
  letter: LetterParts;
  invitation?: { method: 'REQUEST' | 'CANCEL'; content: string };
  texts: readonly string[];
}

function about(kind: NoticeKind, language: Language, level: Level): Message[] {
  const whole = view(language);
  const shown: AppointmentView = {
    ...whole,
    isStrict: level === 'strict',
    clinic: { ...whole.clinic, namedInLetters: level !== 'unnamed' },
  };
  if (isLetterKind(kind)) {
    const booked: StepLetter = {
      kind: 'booked',
      actorKind: 'patient',
      fromStatus: null,
      toStatus: 'booked',
      reasonCode: null,
      offered: [],
      offeredUntil: null,
      fromStart: null,
      fromPlace: null,
      isProven: true,
      view: shown,
    };
    const told = asIf(booked, kind);
    const { visit, letter } = stepLetter(told, { stamp: now, now, words });
    const method = methodOf(visit.status);
    const content = writeInvitation(invitationFor(visit, method, from, to));
    return [
      {
        template: 'appointment',
        letter,
        ...(hasInvitation(kind) && { invitation: { method, content } }),
        texts: noticeRuleOf(kind).channels.includes('sms') ? stepText(kind, visit, told.fromStart) : [],
      },
    ];
  }
  if (kind === 'reminder') {
    const visit = visitOf(shown, now);
    const page = 'http://book.example/r/key';
    const letter = reminderLetter({
      visits: [{ visit, cancelBy: shown.cancelDeadline, words: wordsOfLetter(words, shown, visit) }],
      rule: '2d',
      answerPage: page,
      choicePage: page,
      now,
    });
    return [
      {
        template: 'reminder',
        letter,
        texts: reminderWordings([visit, visit], { rule: '2d', page, canAnswer: true }),
      },
    ];
  }
  if (kind === 'code') return [{ template: 'code', letter: codeLetter(language, '042917', 15), texts: [] }];
  if (isAccountLetterKind(kind)) {
    const changes = accountChanges.filter((change) => hasMessage(language, `mail.account.${kind}.${change}.first`));
    const said = hasMessage(language, `mail.account.${kind}.first`) ? [null, ...changes] : changes;
    return said.map((change) => ({
      template: 'account',
      letter: accountLetter({ language, kind, change, clinicId: shown.clinic.id, at: now }),
      texts: [],
    }));
  }
  // Where somebody works tells nothing of their health, and an invitation without a name would be taken for a trick.
  const invitation = { id: 'i', key: 'k', purpose: 'join', role: 'registrar', expiresAt: now } as const;
  return [{ template: 'invitation', letter: staffLetter(language, 'Klīnika', invitation), texts: [] }];
}

const folded = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

const textOf = (content: string | ArrayBuffer | Uint8Array): string =>
  typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8');

describe('no message tells', () => {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  beforeAll(() => {
    process.env['DATABASE_URL'] ??= 'postgres://nobody@127.0.0.1:1/none';
    process.env['SECRET_KEYS'] ??= 'a key for tests that guards nothing at all';
    process.env['BOOKING_URL'] = 'http://book.example';
  });

  /** All that leaves: the bytes as they go, what they decode to, and the short messages. */
  async function bytesOf(message: Message, language: Language): Promise<string> {
    const { template, letter, invitation, texts } = message;
    // A boundary of its own is random hexadecimal digits, and one in some thousands holds what is searched for.
    const fixed: object = { baseBoundary: 'boundary', date: new Date(now.epochMilliseconds) };
    const { message: raw } = await composer.sendMail({
      ...compose(
        {
          to,
          language,
          subject: letter.subject,
          ...renderLetter(template, language, letter),
          messageId: '<0123@book.example>',
          ...(invitation && { invitation }),
        },
        from,
      ),
      ...fixed,
    });
    const parsed = await new PostalMime().parse(raw as Buffer);
    const calendars = parsed.attachments.map(({ content }) => textOf(content).replaceAll('\r\n ', ''));
    expect(calendars.length > 0).toBe(invitation !== undefined);
    expect(`${parsed.text}`.length).toBeGreaterThan(50);
    return folded(
      [
        (raw as Buffer).toString('utf8'),
        ...parsed.headers.map(({ key, value }) => `${key}: ${value}`),
        parsed.subject,
        parsed.text,
        parsed.html,
        ...calendars,
        ...texts,
      ].join('\n'),
    );
  }

  it.each(noticeKindNames)('of the kind %s, in any language, at any level', async (kind) => {
    const told: string[] = [];
    for (const language of languages)
      for (const level of levels)
        for (const message of about(kind, language, level)) {
          const all = await bytesOf(message, language);
          const hidden = level === 'strict' ? [...secrets, ...places] : secrets;
          told.push(...hidden.filter((each) => all.includes(each)).map((each) => `${language} ${level}: ${each}`));
        }
    expect(told).toEqual([]);
  });

  it('and yet says when, at every level, and where, unless it may not', async () => {
    for (const level of levels) {
      const [message] = about('booked', 'lv', level);
      const all = await bytesOf(message!, 'lv');
      expect(all).toContain('09:30');
      expect(all).toContain('7k3m z9qx pd4t wh2a');
      expect(all.includes('brivibas')).toBe(level !== 'strict');
    }
  });
});
