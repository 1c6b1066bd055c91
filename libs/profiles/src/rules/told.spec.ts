import { describe, expect, it } from '@jest/globals';
import type { ForWhom } from './for-whom.js';
import { parseNumber, type Question } from './questions.js';
import { askedOfEverybody, readTold } from './told.js';

const words = (text: string) => ({ lv: text, et: text, en: text, ru: text });
const ask = (id: string, kind: Question['kind'], more: Partial<Question> = {}): Question => ({
  id,
  kind,
  words: words(id),
  required: true,
  options: [],
  stopValues: [],
  stopBelow: null,
  stopAbove: null,
  advice: {},
  ...more,
});
const everybody: ForWhom = {
  ageFrom: null,
  ageFromUnit: 'years',
  ageTo: null,
  ageToUnit: 'years',
  sex: null,
  visitKind: null,
  targetGroups: [],
};
const questions = [
  ask('pain', 'yes-no', { stopValues: ['yes'], advice: words('Call 113 now.') }),
  ask('side', 'choice', {
    options: [
      { id: 'left', words: words('Left') },
      { id: 'right', words: words('Right') },
    ],
  }),
  ask('fever', 'number', { required: false, stopAbove: 38.5, advice: words('Stay at home.') }),
  ask('medicines', 'short-text', { required: false }),
];
const service = { ...everybody, questions };
const days = { day: Temporal.PlainDate.from('2026-12-10'), today: Temporal.PlainDate.from('2026-12-01') };
const unknown = { birthDate: null, sex: null, visit: null } as const;
const tell = (given: Record<string, string>, of: typeof service = service, known = unknown) =>
  readTold(
    of,
    Object.entries(given).map(([questionId, value]) => ({ questionId, value })),
    known,
    days,
  );

describe('answers before a visit', () => {
  it('are read by their kind, in the order of the questions', () => {
    const told = tell({ side: 'left', pain: 'no', fever: '37,5', medicines: ' none ' });
    expect(told.mistakes).toEqual([]);
    expect(told.answers.map(({ question, value }) => [question.id, value])).toEqual([
      ['pain', 'no'],
      ['side', 'left'],
      ['fever', '37.5'],
      ['medicines', 'none'],
    ]);
  });

  it('stop the booking with the advice, whatever else is missing', () => {
    expect(tell({ pain: 'yes' }).stoppedBy).toMatchObject({ path: 'answers.0.value', question: { id: 'pain' } });
    expect(tell({ pain: 'no', side: 'left', fever: '38.6' }).stoppedBy?.question.id).toBe('fever');
    expect(tell({ pain: 'no', side: 'left', fever: '38.5' }).stoppedBy).toBeNull();
  });

  it.each([
    [{ pain: 'maybe', side: 'left' }, 'answers.0.value', 'choice'],
    [{ pain: 'no', side: 'middle' }, 'answers.1.value', 'choice'],
    [{ pain: 'no', side: 'left', fever: 'high' }, 'answers.2.value', 'number'],
    [{ pain: 'no', side: 'left', medicines: 'x'.repeat(301) }, 'answers.2.value', 'too-long'],
    [{ pain: 'no', side: 'left', weather: 'x' }, 'answers.2.questionId', 'unknown'],
    [{ pain: 'no', side: 'left', sex: 'male' }, 'answers.2.questionId', 'unknown'],
    [{ pain: 'no' }, 'answers.side', 'required'],
    [{ pain: 'no', side: '  ' }, 'answers.1.value', 'required'],
  ])('%o are a mistake at %s', (given, path, code) => {
    expect(tell(given as Record<string, string>).mistakes).toMatchObject([{ path, code }]);
  });

  it('given twice are a mistake', () => {
    const twice = [
      { questionId: 'pain', value: 'no' },
      { questionId: 'pain', value: 'no' },
      { questionId: 'side', value: 'left' },
    ];
    expect(readTold(service, twice, unknown, days).mistakes).toEqual([
      { path: 'answers.1.questionId', questionId: 'pain', code: 'unknown' },
    ]);
  });

  it.each(['1e9', '0x10', '--1', '1.234', '12345678', 'NaN', '١', ''])('are no number when %j was typed', (text) => {
    expect(parseNumber(text)).toBeNull();
  });
});

describe('what somebody says of themself', () => {
  const forSome = { ...everybody, questions: [], ageFrom: 18, sex: 'female', targetGroups: ['pregnant'] } as const;

  it('is asked only where the service needs it', () => {
    expect(askedOfEverybody(service)).toEqual([]);
    expect(askedOfEverybody(forSome)).toEqual(['sex', 'group']);
  });

  it('is wanted, and a code that tells it counts more', () => {
    const given = [{ questionId: 'group', value: 'pregnant' }];
    const adult = { birthDate: Temporal.PlainDate.from('1990-01-01'), visit: null };
    expect(readTold(forSome, given, { ...adult, sex: null }, days).mistakes).toMatchObject([{ path: 'answers.sex' }]);
    expect(readTold(forSome, given, { ...adult, sex: 'female' }, days)).toMatchObject({ mistakes: [], why: null });
    const claimed = [...given, { questionId: 'sex', value: 'female' }];
    expect(readTold(forSome, claimed, { ...adult, sex: 'male' }, days).why).toBe('other-sex');
  });

  it.each(['2190-01-01', '1899-12-31', '2026-02-30', 'x'])('is no birth date when it is %s', (value) => {
    const told = readTold(
      { ...everybody, questions: [], ageFrom: 18 },
      [{ questionId: 'birth-date', value }],
      unknown,
      days,
    );
    expect(told.mistakes).toEqual([{ path: 'answers.0.value', questionId: 'birth-date', code: 'date' }]);
  });
});
