import { isGsmLetter } from './segments.js';

/** Signs that have a plain one which means the same. */
const plainSigns: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '„': '"',
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '№': 'Nr.',
};

/**
 * A text in letters that travel in GSM 7 bit, as people in Latvia and Estonia have always written them: ā is a, š is s,
 * õ is o; ä, ö and ü stay. Cyrillic has no such letters and stays as it is, so such a text travels as UCS-2 all the same.
 */
export const plainLetters = (text: string): string =>
  [...text.normalize('NFC')]
    .map((letter) => {
      if (isGsmLetter(letter)) return letter;
      const sign = plainSigns[letter];
      if (sign !== undefined) return sign;
      // A Latin letter without its marks; й is a letter of its own.
      const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
      return /^[A-Za-z]$/.test(bare) ? bare : letter;
    })
    .join('');
