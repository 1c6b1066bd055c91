import { Injectable } from '@nestjs/common';
import { type Language, languages, translate } from '#libs/platform';
import { type ClinicInSetup, languageOfCountry } from '#libs/profiles';
import { type FormState, Pages, type WebRequest } from '#libs/web';

/** From one: templates count rows from nought. */
const ordinals = Array.from({ length: 120 }, (_, index) => index + 1);

/** One language of a text, as its field is named and labelled. */
interface LanguageField {
  code: Language;
  label: string;
}

/** The languages of a text: the country's own first, the others behind a fold that opens where something is wrong. */
export interface FourLanguages {
  first: LanguageField;
  others: LanguageField[];
  isOpen: boolean;
}

/** The pages of the wizard: the same frame, styles and scripts around each. */
@Injectable()
export class SetupPages {
  constructor(private readonly pages: Pages) {}

  render(
    name: string,
    model: object,
    {
      request,
      title,
      form,
      scripts = [],
      styles = [],
    }: { request: WebRequest; title: string; form?: FormState; scripts?: string[]; styles?: string[] },
  ): Promise<string> {
    return this.pages.render(
      `clinic/${name}`,
      { ...model, ordinals },
      {
        request,
        title: translate(request.language, title),
        status: form && form.mistakes.length > 0 ? 422 : 200,
        styles: ['staff.css', 'setup.css', ...styles],
        scripts: ['shortcuts.js', ...scripts],
      },
    );
  }
}

/** @param field the text's name in the form: `about` */
export function fourLanguages(
  language: Language,
  { country }: Pick<ClinicInSetup, 'country'>,
  form: FormState,
  field: string,
): FourLanguages {
  const own = languageOfCountry[country];
  const named = (code: Language): LanguageField => ({ code, label: translate(language, `setup.language.${code}`) });
  const others = languages.filter((code) => code !== own);
  return {
    first: named(own),
    others: others.map(named),
    isOpen: others.some((code) => form.errors[`${field}.${code}`] !== undefined),
  };
}
