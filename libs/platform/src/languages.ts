import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { hasAmbiguousWallTime, offsetLabel } from '#libs/time';

export const languages = ['lv', 'et', 'en', 'ru'] as const;
export type Language = (typeof languages)[number];
export const isLanguage = (text: unknown): text is Language => languages.includes(text as Language);

/** A text that a clinic or the catalogue holds in several languages. */
export type Words = Partial<Record<Language, string>>;

/** The reader's language if the text has it, else the first language that it has. */
export function wordsIn(language: Language, words: Words): string {
  return words[language] || languages.map((each) => words[each]).find(Boolean) || '';
}

type Tree = { [key: string]: string | Tree };

/** Where the catalogues are: templates/locales/<language>/<area>.json. npm sets the project's root as the folder. */
const folder = join(import.meta.dirname, '../../../../templates/locales');

const flatten = (tree: Tree, prefix: string, into: Map<string, string>): Map<string, string> => {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') into.set(prefix + key, value);
    else flatten(value, `${prefix}${key}.`, into);
  }
  return into;
};

/** All messages of a language by dotted key; the keys of refusals.json begin with `refusals.`, and so on by file. */
export function catalogue(language: Language): ReadonlyMap<string, string> {
  const messages = new Map<string, string>();
  for (const file of readdirSync(join(folder, language)).filter((name) => name.endsWith('.json'))) {
    const area = file.slice(0, -'.json'.length);
    flatten(JSON.parse(readFileSync(join(folder, language, file), 'utf8')) as Tree, `${area}.`, messages);
  }
  return messages;
}

const catalogues = new Map<Language, ReadonlyMap<string, string>>();
const compiled = new Map<string, IntlMessageFormat>();

export type MessageArguments = Record<string, string | number | boolean | undefined>;

const messageOf = (language: Language, key: string): string | undefined => {
  let messages = catalogues.get(language);
  if (!messages) catalogues.set(language, (messages = catalogue(language)));
  return messages.get(key);
};

/** Whether the catalogue knows a key, for texts that only some codes have. */
export const hasMessage = (language: Language, key: string): boolean => messageOf(language, key) !== undefined;

/** The message of a key in a language (ICU MessageFormat). @throws Error when the catalogue lacks the key */
export function translate(language: Language, key: string, args: MessageArguments = {}): string {
  const name = `${language}:${key}`;
  let format = compiled.get(name);
  if (!format) {
    const message = messageOf(language, key);
    if (message === undefined) throw new Error(`no message ${key} in ${language}`);
    compiled.set(name, (format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true })));
  }
  return String(format.format(args));
}

const regional: Record<Language, string> = { lv: 'lv-LV', et: 'et-EE', en: 'en-GB', ru: 'ru-RU' };

/** The zone by whose clock a reader is told of what belongs to no branch. */
export const zoneOfReader = (language: Language): string => (language === 'et' ? 'Europe/Tallinn' : 'Europe/Riga');

export type DateStyle = 'short' | 'medium' | 'long' | 'weekday' | 'full' | 'month' | 'day-month';
const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  'day-month': { day: 'numeric', month: 'long' },
};

const formats = new Map<string, Intl.DateTimeFormat>();
const format = (
  language: Language,
  zone: string,
  name: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat => {
  const key = `${language}|${zone}|${name}`;
  let found = formats.get(key);
  if (!found) {
    formats.set(
      key,
      (found = new Intl.DateTimeFormat(regional[language], { ...options, timeZone: zone, hourCycle: 'h23' })),
    );
  }
  return found;
};

/** A date as people of the language write it, in the clinic's zone. */
export const formatDate = (language: Language, at: Temporal.Instant, zone: string, style: DateStyle = 'full'): string =>
  format(language, zone, style, dateStyles[style]).format(at.epochMilliseconds);

/**
 * Hours and minutes, 24-hour, in the clinic's zone. In the hour that clocks show twice the offset says which of the two is
 * meant, `03:30 UTC+2` (faults.md D2).
 */
export function formatTime(language: Language, at: Temporal.Instant, zone: string): string {
  const time = format(language, zone, 'time', { hour: '2-digit', minute: '2-digit' }).format(at.epochMilliseconds);
  return hasAmbiguousWallTime(at, zone) ? `${time} UTC${shortOffset(offsetLabel(at, zone))}` : time;
}

/** `+03:00` as people write it, `+3`; half hours stay. */
const shortOffset = (offset: string): string => offset.replace(/^([+-])0/, '$1').replace(/:00$/, '');

/** Weekday, date and time. The place's zone must stand beside it in words (promise 8). */
export const formatDateTime = (
  language: Language,
  at: Temporal.Instant,
  zone: string,
  style: DateStyle = 'full',
): string => `${formatDate(language, at, zone, style)}, ${formatTime(language, at, zone)}`;

/** A plain date (no instant) in words. */
export const formatPlainDate = (language: Language, day: Temporal.PlainDate, style: DateStyle = 'full'): string =>
  format(language, 'UTC', style, dateStyles[style]).format(day.toZonedDateTime('UTC').epochMilliseconds);

const moneyFormats = new Map<string, Intl.NumberFormat>();

/** Days from a first to a last one, without what both share: 1–14 July. */
export const formatDateRange = (
  language: Language,
  first: Temporal.PlainDate,
  last: Temporal.PlainDate,
  style: DateStyle = 'day-month',
): string =>
  format(language, 'UTC', style, dateStyles[style]).formatRange(
    first.toZonedDateTime('UTC').epochMilliseconds,
    last.toZonedDateTime('UTC').epochMilliseconds,
  );

/** Euro cents as money, without decimals where there are none. */
export const formatMoney = (language: Language, cents: number): string => {
  const decimals = cents % 100 === 0 ? 0 : 2;
  const key = `${language}|${decimals}`;
  let found = moneyFormats.get(key);
  if (!found) {
    const options = { style: 'currency', currency: 'EUR', minimumFractionDigits: decimals } as const;
    moneyFormats.set(key, (found = new Intl.NumberFormat(regional[language], options)));
  }
  return found.format(cents / 100);
};
