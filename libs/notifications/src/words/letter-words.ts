/** What a clinic adds to its letters; empty where it adds nothing. Plain text, never a template. */
export interface LetterWords {
  greeting: string;
  signature: string;
  directions: string;
  /** How to prepare for this visit. */
  preparation: string;
}

export const noWords: LetterWords = { greeting: '', signature: '', directions: '', preparation: '' };

/** The longest of each, in characters. */
export const longestWords = { greeting: 200, signature: 300, directions: 600, preparation: 1000 } as const;

export const letterWordKinds = ['greeting', 'directions', 'signature'] as const;
export type LetterWordKind = (typeof letterWordKinds)[number];
