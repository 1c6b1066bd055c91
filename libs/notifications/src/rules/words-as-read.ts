/** A word of a text as it was typed, and as a person reads it. */
export interface WordAsRead {
  typed: string;
  /** Small and without marks. */
  plain: string;
  /** The first part, where `plain` was put together of parts. */
  first?: string;
}

/** What nobody sees: soft hyphens, letters and joiners without a width. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const withoutMarks = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '');

/** Letters without their marks, small: Onkoloģija and onkologija are one word (as `fold` of the database). */
export const folded = (text: string): string => withoutMarks(text.toLowerCase()).replaceAll('’', "'");

/** The words of a text; what nobody sees parts none. */
export const wordsOf = (text: string): string[] => text.replace(unseen, '').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Letters that look as another alphabet's do, after unicode.org/Public/security/latest/confusables.txt, each before its twin. */
const cyrillicAsLatin = 'аaеeоoрpсcхxуyіiјjѕsһhԁdкkтtмmАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅS';
const greekAsLatin = 'αaεeιiκkνvοoρpτtυuχxΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX';

const pairsOf = (text: string): [string, string][] =>
  (text.match(/../gu) ?? []).map(([one = '', two = '']) => [one, two]);
const asLatin = new Map([...pairsOf(cyrillicAsLatin), ...pairsOf(greekAsLatin)]);
const asCyrillic = new Map(pairsOf(cyrillicAsLatin).map(([cyrillic, latin]) => [latin, cyrillic]));

/** A word in the letters that look the same; itself where it has others as well. */
function twinOf(word: string, twins: ReadonlyMap<string, string>, alphabet: RegExp): string {
  const letters = [...word].map((letter) => (alphabet.test(letter) ? letter : twins.get(letter)));
  return letters.includes(undefined) ? word : letters.join('');
}

/** A word as typed, and as it looks in the other alphabet. */
function formsOf(word: string): Set<string> {
  const bare = withoutMarks(word);
  const latin = twinOf(bare, asLatin, /[\p{Script=Latin}\p{N}]/u);
  const cyrillic = twinOf(latin, asCyrillic, /[\p{Script=Cyrillic}\p{N}]/u);
  return new Set([word, latin, cyrillic].map(folded));
}

/** Letters with gaps between them: "o n k o l o g s", "О.Н.К.О.". */
const lettersApart =
  /(?<![\p{L}\p{M}\p{N}])(?:\p{L}\p{M}*[^\p{L}\p{M}\p{N}\n]{1,3}){2,}\p{L}\p{M}*(?![\p{L}\p{M}\p{N}])/gu;
/** Parts of a word with signs between them: "onko-loģija". */
const partsApart = /(?<![\p{L}\p{M}])[\p{L}\p{M}]+(?:[-‐‑‒–·•._*+/|~'’][\p{L}\p{M}]+)+/gu;
const fewestLetters = 3;
/** No word that tells is longer. */
const mostLetters = 40;

/** The words of a text in each way in which a person reads them: as typed, in letters that look the same, put together. */
export function wordsAsRead(text: string): WordAsRead[] {
  const seen = text.replace(unseen, '');
  const words = wordsOf(seen).map((typed) => ({ typed, word: typed }));
  // Circled letters and the like are no letters until they are taken apart.
  const inPlain = wordsOf(seen.normalize('NFKC')).map((typed) => ({ typed, word: typed }));
  const joined = (seen.match(lettersApart) ?? []).flatMap((typed) => {
    const letters = typed.match(/\p{L}\p{M}*/gu) ?? [];
    const starts = Array.from({ length: letters.length - fewestLetters + 1 }, (_, start) => start);
    return starts.map((start) => ({ typed, word: letters.slice(start, start + mostLetters).join('') }));
  });
  const parts = (seen.match(partsApart) ?? []).map((typed) => {
    const [first = '', ...rest] = typed.match(/[\p{L}\p{M}]+/gu) ?? [];
    return { typed, word: [first, ...rest].join(''), first: folded(first) };
  });
  return [...words, ...inPlain, ...joined, ...parts].flatMap(({ word, ...rest }) =>
    [...formsOf(word)].map((plain) => ({ ...rest, plain })),
  );
}

const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
const otherLetter = /[^\P{L}\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]/u;
/** "μg" and "kΩ" are written so. */
const unit = /^(?:μ\p{Script=Latin}{1,3}|\p{Script=Latin}{0,2}Ω)$/u;

/** The first word with letters of several alphabets, as only a slip of the keyboard or a disguise makes one; null: none. */
export function mixedWordIn(text: string): string | null {
  const isMixed = (word: string): boolean =>
    [...alphabets, otherLetter].filter((alphabet) => alphabet.test(word)).length > 1 && !unit.test(word);
  return wordsOf(text).find(isMixed) ?? null;
}
