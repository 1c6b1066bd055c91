import { beforeAll, describe, expect, it } from '@jest/globals';
import { languages } from '#libs/platform';
import { letterKinds, noticeRuleOf } from '../rules/notice-kinds.js';
import { segmentsOf } from '../rules/segments.js';
import { wordingFor } from './send-text.js';
import { stepText } from './step-text.js';

const visit = {
  start: Temporal.Instant.from('2026-12-16T12:45:00Z'),
  zone: 'Europe/Riga',
  clinic: { name: 'Ķeguma veselības centrs “Ārstu prakse”', registryCode: '1' },
  place: { country: 'LV', address: 'Brīvības gatve 214B', city: 'Rīga', postalCode: 'LV-1039', room: '12' },
  mode: 'in-person',
  reference: '0123456789ABCDEF',
} as const;
const former = Temporal.Instant.from('2026-12-15T07:00:00Z');
const kinds = letterKinds.filter((kind) => noticeRuleOf(kind).channels.includes('sms'));

describe('a step as a short message', () => {
  beforeAll(() => {
    process.env['DATABASE_URL'] ??= 'postgres://localhost/none';
    process.env['SECRET_KEYS'] ??= 'a key for tests that guards nothing at all';
    process.env['BOOKING_URL'] = 'https://pieraksts.example';
  });

  // faults.md H13
  it.each(kinds)('%s fits one segment in plain letters, and two where Russian needs its own', (kind) => {
    for (const language of languages) {
      const text = wordingFor(stepText(kind, { ...visit, language }, former), true);
      const { encoding, segments } = segmentsOf(text);
      const expected = language === 'ru' ? ['ucs-2', 2] : ['gsm-7', 1];
      expect([language, text, encoding, segments]).toEqual([language, text, ...expected]);
      expect(text).toContain('https://pieraksts.example/a/0123456789ABCDEF');
    }
  });

  it('numbers the times that are offered where it can be answered, and asks for a yes where there is one', () => {
    const times = ['2026-12-17T08:00:00Z', '2026-12-21T07:30:00Z'].map((text) => Temporal.Instant.from(text));
    for (const language of languages) {
      const [both, one] = [times, times.slice(0, 1)].map((choice) =>
        wordingFor(stepText('offered', { ...visit, language }, null, choice), true),
      ) as [string, string];
      for (const text of [both, one]) {
        const { encoding, segments } = segmentsOf(text);
        const expected = language === 'ru' ? ['ucs-2', text === one ? 2 : 3] : ['gsm-7', 1];
        expect([language, text, encoding, segments]).toEqual([language, text, ...expected]);
        expect(text).toContain('https://pieraksts.example/a/0123456789ABCDEF');
      }
      expect(both).toMatch(/ 1\)[^,]* 17[^,]+10:00, 2\)[^,]* 21[^,]+09:30\. /);
      expect(one).toMatch(/ 17[^,]+10:00.* (JA|JAH|YES|ДА)\. /);
    }
  });

  it('names neither clinic nor place where the visit does not', () => {
    for (const kind of kinds) {
      const [fullest = ''] = stepText(kind, { ...visit, language: 'lv', clinic: null, place: null }, former);
      expect(fullest).not.toMatch(/Ķegum|Brīvības|Rīga/);
    }
  });

  it('keeps its marks where the clinic wants them, and says how long it is then', () => {
    const text = wordingFor(stepText('cancelled-by-clinic', { ...visit, language: 'lv' }, null), false);
    expect(text).toContain('Jūsu vizīti');
    expect(segmentsOf(text)).toMatchObject({ encoding: 'ucs-2', segments: 2 });
  });
});
