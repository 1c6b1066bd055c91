import { type Language, translate } from '#libs/platform';

/** What the templates of the code's letter render. */
export interface CodeLetter {
  subject: string;
  first: string;
  code: string;
  next: string[];
  footer: string[];
}

/** The letter that proves an address. Its subject holds no code: subjects are read over shoulders. */
export function codeLetter(language: Language, code: string, minutes: number): CodeLetter {
  const say = (key: string, args = {}): string => translate(language, `mail.code.${key}`, args);
  return {
    subject: say('subject'),
    first: say('first', { code: `${code.slice(0, 3)} ${code.slice(3)}` }),
    code,
    next: [say('next'), say('lasts', { minutes })],
    footer: [say('secret'), say('not-yours')],
  };
}
