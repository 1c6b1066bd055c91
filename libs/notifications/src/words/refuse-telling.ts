import { type FieldError, Refusal, type Tx } from '#libs/platform';
import { tellingTerms, tellingWordIn } from '../rules/telling-words.js';
import { tellingNames } from './telling-names.js';

/**
 * Refuses words that tell what somebody comes for or to whom, beside their field and with the word: promise 9 binds what
 * a clinic writes, too.
 * @param texts by the field's name
 * @throws Refusal `invalid` (`letters.errors.telling`)
 */
export async function refuseTelling(
  tx: Pick<Tx, 'query'>,
  clinicId: string,
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  const { names, harmless } = await tellingNames(tx, clinicId);
  const terms = tellingTerms(names);
  const errors = Object.entries(texts).flatMap(([path, text]): FieldError[] => {
    const word = tellingWordIn(text, terms, harmless);
    return word === null ? [] : [{ path, code: 'letters.errors.telling', args: { word } }];
  });
  if (errors.length > 0) throw new Refusal('invalid', { errors });
}
