import type { Language } from '#libs/platform';

/** One text in all four languages of the portal. */
export type AllWords = Readonly<Record<Language, string>>;

export const words = (lv: string, et: string, en: string, ru: string): AllWords => ({ lv, et, en, ru });

/** Splits a block of names, one or more a line, into a list; `_` stands for a space inside a name. */
export const list = (block: string): readonly string[] =>
  block
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', ' '));
