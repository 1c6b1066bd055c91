import type { Country } from '#libs/holidays';
import type { Language } from '#libs/platform';
import * as estonia from './content/names-of-estonia.js';
import * as latvia from './content/names-of-latvia.js';
import type { Random } from './random.js';

export interface PersonName {
  readonly givenName: string;
  readonly familyName: string;
  readonly sex: 'woman' | 'man';
  /** The language of the name's origin, which the person most likely speaks at home. */
  readonly language: Language;
}

const namesOf = {
  LV: {
    local: { woman: latvia.latvianWomen, man: latvia.latvianMen, surnames: latvia.latvianSurnames },
    russian: {
      woman: latvia.russianWomenInLatvian,
      man: latvia.russianMenInLatvian,
      surnames: latvia.russianSurnamesInLatvian,
    },
  },
  EE: {
    local: { woman: estonia.estonianWomen, man: estonia.estonianMen, surnames: estonia.estonianSurnames },
    russian: {
      woman: estonia.russianWomenInEstonian,
      man: estonia.russianMenInEstonian,
      surnames: estonia.russianSurnamesInEstonian,
    },
  },
} as const;

/** A made-up name in the country's own form; `russianNames` of a hundred are of Russian origin. */
export function personName(country: Country, sex: 'woman' | 'man', russianNames: number, random: Random): PersonName {
  const russian = random.below(100) < russianNames;
  const names = namesOf[country][russian ? 'russian' : 'local'];
  const [masculine = '', feminine = masculine] = random.pick(names.surnames).split('/');
  return {
    givenName: random.pick(names[sex]),
    familyName: sex === 'woman' ? feminine : masculine,
    sex,
    language: russian ? 'ru' : country === 'LV' ? 'lv' : 'et',
  };
}
