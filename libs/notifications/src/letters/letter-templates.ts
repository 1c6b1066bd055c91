import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { type Language, translate, unbroken, withHardSpaces } from '#libs/platform';

const folder = join(import.meta.dirname, '../../../../../templates/mail');

/** Which file each look has: all but the code are one letter, of which some have less. */
const files = {
  appointment: 'letter',
  reminder: 'letter',
  account: 'letter',
  invitation: 'letter',
  code: 'code',
  layout: 'layout',
} as const;
export type LetterTemplate = Exclude<keyof typeof files, 'layout'>;
type File = (typeof files)[keyof typeof files];

const options = {
  knownHelpers: { unbroken: true },
  knownHelpersOnly: true,
  explicitPartialContext: true,
  strict: false,
};

const read = (name: File, form: 'html' | 'text'): HandlebarsTemplateDelegate => {
  const handlebars = Handlebars.create();
  const escape = (part: string): string => Handlebars.escapeExpression(part);
  // Mail programs know no style sheet of ours.
  handlebars.registerHelper(
    'unbroken',
    (text: string) => new Handlebars.SafeString(unbroken(text, escape, 'style="white-space:nowrap"')),
  );
  return handlebars.compile(readFileSync(join(folder, `${name}.${form}.hbs`), 'utf8'), {
    ...options,
    // A plain text has no markup to escape from.
    noEscape: form === 'text',
  });
};

type Forms = Record<'html' | 'text', HandlebarsTemplateDelegate>;
const compiled = new Map<File, Forms>();

const formsOf = (name: File): Forms => {
  let forms = compiled.get(name);
  if (!forms) compiled.set(name, (forms = { html: read(name, 'html'), text: read(name, 'text') }));
  return forms;
};

/** What every letter has, whatever it tells. */
export interface LetterParts {
  subject: string;
  first: string;
  /** Lines below the letter; a page stands at the end of its line. */
  footer: readonly string[];
}

const pageAtTheEnd = /^(?<words>[^]*?)[:\s]*(?<href>https?:\/\/\S+)$/;

/** A line below the letter: a page that it ends with is behind its words, and a number stays on one line. */
const lineBelow = (line: string): { text: string; href?: string } => {
  const { words, href } = pageAtTheEnd.exec(line)?.groups ?? {};
  return { text: withHardSpaces(words ?? line), ...(href && { href }) };
};

/**
 * Renders a letter twice, as HTML and as its plain-text twin. Values are data, never templates: what a clinic or a person
 * wrote comes out as it was written (faults.md E7, E8).
 */
export function renderLetter(
  template: LetterTemplate,
  language: Language,
  letter: LetterParts,
): { html: string; text: string } {
  const frame = { language, brand: translate(language, 'mail.brand'), letter, below: letter.footer.map(lineBelow) };
  const whole = (form: 'html' | 'text'): string =>
    formsOf('layout')[form]({ ...frame, body: formsOf(files[template])[form]({ ...frame }) });
  return {
    html: whole('html'),
    text: `${whole('text')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
  };
}
