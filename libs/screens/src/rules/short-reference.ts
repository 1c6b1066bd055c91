/** The last group of a reference as notices print it: enough to find oneself on the screen of a waiting room. */
export const shortReference = (reference: string): string => reference.slice(-4);

/**
 * The numbers that a screen shows, in the order of the references: the last four characters, or the last eight in two
 * groups for those who would share four on the same screen.
 */
export function shownReferences(references: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const each of references) counts.set(shortReference(each), (counts.get(shortReference(each)) ?? 0) + 1);
  return references.map((each) => {
    const short = shortReference(each);
    return counts.get(short) === 1 ? short : `${each.slice(-8, -4)} ${short}`;
  });
}
