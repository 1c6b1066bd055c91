/** From this length on a word may hold a slip; shorter ones are too many other words by one. */
const forgiving = 4;
/** Beyond it, patterns would be many and similarity is enough. */
const longestPatterned = 12;

/**
 * How many slips part two words: a letter wrong, missing or too many, or two that stand the wrong way round, each counted
 * once (optimal string alignment).
 */
export function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** The fewest slips to a beginning of a name's word: people stop typing when they see who they mean. */
function slipsToBeginning(typed: string, word: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let length = typed.length - 1; length <= Math.min(word.length, typed.length + 1); length++)
    least = Math.min(least, slipsBetween(typed, word.slice(0, length)));
  return least;
}

function likenessOfWord(typed: string, word: string): number {
  if (typed === word) return 1;
  if (word.startsWith(typed)) return 0.9;
  if (typed.length < forgiving) return 0;
  const slips = slipsBetween(typed, word);
  if (slips === 1) return 0.7;
  if (slips === 2 && typed.length >= 7) return 0.5;
  return slipsToBeginning(typed, word) === 1 ? 0.6 : 0;
}

/**
 * How well typed words fit a name's words, in any order: 1 all of them, 0 one of them not at all.
 * @param typed and name folded: lower case, without accents
 */
export function likeness(typed: readonly string[], name: readonly string[]): number {
  const free = [...name];
  let sum = 0;
  // Long words choose first: "a anna" is Anna with an A, not A. without an Anna.
  for (const word of [...typed].sort((a, b) => b.length - a.length)) {
    const fits = free.map((each) => likenessOfWord(word, each));
    const best = Math.max(0, ...fits);
    if (best === 0) return 0;
    free.splice(fits.indexOf(best), 1);
    sum += best;
  }
  return typed.length === 0 ? 0 : sum / typed.length;
}

/** LIKE patterns that a word of a name fits which differs from the typed one by one slip; `_` is any one letter. */
export function slipPatterns(word: string): string[] {
  if (word.length < forgiving || word.length > longestPatterned) return [];
  const patterns = new Set<string>();
  const letters = Array.from(word);
  const add = (...parts: string[][]): void => void patterns.add(`% ${parts.flat().join('')}%`);
  for (let n = 0; n <= letters.length; n++) {
    const [start, end] = [letters.slice(0, n), letters.slice(n + 1)];
    if (n < letters.length) {
      add(start, ['_'], end);
      add(start, end);
      const next = letters[n + 1];
      if (next !== undefined) add(start, [next, letters[n] ?? ''], letters.slice(n + 2));
    }
    if (n > 0 && n < letters.length) add(start, ['_'], letters.slice(n));
  }
  return [...patterns];
}
