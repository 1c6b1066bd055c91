import { formatPlainDate, hasMessage, type Language, translate, wordsIn } from '#libs/platform';
import type { ToldAnswer, ToldView } from './queries/told-before.js';

/** What was told before a visit, as people read it. */
export interface ToldInWords {
  answers: { question: string; answer: string }[];
  referral: {
    number: string | null;
    issued: string;
    priority: string;
    referrer: string;
    phone: string | null;
    email: string | null;
    hasForm: boolean;
  } | null;
}

function answerInWords(language: Language, { kind, value, option }: ToldAnswer): string {
  if (kind === 'yes-no') return translate(language, `common.form.${value === 'yes' ? 'yes' : 'no'}`);
  if (kind === 'number') return Number(value).toLocaleString(language);
  return option ? wordsIn(language, option) : value;
}

function saidInWords(language: Language, said: ToldView['said']): ToldInWords['answers'] {
  const { birthDate, sex, visit, group } = said ?? { birthDate: null, sex: null, visit: null, group: null };
  const say = (key: string): string => translate(language, `services.${key}`);
  const lines: [string, string | null][] = [
    ['birth-date', birthDate && formatPlainDate(language, Temporal.PlainDate.from(birthDate), 'long')],
    ['sex', sex && say(`ask.sex-${sex}`)],
    ['visit', visit && say(`ask.visit-${visit}`)],
    ['group', group && (group === 'none' ? say('ask.group-none') : say(`groups.${group}`))],
  ];
  return lines.flatMap(([key, answer]) => (answer ? [{ question: say(`told.${key}`), answer }] : []));
}

/** Answers in the words in which they were asked, and the referral. */
export function toldInWords(language: Language, { answers, said, referral }: ToldView): ToldInWords {
  const priority = `services.referral.priorities.${referral?.priority}`;
  return {
    answers: [
      ...saidInWords(language, said),
      ...answers.map((each) => ({
        question: wordsIn(language, each.words),
        answer: answerInWords(language, each),
      })),
    ],
    referral: referral && {
      number: referral.number,
      issued: translate(language, 'services.referral.issued', {
        date: formatPlainDate(language, referral.date, 'long'),
      }),
      priority: hasMessage(language, priority) ? translate(language, priority) : (referral.priority ?? ''),
      referrer: `${referral.referrer.name}, ${referral.referrer.institution}`,
      phone: referral.referrer.phone,
      email: referral.referrer.email,
      hasForm: referral.hasForm,
    },
  };
}
