import Handlebars, { type HelperDelegate, type HelperOptions } from 'handlebars';
import {
  type DateStyle,
  formatDate,
  formatDateTime,
  formatMoney,
  formatPlainDate,
  formatTime,
  hasMessage,
  type Language,
  type MessageArguments,
  translate,
  unbroken,
} from '#libs/platform';
import type { Assets } from './assets.js';
import { iconMarkup } from './icons.js';
import { noLimits } from '../forms/form-state.js';
import { pathTo } from './paths.js';
import type { PageFrame } from './views.js';

const languageOf = (options: HelperOptions): Language =>
  (options.data as { root: { page: PageFrame } }).root.page.language;

const instantOf = (at: unknown): Temporal.Instant =>
  at instanceof Temporal.Instant ? at : Temporal.Instant.from(String(at));

const isPlainDate = (at: unknown): boolean => at instanceof Temporal.PlainDate || /^\d{4}-\d\d-\d\d$/.test(String(at));

/** A helper takes its arguments first and Handlebars' options last. */
const split = (all: unknown[]): [unknown[], HelperOptions] => [all.slice(0, -1), all.at(-1) as HelperOptions];

const isTruthy = (value: unknown): boolean => !Handlebars.Utils.isEmpty(value);

/** JSON that cannot end the script element it stands in, nor break a line of script (U+2028, U+2029). */
const jsonForScript = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

interface Mistake {
  code: string;
  args?: MessageArguments;
}

/** The words of a mistake: a whole key when the code has dots, else `common.errors.<code>`. */
const mistakeWords = (language: Language, { code, args }: Mistake): string => {
  const key = code.includes('.') ? code : `common.errors.${code}`;
  return hasMessage(language, key)
    ? translate(language, key, { ...noLimits, ...args })
    : translate(language, 'common.errors.invalid');
};

const zoneWords = (language: Language, zone: string): string => {
  const key = `common.zones.${zone}`;
  return hasMessage(language, key) ? translate(language, key) : zone;
};

/** Messages without arguments, by language and key: most of a page, and translating is its dearest part. */
const constants = new Map<string, string>();

const words = (language: Language, key: string, args: MessageArguments): string => {
  for (const _ in args) return translate(language, key, args);
  const name = `${language} ${key}`;
  let text = constants.get(name);
  if (text === undefined) constants.set(name, (text = translate(language, key)));
  return text;
};

/** Every helper that a template may call; an unknown one is an error when the template is compiled. */
export function createHelpers(assets: Assets): Record<string, HelperDelegate> {
  return {
    t: (key: string, options: HelperOptions) => words(languageOf(options), key, options.hash as MessageArguments),
    date: (...all: unknown[]) => {
      const [[at, second, third], options] = split(all);
      if (at === undefined || at === null) return '';
      const language = languageOf(options);
      if (isPlainDate(at))
        return formatPlainDate(
          language,
          Temporal.PlainDate.from(at as Temporal.PlainDate | string),
          second as DateStyle,
        );
      return formatDate(language, instantOf(at), String(second), third as DateStyle);
    },
    time: (at: unknown, zone: string, options: HelperOptions) => formatTime(languageOf(options), instantOf(at), zone),
    dateTime: (...all: unknown[]) => {
      const [[at, zone, style], options] = split(all);
      return formatDateTime(languageOf(options), instantOf(at), String(zone), style as DateStyle);
    },
    money: (cents: number, options: HelperOptions) => formatMoney(languageOf(options), cents),
    number: (n: number, options: HelperOptions) => new Intl.NumberFormat(languageOf(options)).format(n),
    url: (...all: unknown[]) => {
      const [parts, options] = split(all);
      return pathTo(languageOf(options), ...parts.map(String));
    },
    asset: (name: string) => assets.pathOf(name),
    encoded: (part: unknown) => encodeURIComponent(String(part)),
    unbroken: (text: string | undefined) =>
      new Handlebars.SafeString(unbroken(text ?? '', (part) => Handlebars.escapeExpression(part), 'class="unbroken"')),
    icon: (name: string) => new Handlebars.SafeString(iconMarkup(name)),
    mistake: (error: Mistake, options: HelperOptions) => mistakeWords(languageOf(options), error),
    zoneName: (zone: string, options: HelperOptions) => zoneWords(languageOf(options), zone),
    object: (options: HelperOptions) => ({ ...(options.hash as object) }),
    jsonLd: (value: unknown) => new Handlebars.SafeString(jsonForScript(value)),
    newKey: () => crypto.randomUUID(),
    eq: (a: unknown, b: unknown) => a === b,
    ne: (a: unknown, b: unknown) => a !== b,
    gt: (a: number, b: number) => a > b,
    not: (value: unknown) => !isTruthy(value),
    and: (...all: unknown[]) => split(all)[0].every(isTruthy),
    or: (...all: unknown[]) => split(all)[0].find(isTruthy),
    concat: (...all: unknown[]) => split(all)[0].join(''),
    join: (list: readonly unknown[] | undefined, separator: string) => (list ?? []).join(separator),
    includes: (list: readonly unknown[] | undefined, item: unknown) => list?.includes(item) ?? false,
    list: (...all: unknown[]) => split(all)[0],
  };
}
