import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { FindATime } from '#libs/calendars';
import { CLOCK, type Clock, formatTime, type Language, translate } from '#libs/platform';
import { PicturesOf } from '#libs/profiles';
import { parseDate } from '#libs/time';
import {
  allowCache,
  type FormState,
  LanguageOf,
  Pages,
  parseQuery,
  pathTo,
  RateLimit,
  type WebRequest,
  withError,
} from '#libs/web';
import { portalZone, todayOf } from '../day-of.js';
import { NothingFree } from './nothing-free.js';
import { resultModel } from './results.view.js';
import { plain, SearchChoices, type SearchLists } from './search-choices.js';
import { searchModel } from './search-model.js';
import { criteriaOf, insurerOf, payerOf, SearchForm, searchPath } from './search.form.js';

const pageSize = 10;

/** Practitioners by their first free time. */
@Controller(':language/find')
export class ResultsController {
  constructor(
    private readonly pages: Pages,
    private readonly findATime: FindATime,
    private readonly choices: SearchChoices,
    private readonly nothingFree: NothingFree,
    private readonly pictures: PicturesOf,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @RateLimit('search', { perMinute: 240 })
  async show(@Query() query: unknown, @LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    const now = this.clock.now();
    const lists = await this.choices.of(language);
    const parsed = parseQuery(SearchForm, query);
    const search = parsed.ok ? meant(parsed.value, lists) : payerOnly(parsed.form);
    const model = searchModel(language, lists, search, todayOf(now));
    const title = this.titleOf(language, search, lists);
    const isReal = parsed.ok && (search.from === undefined || parseDate(search.from) !== null);
    if (!isReal) {
      const form = parsed.ok ? withError(model.form, 'from', 'date') : parsed.form;
      return this.pages.render(
        'booking/results',
        { search: { ...model, form }, title },
        { request, title, status: 422 },
      );
    }
    const { items, next } = await this.findATime.run({ ...criteriaOf(search), limit: pageSize });
    const hasFree = items.some(({ firstFree }) => firstFree !== null);
    const none = hasFree || search.cursor ? undefined : await this.nothingFree.of(language, search, lists);
    const pictures = await this.pictures.practitioners(items.map(({ practitionerId }) => practitionerId));
    allowCache(request, 20);
    return this.pages.render(
      'booking/results',
      {
        search: model,
        title,
        payerText: items.length > 0 ? this.payerText(language, search, lists) : undefined,
        isStrict: payerOf(search) !== undefined,
        order: hasFree
          ? translate(language, 'booking.results.order', { at: formatTime(language, now, portalZone) })
          : undefined,
        results: items.map((item) => resultModel(language, item, pictures)),
        none,
        nextHref: next === null ? undefined : pathTo(language, searchPath(search, { cursor: next })),
        firstHref: search.cursor === undefined ? undefined : pathTo(language, searchPath(search)),
      },
      { request, title },
    );
  }

  private titleOf(language: Language, search: SearchForm, lists: SearchLists): string {
    const specialty = lists.specialties.find(({ value }) => value === search.specialty)?.label;
    const what = [specialty ?? search.q, search.city].filter(Boolean).join(', ');
    const heading = translate(language, 'booking.results.heading');
    return what ? `${heading}: ${what}` : heading;
  }

  private payerText(language: Language, search: SearchForm, lists: SearchLists): string {
    const insurer = insurerOf(search);
    if (insurer !== undefined) {
      const name = lists.insurers.find(({ value }) => value === insurer)?.label ?? insurer;
      return translate(language, 'booking.results.payer.insurer', { insurer: name });
    }
    return translate(language, `booking.results.payer.${payerOf(search) ?? 'any'}`);
  }
}

/** Of an address that cannot be meant, who pays is kept all the same: the form is sent again with it (promise 7). */
function payerOnly({ values, errors }: FormState): SearchForm {
  const payer = values['payer'];
  return typeof payer === 'string' && payer !== '' && !('payer' in errors) ? { payer } : {};
}

/** Whoever types a specialty's whole name means the specialty; a suggestion sends both. */
function meant(search: SearchForm, { specialties }: SearchLists): SearchForm {
  if (!search.q) return search;
  const q = plain(search.q);
  const named = specialties.find(({ names }) => names.includes(q));
  if (!named || (search.specialty !== undefined && search.specialty !== named.value)) return search;
  const { q: _, ...rest } = search;
  return { ...rest, specialty: named.value };
}
