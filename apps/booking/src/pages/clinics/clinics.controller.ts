import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { AnnouncedClosures } from '#libs/calendars';
import { CLOCK, type Clock, environment, type Language, Refusal, translate } from '#libs/platform';
import { ClinicList, ClinicPage } from '#libs/profiles';
import { allowCache, formOf, LanguageOf, Pages, parseQuery, pathTo, type WebRequest } from '#libs/web';
import { ClosedDays } from '../closed-days.js';
import { todayOf } from '../day-of.js';
import { SearchChoices } from '../find-a-time/search-choices.js';
import { ClinicForm, ClinicsForm } from './clinic.form.js';
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
    private readonly closedDays: ClosedDays,
    private readonly announced: AnnouncedClosures,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query() query: unknown, @LanguageOf() language: Language, @Req() request: WebRequest): Promise<string> {
    const parsed = parseQuery(ClinicsForm, query);
    const insurer = parsed.ok ? parsed.value.insurer : undefined;
    const [clinics, { insurers }] = await Promise.all([
      this.clinicList.run(language, insurer),
      this.choices.of(language),
    ]);
    allowCache(request, 60);
    return this.pages.render(
      'booking/clinics',
      {
        letters: lettersOf(language, clinics, insurer),
        form: formOf({ insurer }),
        insurers: [{ value: '', label: translate(language, 'together.insurer.any') }, ...insurers],
      },
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
    const address = `${environment().bookingUrl}${pathTo(language, '/clinics/', clinic.slug)}`;
    const branchIds = clinic.branches.map(({ id }) => id);
    const told = await this.announced.run(branchIds, null);
    const model = clinicModel(language, clinic, parsed.ok ? parsed.value.payer : undefined, told, this.clock.now());
    const closed = await this.closedDays.byBranch(language, branchIds, null);
    allowCache(request, 60);
    return this.pages.render(
      'booking/clinic',
      {
        clinic: {
          ...model,
          branches: model.branches.map((branch, n) => ({ ...branch, closed: closed.get(branchIds[n] ?? '') ?? [] })),
        },
        jsonLd: clinicJsonLd(language, clinic, address),
      },
      {
        request,
        title: clinic.name,
        description: translate(language, 'booking.clinic.description', { name: clinic.name }),
        isPublic: true,
        ...(clinic.picture && { socialImage: `${environment().bookingUrl}/pictures/${clinic.picture}/520.jpg` }),
      },
    );
  }
}
