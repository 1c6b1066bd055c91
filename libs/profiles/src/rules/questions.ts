import type { Words } from '#libs/platform';

export const questionKinds = ['yes-no', 'choice', 'short-text', 'number'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** A question that a service asks before a visit. */
export interface Question {
  id: string;
  kind: QuestionKind;
  words: Words;
  required: boolean;
  /** The answers of a choice; of yes-no they are `yes` and `no`. */
  options: readonly { id: string; words: Words }[];
  stopValues: readonly string[];
  stopBelow: number | null;
  stopAbove: number | null;
  /** What is said instead of booking after an answer that stops. */
  advice: Words;
}

/** The longest short text, in characters. */
export const longestText = 300;

/** At most so many questions: more than that nobody answers before a visit. */
export const mostQuestions = 12;

export interface Answer {
  questionId: string;
  value: string;
}

export type ReadAnswer =
  { ok: true; value: string; stops: boolean } | { ok: false; code: 'choice' | 'number' | 'too-long' };

/** A number as people type it: a comma or a point, at most seven digits before it and two after it. */
export function parseNumber(text: string): number | null {
  return /^-?\d{1,7}([.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : null;
}

/** What one answer says to its question; an empty one is no answer and not asked here. */
export function readAnswer(question: Question, typed: string): ReadAnswer {
  const value = typed.trim();
  switch (question.kind) {
    case 'yes-no':
    case 'choice': {
      const known = question.kind === 'yes-no' ? ['yes', 'no'] : question.options.map(({ id }) => id);
      if (!known.includes(value)) return { ok: false, code: 'choice' };
      return { ok: true, value, stops: question.stopValues.includes(value) };
    }
    case 'number': {
      const number = parseNumber(value);
      if (number === null) return { ok: false, code: 'number' };
      const { stopBelow: below, stopAbove: above } = question;
      const stops = (below !== null && number < below) || (above !== null && number > above);
      return { ok: true, value: String(number), stops };
    }
    case 'short-text':
      return value.length > longestText ? { ok: false, code: 'too-long' } : { ok: true, value, stops: false };
  }
}

export interface ReadAnswers {
  /** Checked, in the order of the questions. */
  answers: { question: Question; value: string }[];
  /** Which of the given answers (by their place), or which unanswered question, is wrong, and how. */
  mistakes: { at: number | null; questionId: string; code: string }[];
  /** The first question whose answer stops the booking. */
  stoppedBy: Question | null;
}

/**
 * Reads what somebody answered. A question answered twice, one that is not asked, a kind that does not fit and a required
 * one without an answer are mistakes; empty answers count as none.
 */
export function readAnswers(questions: readonly Question[], given: readonly Answer[]): ReadAnswers {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const read = new Map<string, string>();
  const stopping = new Set<string>();
  const mistakes: ReadAnswers['mistakes'] = [];
  for (const [at, { questionId, value }] of given.entries()) {
    const question = byId.get(questionId);
    if (question === undefined || read.has(questionId)) {
      mistakes.push({ at, questionId, code: 'unknown' });
      continue;
    }
    if (value.trim() === '') continue;
    const answer = readAnswer(question, value);
    read.set(questionId, answer.ok ? answer.value : '');
    if (!answer.ok) mistakes.push({ at, questionId, code: answer.code });
    else if (answer.stops) stopping.add(questionId);
  }
  for (const { id, required } of questions)
    if (required && !read.has(id)) {
      const at = given.findIndex(({ questionId }) => questionId === id);
      mistakes.push({ at: at < 0 ? null : at, questionId: id, code: 'required' });
    }
  return {
    answers: questions.flatMap((question) => {
      const value = read.get(question.id);
      return value === undefined || value === '' ? [] : [{ question, value }];
    }),
    mistakes,
    stoppedBy: questions.find(({ id }) => stopping.has(id)) ?? null,
  };
}
