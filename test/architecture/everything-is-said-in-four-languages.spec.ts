import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { languages, type RefusalCode, refusals } from '#libs/platform';
import { read, root } from './files.js';

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

const areas = readdirSync(join(root, 'templates/locales/lv')).map((name) => name.replace(/\.json$/, ''));

function messagesOf(language: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (path: string, value: unknown): void => {
    if (typeof value === 'string') found.set(path, value);
    else for (const [key, inner] of Object.entries(value as object)) walk(path ? `${path}.${key}` : key, inner);
  };
  for (const area of areas) walk(area, JSON.parse(read(`templates/locales/${language}/${area}.json`)));
  return found;
}

const catalogues = new Map(languages.map((language) => [language, messagesOf(language)]));
const parse = (message: string, language: string): Element[] =>
  new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst();

/** Every element of a message, also inside plurals and choices. */
const within = (elements: readonly Element[]): Element[] =>
  elements.flatMap((element) => [
    element,
    ...('options' in element ? Object.values(element.options).flatMap((option) => within(option.value)) : []),
  ]);

const argumentsOf = (message: string, language: string): string[] =>
  [
    ...new Set(
      within(parse(message, language))
        // 0 is literal text and 7 the # of a plural; all else names an argument.
        .filter((element) => element.type !== 0 && element.type !== 7)
        .map((element) => ('value' in element ? element.value : '')),
    ),
  ].sort();

describe('the words', () => {
  it('have the same keys in every language', () => {
    const all = [...new Set([...catalogues.values()].flatMap((messages) => [...messages.keys()]))];
    const missing = languages.flatMap((language) =>
      all.filter((key) => !catalogues.get(language)?.has(key)).map((key) => `${language} lacks ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('are never empty, and compile', () => {
    const wrong = languages.flatMap((language) =>
      [...(catalogues.get(language) ?? [])].flatMap(([key, message]) => {
        try {
          parse(message, language);
          return message.trim() === '' ? [`${language} ${key} is empty`] : [];
        } catch (error) {
          return [`${language} ${key}: ${String(error)}`];
        }
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('ask for the same things in every language', () => {
    const wrong = [...(catalogues.get('en') ?? [])].flatMap(([key, english]) =>
      languages.flatMap((language) => {
        const own = argumentsOf(catalogues.get(language)?.get(key) ?? '', language).join();
        return own === argumentsOf(english, 'en').join() ? [] : [`${language} ${key}: {${own}}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('have every form that counting needs in the language', () => {
    const wrong = languages.flatMap((language) => {
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      return [...(catalogues.get(language) ?? [])].flatMap(([key, message]) =>
        within(parse(message, language)).flatMap((element) => {
          if (element.type !== 6 || element.pluralType !== 'cardinal') return [];
          const lacking = needed.filter((category) => !(category in element.options));
          return lacking.length > 0 ? [`${language} ${key} lacks ${lacking.join(', ')}`] : [];
        }),
      );
    });
    expect(wrong).toEqual([]);
  });

  it('say of every refusal what happened and what to do', () => {
    const codes = Object.keys(refusals) as RefusalCode[];
    const missing = languages.flatMap((language) =>
      codes.flatMap((code) =>
        ['title', 'detail']
          .map((part) => `refusals.${code}.${part}`)
          .filter((key) => !catalogues.get(language)?.has(key))
          .map((key) => `${language} lacks ${key}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('are all there that templates ask for', () => {
    const asked = new Set<string>();
    for (const path of readdirSync(join(root, 'templates'), { recursive: true }).map(String)) {
      if (!path.endsWith('.hbs')) continue;
      for (const [, key] of read(`templates/${path}`).matchAll(/(?:\{\{|\()t\s+["']([\w.-]+)["']/g))
        if (key) asked.add(key);
    }
    expect([...asked].filter((key) => !catalogues.get('lv')?.has(key))).toEqual([]);
  });
});
