import { type FieldError, Refusal, type Tx } from '#libs/platform';
import { tellingTerms, tellingWordIn } from '../rules/telling-words.js';
import { mixedWordIn } from '../rules/words-as-read.js';
import { tellingNames } from './telling-names.js';

/**
 * Refuses words that tell what somebody comes for or to whom, beside their field and with the word: promise 9 binds what
 * a clinic writes, too. So are words of several alphabets, which read as one and are found as none.
 * @param texts by the field's name
 * @throws Refusal `invalid` (`letters.errors.telling`, `letters.errors.mixed`)
 */
export async function refuseTelling(
  tx: Pick<Tx, 'query'>,
  clinicId: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const { names, harmless } = await tellingNames(tx, clinicId);
  const terms = tellingTerms(names);
  const errors = Object.entries(texts).flatMap(([path, text]): FieldError[] => {
    const [telling, mixed] = [tellingWordIn(text, terms, harmless), mixedWordIn(text)];
    if (telling !== null) return [{ path, code: 'letters.errors.telling', args: { word: telling } }];
    return mixed === null ? [] : [{ path, code: 'letters.errors.mixed', args: { word: mixed } }];
  });
  if (errors.length > 0) throw new Refusal('invalid', { errors });
}
