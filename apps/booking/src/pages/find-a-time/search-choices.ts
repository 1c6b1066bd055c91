import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { isLanguage, type Language, translate, wordsIn } from '#libs/platform';
import { Choices } from '#libs/profiles';

export interface Choice {
  value: string;
  label: string;
}

export interface SearchLists {
  cities: Choice[];
  specialties: (Choice & { practitioners: number; names: string[] })[];
  insurers: Choice[];
}

/** Accents and case do not matter when someone types the name of a specialty in full. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** The lists that a search is narrowed by. They change rarely: each process keeps them for half a minute. */
@Injectable()
export class SearchChoices {
  private readonly kept = new LRUCache<Language, SearchLists>({ max: 8, ttl: 30_000 });

  constructor(private readonly choices: Choices) {}

  async of(language: Language): Promise<SearchLists> {
    const kept = this.kept.get(language);
    if (kept) return kept;
    const [cities, specialties, insurers] = await Promise.all([
      this.choices.cities(language),
      this.choices.specialties(language),
      this.choices.insurers(language),
    ]);
    const lists: SearchLists = {
      cities: cities.map(({ city }) => ({ value: city, label: city })),
      specialties: specialties.map(({ id, name, practitioners }) => ({
        value: id,
        label: wordsIn(language, name),
        practitioners,
        names: Object.values(name).map(plain),
      })),
      insurers: namedApart(language, insurers),
    };
    this.kept.set(language, lists);
    return lists;
  }
}

/** Insurers work in both countries under one name: where two are called alike, each says its country. */
const namedApart = (language: Language, insurers: readonly { id: string; name: string; country: string }[]): Choice[] =>
  insurers.map(({ id, name, country }) => {
    const isAlone = insurers.filter((other) => other.name === name).length === 1;
    const place = new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
    return { value: id, label: isAlone ? name : `${name} (${place})` };
  });

const mostPopular = 10;

/** The specialties that most practitioners have. */
export const popularOf = ({ specialties }: SearchLists): SearchLists['specialties'] =>
  [...specialties].sort((a, b) => b.practitioners - a.practitioners).slice(0, mostPopular);

/**
 * The choice of who pays: everyone, the state, oneself, or an insurer by name. One that we do not know any more stays
 * while it is chosen: sending the form again must not show times that were not asked for (promise 7).
 */
export function payerChoices(language: Language, lists: SearchLists, chosen: string | undefined): Choice[] {
  const choices = [
    { value: '', label: translate(language, 'booking.payer.any') },
    { value: 'state', label: translate(language, 'common.payer.state') },
    { value: 'paid', label: translate(language, 'common.payer.paid') },
    ...lists.insurers.map(({ value, label }) => ({ value: `insurer:${value}`, label })),
  ];
  if (!chosen?.startsWith('insurer:') || choices.some(({ value }) => value === chosen)) return choices;
  return [...choices, { value: chosen, label: chosen.slice('insurer:'.length) }];
}

/** Languages that a doctor may speak, in the words of the reader's. */
export const spokenLanguages = (language: Language, spoken: readonly string[]): string =>
  spoken
    .map((each) => (isLanguage(each) ? translate(language, `booking.language.${each}`) : nameOf(language, each)))
    .join(', ');

/** What a language that is not the portal's own is called. */
const nameOf = (language: Language, code: string): string =>
  new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
