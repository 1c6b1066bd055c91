/** Letters that do not come apart into a plain one and its mark. */
const alone: ReadonlyMap<string, string> = new Map(
  [
    'ø o|ł l|đ d|ß ss|æ ae|œ oe|þ th',
    'а a|б b|в v|г g|д d|е e|ж zh|з z|и i|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х h|ц c|ч ch|ш sh|щ shch',
    'ъ |ы y|ь |э e|ю ju|я ja',
  ]
    .flatMap((row) => row.split('|'))
    .map((pair) => [pair.slice(0, 1), pair.slice(2)]),
);

/**
 * A name as a part of an address: small Latin letters and digits, words joined by hyphens, 60 characters at most.
 * @param otherwise what to take where no letter of the name is left
 */
export function slugOf(name: string, otherwise: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^\0-\x7f]/g, (letter) => alone.get(letter) ?? ' ')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return plain || otherwise;
}

/** The slug, or with the first number behind it that makes it new. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  let number = 2;
  while (taken.has(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}
