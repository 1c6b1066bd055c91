import { Injectable } from '@nestjs/common';
import { type Criteria, FindATime, type Found } from '#libs/calendars';
import { formatDate, formatDateTime, type Language, translate } from '#libs/platform';
import { Choices, EmergencyNear, type EmergencyProvider } from '#libs/profiles';
import { pathTo } from '#libs/web';
import { portalZone } from '../day-of.js';
import { zoneWords } from '../zone-words.js';
import { popularOf, type SearchLists } from './search-choices.js';
import { criteriaOf, searchPath, type SearchForm, type SearchName } from './search.form.js';

interface WayOn {
  label: string;
  href: string;
  /** "First free time: …", when the wider search has one. */
  firstFree: string;
}

/** Why nothing is free and where one can go from here (promise 12). */
export interface NothingFreeModel {
  reasons: string[];
  ways: WayOn[];
  /** Specialties to choose from, when nobody knows the word. */
  specialties: { label: string; href: string }[];
  clinics: { name: string; href: string; city: string; phone: string }[];
  emergencies: EmergencyProvider[];
}

const mostClinics = 4;

/** Widens a search that found nothing, one choice at a time, and all at once when that does not help. The payer is never widened (promise 7). */
@Injectable()
export class NothingFree {
  constructor(
    private readonly findATime: FindATime,
    private readonly choices: Choices,
    private readonly emergency: EmergencyNear,
  ) {}

  async of(language: Language, search: SearchForm, lists: SearchLists): Promise<NothingFreeModel> {
    const [earlier, elsewhere, anyLanguage, withoutWords, branches, emergencies] = await Promise.all([
      this.wider(language, search, ['from'], 'booking.none.earlier'),
      this.otherCities(language, search),
      this.wider(language, search, ['language'], 'booking.none.withoutLanguage'),
      this.withoutWords(language, search),
      this.choices.branches(language, search.city),
      this.emergency.run({ branchId: search.branch, clinicId: search.clinic, city: search.city }),
    ]);
    const oneChoice = [earlier, ...elsewhere, anyLanguage, withoutWords].filter((way) => way !== undefined);
    const ways = oneChoice.length > 0 ? oneChoice : await this.widest(language, search);
    const isUnknown = search.q !== undefined && (await this.first({ q: search.q })) === undefined;
    return {
      reasons: isUnknown
        ? [translate(language, 'booking.none.unknown', { q: search.q })]
        : this.reasons(language, search),
      specialties: isUnknown ? this.popular(language, search, lists) : [],
      ways,
      clinics: branches.slice(0, mostClinics).map(({ clinicName, clinicSlug, city, phone }) => ({
        name: clinicName,
        href: pathTo(
          language,
          '/clinics/',
          clinicSlug,
          search.payer ? `?payer=${encodeURIComponent(search.payer)}` : '',
        ),
        city,
        phone,
      })),
      emergencies,
    };
  }

  private popular(language: Language, search: SearchForm, lists: SearchLists): NothingFreeModel['specialties'] {
    const { q: _, cursor: __, ...kept } = search;
    return popularOf(lists).map(({ value, label }) => ({
      label,
      href: pathTo(language, searchPath(kept, { specialty: value })),
    }));
  }

  private reasons(language: Language, search: SearchForm): string[] {
    const { city, from } = search;
    const reasons: string[] = [];
    if (from) {
      const day = Temporal.PlainDate.from(from).toZonedDateTime(portalZone).toInstant();
      reasons.push(translate(language, 'booking.none.from', { day: formatDate(language, day, portalZone, 'long') }));
    }
    if (city) reasons.push(translate(language, 'booking.none.city', { city }));
    if (search.payer === 'state') reasons.push(translate(language, 'booking.none.state'));
    return reasons;
  }

  private async first(criteria: Criteria): Promise<Found | undefined> {
    const { items } = await this.findATime.run({ ...criteria, limit: 1 });
    return items[0];
  }

  private async wider(
    language: Language,
    search: SearchForm,
    without: readonly (SearchName & keyof SearchForm)[],
    label: string,
  ): Promise<WayOn | undefined> {
    if (without.every((name) => search[name] === undefined)) return undefined;
    const wider: SearchForm = { ...search };
    delete wider.cursor;
    for (const name of without) delete wider[name];
    const found = await this.first(criteriaOf(wider));
    if (!found?.firstFree) return undefined;
    return {
      label: translate(language, label),
      href: pathTo(language, searchPath(wider)),
      firstFree: this.firstFree(language, found),
    };
  }

  /** For a search that no single wider choice helps. */
  private async widest(language: Language, search: SearchForm): Promise<WayOn[]> {
    const way = await this.wider(language, search, ['from', 'city', 'branch', 'language'], 'booking.none.anywhere');
    return way ? [way] : [];
  }

  private withoutWords(language: Language, search: SearchForm): Promise<WayOn | undefined> {
    const hasMore = Boolean(search.specialty || search.city || search.clinic);
    return hasMore ? this.wider(language, search, ['q'], 'booking.none.withoutWords') : Promise.resolve(undefined);
  }

  private async otherCities(language: Language, search: SearchForm): Promise<WayOn[]> {
    if (!search.city && !search.branch) return [];
    const wider: SearchForm = { ...search };
    for (const name of ['city', 'branch', 'cursor'] as const) delete wider[name];
    const { items } = await this.findATime.run({ ...criteriaOf(wider), limit: 30 });
    const firstOf = new Map<string, Found>();
    for (const item of items) if (item.firstFree && !firstOf.has(item.branch.city)) firstOf.set(item.branch.city, item);
    return [...firstOf].slice(0, 3).map(([city, found]) => ({
      label: city,
      href: pathTo(language, searchPath(wider, { city })),
      firstFree: this.firstFree(language, found),
    }));
  }

  private firstFree(language: Language, { firstFree, branch }: Found): string {
    if (!firstFree) return '';
    const moment = formatDateTime(language, Temporal.Instant.from(firstFree), branch.timeZone, 'weekday');
    const at = `${moment} (${zoneWords(language, branch.timeZone)})`;
    return translate(language, 'booking.none.firstFree', { at });
  }
}
