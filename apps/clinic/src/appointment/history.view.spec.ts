import { describe, expect, it } from '@jest/globals';
import { eventKinds, type HistoryLine, origins, untoldCodes } from '#libs/appointments';
import type { LetterState } from '#libs/notifications';
import { languages } from '#libs/platform';
import { historyLine } from './history.view.js';

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text);

/** A registrar's step of Monday, 1 March 2027, 10:00 to 10:30 in Rīga. */
const step = (told: Partial<HistoryLine> = {}): HistoryLine => ({
  id: 'e1',
  at: at('2027-02-26T08:15:00Z'),
  kind: 'moved',
  actorKind: 'staff',
  actorName: 'Ieva Reģistratore',
  actorRole: 'registrar',
  fromStatus: 'booked',
  toStatus: 'booked',
  fromStart: at('2027-03-01T08:00:00Z'),
  fromEnd: at('2027-03-01T08:30:00Z'),
  toStart: at('2027-03-01T08:00:00Z'),
  toEnd: at('2027-03-01T08:30:00Z'),
  fromPractitioner: 'Anna Kalniņa',
  toPractitioner: 'Anna Kalniņa',
  origin: null,
  reasonCode: null,
  reasonNote: null,
  tells: false,
  untoldWhy: null,
  overrides: [],
  overrideWhy: null,
  undid: null,
  fromPlace: null,
  toPlace: null,
  ...told,
});

const sent: LetterState = { state: 'sent', failure: null, sentAt: at('2027-02-26T08:15:12Z') };
const zone = 'Europe/Riga';
const english = (line: HistoryLine, letter?: LetterState) => historyLine(line, letter, zone, 'en');

describe('the history of an appointment', () => {
  it('says where a visit was and is, and of the same house only the room', () => {
    const place = { address: 'Brīvības iela 214', city: 'Rīga', postalCode: 'LV-1039', room: '12' };
    const fromPlace = place;
    const moved = (toPlace: typeof place) => english(step({ kind: 'details-changed', fromPlace, toPlace }));
    expect(moved({ ...place, room: '14' })).toMatchObject({ what: 'Place changed', details: ['Place: 12 → 14'] });
    expect(moved({ ...place, address: 'Zemitāna iela 2' }).details).toEqual([
      'Place: Brīvības iela 214, Rīga, LV-1039, 12 → Zemitāna iela 2, Rīga, LV-1039, 12',
    ]);
  });

  it('says who, to the minute, and by which channel it came', () => {
    const line = step({ kind: 'booked', origin: 'phone', fromStart: null, fromEnd: null, fromPractitioner: null });
    expect(english(line)).toMatchObject({
      what: 'Booked: Mon 1 Mar, 10:00–10:30, Anna Kalniņa',
      who: 'Ieva Reģistratore, registrar',
      details: ['By phone'],
      told: '',
    });
    expect(english(line).at).toContain('10:15');
    expect(english(step({ actorKind: 'patient', actorName: null, actorRole: null })).who).toBe('patient');
  });

  it('says what a move changed: time, practitioner, length, or several of them', () => {
    const later = { toStart: at('2027-03-02T09:00:00Z'), toEnd: at('2027-03-02T09:45:00Z') };
    expect(english(step({ ...later, toPractitioner: 'Boriss Ozoliņš' }))).toMatchObject({
      what: 'Moved',
      details: [
        'Time: Mon 1 Mar, 10:00 → Tue 2 Mar, 11:00',
        'Practitioner: Anna Kalniņa → Boriss Ozoliņš',
        'Length: 30 → 45 min',
      ],
    });
    expect(english(step({ toPractitioner: 'Boriss Ozoliņš' })).what).toBe('Given to another practitioner');
    expect(english(step({ toEnd: at('2027-03-01T09:00:00Z') }))).toMatchObject({
      what: 'Length changed',
      details: ['Length: 30 → 60 min'],
    });
  });

  it('says why, and against what staff booked knowingly', () => {
    const line = step({ kind: 'cancelled', reasonCode: 'clinic-closed', reasonNote: 'Remonts', overrides: ['beside'] });
    expect(english(line).details).toEqual(['Knowingly beside another visit', 'Reason: The clinic is closed – Remonts']);
  });

  it('says what was taken back, and where it stands again', () => {
    const line = step({
      kind: 'undone',
      undid: 'moved',
      fromStart: at('2027-03-02T09:00:00Z'),
      fromEnd: at('2027-03-02T09:30:00Z'),
    });
    expect(english(line)).toMatchObject({
      what: 'Taken back: “Moved”',
      details: ['Time: Tue 2 Mar, 11:00 → Mon 1 Mar, 10:00'],
    });
  });

  it('says whether, when and why not the patient was told', () => {
    const told = (letter?: LetterState, line = step({ tells: true })): string => english(line, letter).told;
    expect(told(sent)).toMatch(/handed to the mail server .*10:15/);
    expect(told()).toContain('waiting to leave');
    expect(told({ state: 'queued', failure: null, sentAt: null })).toContain('waiting to leave');
    expect(told({ state: 'dropped', failure: 'no-address', sentAt: null })).toContain('no e-mail address');
    expect(english(step({ tells: true }), { state: 'failed', failure: 'x', sentAt: null }).needsCall).toBe(true);
    for (const untoldWhy of untoldCodes)
      expect(told(undefined, step({ untoldWhy }))).toMatch(/^The portal did not tell the patient: \w/);
  });

  it('has its words in every language, for every kind of step', () => {
    for (const language of languages)
      for (const kind of eventKinds)
        for (const origin of [null, ...origins]) {
          const line = step({
            kind,
            origin,
            tells: true,
            overrides: ['outside-hours', 'over-quota', 'beside'],
            reasonCode: 'patient-asked',
            undid: kind === 'undone' ? 'cancelled' : null,
          });
          const { what, who, details, told } = historyLine(line, sent, zone, language);
          for (const text of [what, who, ...details, told]) {
            expect(text).not.toMatch(/desk\.|clinic\.|\{|\}|undefined/);
            expect(text.trim()).not.toBe('');
          }
          expect(details).toHaveLength(origin ? 5 : 4);
        }
  });

  it.each([
    ['lv', 'Mainīts ilgums', 'Ilgums: 30 → 60 min'],
    ['et', 'Kestus muudetud', 'Kestus: 30 → 60 min'],
    ['ru', 'Изменена длительность', 'Длительность: 30 → 60 мин'],
  ] as const)('is natural in %s', (language, what, detail) => {
    const line = historyLine(step({ toEnd: at('2027-03-01T09:00:00Z') }), undefined, zone, language);
    expect([line.what, line.details[0]]).toEqual([what, detail]);
  });
});
