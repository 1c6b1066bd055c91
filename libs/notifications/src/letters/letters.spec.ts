import { beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import type { AppointmentView } from '#libs/appointments';
import { catalogue, type Language, languages, seal } from '#libs/platform';
import { methodOf } from '../rules/letter-kind.js';
import { type LetterKind, letterKinds } from '../rules/notice-kinds.js';
import { writeInvitation } from '../invitation/invitation.js';
import { appointmentLetter } from './appointment-letter.js';
import { codeLetter } from './code-letter.js';
import { renderLetter } from './letter-templates.js';
import { reminderLetter } from './reminder-letter.js';
import { invitationFor } from './visit.js';
import { calendarLinks, invitationOf, visitOf } from './visit-of.js';
import { wordsOfLetter } from './words-of-letter.js';
import { noWords } from '../words/letter-words.js';
import { tellingVisit } from '../../../../test/support/telling-visit.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);
const now = at('2026-11-22T01:00:00Z');

const statusOf = (kind: LetterKind): AppointmentView['status'] => {
  if (['requested', 'move-requested', 'request-moved'].includes(kind)) return 'pending';
  return ['rejected', 'expired', 'cancelled', 'cancelled-by-clinic', 'cancelled-by-system'].includes(kind)
    ? 'cancelled'
    : 'booked';
};

const write = (
  kind: LetterKind,
  language: Language,
  about: AppointmentView = tellingVisit({ status: statusOf(kind) }),
  offered: readonly Temporal.Instant[] = [],
) => {
  const visit = visitOf(about, now, language);
  const letter = appointmentLetter({
    kind,
    visit,
    now,
    former: at('2026-12-03T12:15:00Z'),
    offered,
    answerBy: about.answerDueAt,
    cancelBy: about.cancelDeadline,
    findPage: `http://book.example/${language}`,
  });
  const method = methodOf(visit.status);
  const organizer = { name: 'Pieraksts', address: 'no-reply@book.example' };
  const ics = writeInvitation(invitationFor(visit, method, organizer, 'janis@patient.example'));
  return { subject: letter.subject, ics, ...renderLetter('appointment', language, letter) };
};

const every: [LetterKind, Language][] = letterKinds.flatMap((kind) =>
  languages.map((language): [LetterKind, Language] => [kind, language]),
);

const unfold = (ics: string): string => ics.replaceAll('\r\n ', '');
const wordsOf = (html: string): string => html.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]+>/g, ' ');

describe('letters', () => {
  beforeAll(() => {
    process.env['DATABASE_URL'] ??= 'postgres://nobody@127.0.0.1:1/none';
    process.env['SECRET_KEYS'] ??= 'a key for tests that guards nothing at all';
    process.env['BOOKING_URL'] = 'http://book.example';
  });

  /** What a letter would tell to whoever looks over a shoulder (S-2.40, faults.md H1). */
  const secrets = [
    'onkolo',
    'oncolog',
    'tukšā dūšā',
    'konsultācij',
    'kārkliņa',
    'karklina',
    'zvirgzdiņ',
    'jānis',
    'janis@',
    'patient-ill',
    '€',
    '123,45',
    '123.45',
    '20001111',
    '60009999',
    'c1c1c1c1',
    'd1d1d1d1',
    'f1f1f1f1',
    'a1a1a1a1',
  ];

  it.each(every)('say nothing about health or people: %s in %s', (kind, language) => {
    const { subject, text, html, ics } = write(
      kind,
      language,
      tellingVisit({ status: statusOf(kind), reasonSealed: seal('sāp krūtīs') }),
    );
    const all = [subject, text, html, unfold(ics).replace(/mailto:janis@patient.example/i, '')]
      .join('\n')
      .toLowerCase();
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    expect(all).not.toContain('krūt');
  });

  it.each(every)('hide the clinic, too, where its name would tell: %s in %s', (kind, language) => {
    const strict = tellingVisit({ status: statusOf(kind) });
    strict.clinic = { ...strict.clinic, namedInLetters: false, practitionerNamedInLetters: true };
    const { subject, text, html, ics } = write(kind, language, strict);
    const all = [subject, text, html, unfold(ics)].join('\n').toLowerCase();
    for (const secret of ['ozolkalna', 'klīnik', '40003123456', 'kārkliņa']) expect(all).not.toContain(secret);
  });

  it.each(every)('say when, where, by which number to call and what to do next: %s in %s', (kind, language) => {
    const { subject, text, html } = write(kind, language);
    for (const form of [text, html]) {
      for (const fact of [
        '09:30',
        '2026',
        'Brīvības iela 214',
        'Rīga',
        '12',
        '+371 6712 3456',
        'Ozolkalna klīnika',
        '40003123456',
        '7K3M Z9QX PD4T WH2A',
      ])
        expect(form).toContain(fact);
    }
    expect(text.match(/https?:\/\//g)).toHaveLength(1);
    expect(html.match(/<a class="button-words" /g)).toHaveLength(1);
    expect(html).toContain(`<html lang="${language}"`);
    expect(subject).toMatch(/2026/);
    const plain = wordsOf(html).replace(/\s+/g, ' ');
    for (const paragraph of text.split('\n\n')[0]!.split('\n')) expect(plain).toContain(paragraph);
  });

  it('have a subject that says the same for every step', () => {
    for (const language of languages) {
      const subjects = new Set(letterKinds.map((kind) => write(kind, language).subject));
      expect(subjects.size).toBe(1);
    }
  });

  it('name the practitioner where the clinic lets them', () => {
    const open = tellingVisit();
    open.clinic = { ...open.clinic, practitionerNamedInLetters: true };
    expect(write('booked', 'lv', open).text).toContain('Ilze Kārkliņa');
  });

  it('name summer or winter time in the hour that comes twice', () => {
    const winter = write(
      'booked',
      'en',
      tellingVisit({ start: at('2026-10-25T01:30:00Z'), end: at('2026-10-25T02:00:00Z') }),
    );
    expect(winter.text).toContain('03:30 UTC+2 (Riga winter time)');
    const summer = write(
      'booked',
      'en',
      tellingVisit({ start: at('2026-10-25T00:30:00Z'), end: at('2026-10-25T01:00:00Z') }),
    );
    expect(summer.text).toContain('03:30 UTC+3 (Riga summer time)');
  });

  it('say the deadline as a moment, and not when it has passed', () => {
    expect(write('booked', 'en').text).toContain('Cancel or move by: Monday, 30 November 2026, 09:30 (Riga time)');
    const near = write('booked', 'en', tellingVisit({ cancelDeadline: at('2026-11-22T00:59:00Z') })).text;
    expect(near).not.toContain('Cancel or move by:');
    expect(near).toContain('as soon as you can');
    expect(write('booked', 'en', tellingVisit({ cancelDeadline: null })).text).not.toMatch(/late/);
  });

  it('tell the way, also when they remind, only where there is somewhere to go', () => {
    const words = { ...noWords, directions: 'Lift on the right.' };
    for (const [mode, isTold] of [
      ['in-person', true],
      ['video', false],
    ] as const) {
      const view = tellingVisit();
      view.service = { ...view.service, mode };
      const visit = visitOf(view, now, 'en');
      const told = { visit, cancelBy: null, words: wordsOfLetter(words, view, visit) };
      const letter = reminderLetter({ visits: [told], rule: '2d', answerPage: '', choicePage: '', now });
      expect(renderLetter('reminder', 'en', letter).text.includes('Lift')).toBe(isTold);
    }
  });

  it('speak of as many offered times as there are', () => {
    const times = [at('2026-12-02T07:30:00Z'), at('2026-12-03T07:30:00Z')];
    expect(write('offered', 'en', undefined, times).text).toContain('and take one.');
    expect(write('offered', 'en', undefined, times.slice(1)).text).toContain('and take it.');
  });

  it('write what a clinic typed as it was typed', () => {
    const typed = tellingVisit();
    typed.clinic = { ...typed.clinic, name: '<b onclick="x()">{{constructor}} & {{{x}}} ${7*7} <%= y %>' };
    typed.branch = { ...typed.branch, room: '</td><script>alert(1)</script>' };
    const { html, text, ics } = write('booked', 'lv', typed);
    expect(html).not.toMatch(/<script|<b onclick/);
    expect(html).toContain('&lt;b onclick&#x3D;');
    expect(text).toContain('<b onclick="x()">{{constructor}} & {{{x}}} ${7*7} <%= y %>');
    expect(unfold(ics)).toContain('{{constructor}} & {{{x}}} ${7*7} <%= y %>');
  });

  it('bring the code in the letter and never in the subject', () => {
    for (const language of languages) {
      const letter = codeLetter(language, '042917', 15);
      const { text, html } = renderLetter('code', language, letter);
      expect(letter.subject).not.toMatch(/\d/);
      expect(text).toContain('042 917');
      expect(html).toContain('042917');
      expect(text).not.toMatch(/https?:/);
    }
  });

  it('have the same words in every language', () => {
    const keys = (language: Language) =>
      [...catalogue(language).keys()].filter((key) => key.startsWith('mail.')).sort();
    for (const language of languages) expect(keys(language)).toEqual(keys('lv'));
  });
});

describe('the calendar file and links of a page', () => {
  it('are a PUBLISH that names nobody and says no more than a letter', () => {
    const text = invitationOf(tellingVisit(), 'PUBLISH', { now, language: 'en' });
    const calendar = new ICAL.Component(ICAL.parse(text) as never);
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!);
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(event.uid).toBe('5e3c2b7e-3f0a-4b7e-9d55-8f5b9f7f4d10');
    expect(event.attendees).toEqual([]);
    expect(event.summary).toBe('Appointment: Ozolkalna klīnika');
    expect(unfold(text)).not.toMatch(/onkolo|Kārkliņa|Zvirgzdiņš/i);
  });

  it('open the right time in Google’s and Outlook’s calendars', () => {
    const { google, outlook } = calendarLinks(tellingVisit(), 'ru');
    expect(new URL(google).searchParams.get('dates')).toBe('20261201T073000Z/20261201T080000Z');
    expect(new URL(google).searchParams.get('text')).toBe('Приём: Ozolkalna klīnika');
    expect(new URL(outlook).searchParams.get('startdt')).toBe('2026-12-01T07:30:00Z');
    expect(new URL(outlook).searchParams.get('enddt')).toBe('2026-12-01T08:00:00Z');
    for (const link of [google, outlook]) {
      expect(decodeURIComponent(link)).not.toMatch(/onkolo|Kārkliņa|Zvirgzdiņš/i);
      expect(link).not.toContain('+');
    }
  });
});
