import { describe, expect, it } from '@jest/globals';
import { choiceOf, meaningOf } from './incoming-words.js';

describe('an answer by short message', () => {
  it.each([
    ['come', ['Jā', 'JA!', 'ja.', 'Nākšu', 'Jah', 'tulen', 'Yes', "I'll come", 'Да', ' да ', 'Приду', 'OK 👍']],
    ['come', ['Ieradīšos', 'jā, būšu. Paldies!', 'Jah, tulen', 'Yes, thank you', 'Да, придём!', 'Da', 'pridu']],
    ['cancel', ['Nē', 'NE', 'Atcelt', 'Ei', 'Tühista', 'tuhista', 'No', 'CANCEL', 'I can’t', 'Нет', 'отмена']],
    ['cancel', ['Labdien! Diemžēl nevarēšu ierasties.', 'ei saa tulla', 'Нет, не приду', 'не смогу прийти', 'Net']],
    ['call', ['Zvaniet', 'Lūdzu, zvaniet!', 'Helistage', 'Palun helistage', 'Call me', 'Позвоните, пожалуйста']],
    ['stop', ['STOP', 'Stopp', 'стоп']],
    ['start', ['start']],
  ] as const)('means %s', (meaning, texts) => {
    for (const text of texts) expect([text, meaningOf(text)]).toEqual([text, meaning]);
  });

  it.each([
    '',
    '?',
    'Jā, bet vēlāk',
    'nē nē, es nākšu',
    'Kas tas ir?',
    'ei tea',
    'Ja / Ne',
    'нет, приду',
    'Не, приду',
    'Ei, tulen',
    'ei ole',
    'Nē?',
    'Отменить?',
    'не отменяйте',
    'Neatceliet',
    'ärge tühistage',
    "Don't cancel",
    'Atcelt nevajag',
    'нет. позвоните',
    'no problem',
    'n',
    'Paldies!',
    'x'.repeat(5000),
  ])('is never guessed: %j', (text) => {
    expect(meaningOf(text)).toBe('unclear');
  });
});

describe('a choice from a numbered list', () => {
  it.each(['1', ' 1. ', '1)', '#1', 'Nr. 1', '1, paldies!', 'Номер 1'])('%s', (text) => {
    expect(choiceOf(text)).toBe(1);
  });
  it.each(['', '0', '12', '1 2', '1, 2', '1-2', '1?', '10:00', '1. vai 2.', 'jā', '1 bet vēlāk', 'No, 1'])(
    'is not: %s',
    (text) => {
      expect(choiceOf(text)).toBeNull();
    },
  );
});
