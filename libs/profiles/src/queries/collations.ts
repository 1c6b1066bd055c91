import type { Language } from '#libs/platform';

/** How each language sorts: Cēsis before Čaks in Latvian, Õ near the end in Estonian. Constants, never a visitor's text. */
export const collations: Readonly<Record<Language, string>> = {
  lv: '"lv-x-icu"',
  et: '"et-x-icu"',
  en: '"en-x-icu"',
  ru: '"ru-x-icu"',
};

/** The SQL of a text in a language, or in the first one it has; `words` is the SQL of a jsonb. */
export const wordsSql = (words: string, language: Language): string =>
  `coalesce(${words} ->> '${language}', ${words} ->> 'lv', ${words} ->> 'et', ${words} ->> 'en', ${words} ->> 'ru')`;
