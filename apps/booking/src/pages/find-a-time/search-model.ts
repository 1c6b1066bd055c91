import { type Language, languages, translate } from '#libs/platform';
import { emptyForm, formOf, type FormState, pathTo } from '#libs/web';
import { type Choice, payerChoices, type SearchLists } from './search-choices.js';
import { type SearchForm, searchNames } from './search.form.js';

/** What the search form shows: its choices and what was chosen. */
export interface SearchModel {
  form: FormState;
  cities: Choice[];
  specialties: Choice[];
  payers: Choice[];
  languages: Choice[];
  suggestions: string;
  today: string;
  /** Parts of the search that the form has no field for. */
  kept: Record<string, string>;
}

export function searchModel(
  language: Language,
  lists: SearchLists,
  search: SearchForm,
  today: Temporal.PlainDate,
): SearchModel {
  const chosen: Record<string, string> = {};
  for (const name of searchNames) if (search[name]) chosen[name] = search[name];
  const kept: Record<string, string> = {};
  for (const name of ['service', 'branch', 'clinic'] as const) if (search[name]) kept[name] = search[name];
  return {
    form: { ...emptyForm(), ...formOf(chosen) },
    cities: [{ value: '', label: translate(language, 'booking.search.anywhere') }, ...lists.cities],
    specialties: [{ value: '', label: translate(language, 'booking.search.anySpecialty') }, ...lists.specialties],
    payers: payerChoices(language, lists, search.payer),
    languages: [
      { value: '', label: translate(language, 'booking.search.anyLanguage') },
      ...languages.map((each) => ({ value: each, label: translate(language, `booking.language.${each}`) })),
    ],
    suggestions: pathTo(language, '/suggest'),
    today: today.toString(),
    kept,
  };
}
