import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { type Language, languages, type Words } from '#libs/platform';
import { parseNumber, type Question, type QuestionKind, questionKinds } from '#libs/profiles';
import { Checkbox, type FormState, withError } from '#libs/web';

/** So many answers a choice can have. */
export const mostOptions = 6;

class QuestionWords {
  @IsString() @Length(1, 300) lv: string;
  @IsString() @Length(1, 300) et: string;
  @IsString() @Length(1, 300) en: string;
  @IsString() @Length(1, 300) ru: string;
}

class AdviceWords {
  @IsOptional() @IsString() @MaxLength(500) lv?: string;
  @IsOptional() @IsString() @MaxLength(500) et?: string;
  @IsOptional() @IsString() @MaxLength(500) en?: string;
  @IsOptional() @IsString() @MaxLength(500) ru?: string;
}

/** An answer of a choice; a row without words is none. */
class OptionForm {
  @IsOptional() @Matches(/^[a-z]$/, { message: 'invalid' }) id?: string;
  @IsOptional() @IsString() @MaxLength(120) lv?: string;
  @IsOptional() @IsString() @MaxLength(120) et?: string;
  @IsOptional() @IsString() @MaxLength(120) en?: string;
  @IsOptional() @IsString() @MaxLength(120) ru?: string;
  @Checkbox() stops: boolean;
}

/** A question as staff write it; what its kind does not have is left out. */
export class QuestionForm {
  @IsIn(questionKinds) kind: QuestionKind;
  @ValidateNested() @Type(() => QuestionWords) words: QuestionWords = new QuestionWords();
  @Checkbox() required: boolean;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostOptions)
  @ValidateNested({ each: true })
  @Type(() => OptionForm)
  options?: OptionForm[];
  @IsOptional() @IsIn(['yes', 'no']) stopOn?: 'yes' | 'no';
  @IsOptional() @IsString() @MaxLength(12) stopBelow?: string;
  @IsOptional() @IsString() @MaxLength(12) stopAbove?: string;
  @ValidateNested() @Type(() => AdviceWords) advice: AdviceWords = new AdviceWords();
}

const inAll = (words: Partial<Record<Language, string | undefined>>): words is Record<Language, string> =>
  languages.every((language) => words[language]);

interface ReadOptions {
  options: { id: string; words: Words }[];
  stopValues: string[];
  isWhole: boolean;
}

/** New answers get the next free letter: what was answered before keeps its meaning. */
function readOptions(rows: readonly OptionForm[]): ReadOptions {
  const told = rows.filter((row) => languages.some((language) => row[language]));
  const taken = new Set(told.map(({ id }) => id));
  const free = [...'abcdefghijkl'].filter((letter) => !taken.has(letter));
  const options: ReadOptions['options'] = [];
  const stopValues: string[] = [];
  for (const row of told) {
    const id = row.id ?? free.shift() ?? '';
    options.push({ id, words: Object.fromEntries(languages.map((language) => [language, row[language]])) });
    if (row.stops) stopValues.push(id);
  }
  return { options, stopValues, isWhole: told.length >= 2 && told.every(inAll) };
}

/** What was meant, or the form with a mistake beside each wrong field. */
export function questionOf(
  typed: QuestionForm,
  form: FormState,
): { ok: true; question: Omit<Question, 'id'> } | { ok: false; form: FormState } {
  let state = form;
  const { kind } = typed;
  const read = kind === 'choice' ? readOptions(typed.options ?? []) : { options: [], stopValues: [], isWhole: true };
  if (!read.isWhole) state = withError(state, 'options.0.lv', 'services.errors.options');
  const limit = (name: 'stopBelow' | 'stopAbove'): number | null => {
    const text = kind === 'number' ? typed[name] : undefined;
    if (text === undefined) return null;
    const number = parseNumber(text);
    if (number === null) state = withError(state, name, 'services.errors.limits');
    return number;
  };
  const stopBelow = limit('stopBelow');
  const stopAbove = limit('stopAbove');
  const stopValues = kind === 'yes-no' && typed.stopOn ? [typed.stopOn] : read.stopValues;
  const stops = stopValues.length > 0 || stopBelow !== null || stopAbove !== null;
  const advice = { ...typed.advice };
  if (stops && !inAll(advice)) state = withError(state, 'advice.lv', 'services.errors.advice');
  if (state.mistakes.length > 0) return { ok: false, form: state };
  const question = { kind, words: { ...typed.words }, required: typed.required, options: read.options };
  return {
    ok: true,
    question: { ...question, stopValues, stopBelow, stopAbove, advice: stops ? advice : {} },
  };
}
