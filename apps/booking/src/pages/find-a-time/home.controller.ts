import { Controller, Get, Inject, Req } from '@nestjs/common';
import { CLOCK, type Clock, type Language, translate } from '#libs/platform';
import { allowCache, LanguageOf, Pages, pathTo, type WebRequest } from '#libs/web';
import { todayOf } from '../day-of.js';
import { popularOf, SearchChoices } from './search-choices.js';
import { searchModel } from './search-model.js';

/** The start page: one search. */
@Controller(':language')
export class HomeController {
  constructor(
    private readonly pages: Pages,
    private readonly choices: SearchChoices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async show(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    const lists = await this.choices.of(language);
    const popular = popularOf(lists).map(({ value, label }) => ({
      href: pathTo(language, `/find?specialty=${encodeURIComponent(value)}`),
      label,
    }));
    allowCache(request, 30);
    return this.pages.render(
      'booking/home',
      { search: searchModel(language, lists, {}, todayOf(this.clock.now())), popular },
      {
        request,
        title: translate(language, 'booking.home.title'),
        description: translate(language, 'booking.home.description'),
        isPublic: true,
      },
    );
  }
}
