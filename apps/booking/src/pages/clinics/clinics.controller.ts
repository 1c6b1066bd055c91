import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { CLOCK, type Clock, environment, type Language, Refusal, translate } from '#libs/platform';
import { ClinicList, ClinicPage } from '#libs/profiles';
import { allowCache, LanguageOf, Pages, parseQuery, pathTo, type WebRequest } from '#libs/web';
import { todayOf } from '../day-of.js';
import { SearchChoices } from '../find-a-time/search-choices.js';
import { ClinicForm } from './clinic.form.js';
import { clinicJsonLd, clinicModel } from './clinic.view.js';
import { lettersOf } from './clinics.view.js';

/** All clinics by letter, and each one's page with the board that the law asks for. */
@Controller(':language/clinics')
export class ClinicsController {
  constructor(
    private readonly pages: Pages,
    private readonly clinicList: ClinicList,
    private readonly clinicPage: ClinicPage,
    private readonly choices: SearchChoices,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    const clinics = await this.clinicList.run(language);
    allowCache(request, 60);
    return this.pages.render(
      'booking/clinics',
      { letters: lettersOf(language, clinics) },
      {
        request,
        title: translate(language, 'booking.clinics.title'),
        description: translate(language, 'booking.clinics.description'),
        isPublic: true,
      },
    );
  }

  @Get(':slug')
  async show(
    @Param('slug') slug: string,
    @Query() query: unknown,
    @LanguageOf() language: Language,
    @Req() request: WebRequest,
  ): Promise<string> {
    const clinic = await this.clinicPage.run(slug, language, todayOf(this.clock.now()));
    if (clinic === undefined) throw new Refusal('not-found');
    const parsed = parseQuery(ClinicForm, query);
    const { specialties } = await this.choices.of(language);
    const names = new Map(specialties.map(({ value, label }) => [value, label]));
    const address = `${environment().bookingUrl}${pathTo(language, '/clinics/', clinic.slug)}`;
    allowCache(request, 60);
    return this.pages.render(
      'booking/clinic',
      {
        clinic: clinicModel(language, clinic, names, parsed.ok ? parsed.value.payer : undefined),
        jsonLd: clinicJsonLd(language, clinic, address),
      },
      {
        request,
        title: clinic.name,
        description: translate(language, 'booking.clinic.description', { name: clinic.name }),
        isPublic: true,
      },
    );
  }
}
