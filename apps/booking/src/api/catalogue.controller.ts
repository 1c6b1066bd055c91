import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CLOCK, type Clock, type Language, Refusal, wordsIn } from '#libs/platform';
import { Choices, ClinicList, ClinicPage, Suggest } from '#libs/profiles';
import { LanguageOf } from '#libs/web';
import { TermsAnswer } from './answers.js';
import { ProblemsOf } from './problems-of.js';
import { ClinicsQuestion, ServicesQuestion, SuggestQuestion } from './questions.js';
import { currentTerms } from './terms.js';

/** What there is: clinics, specialties, services and the terms. All words in the language of Accept-Language. */
@ApiTags('Catalogue')
@Controller('api/v1')
export class CatalogueController {
  constructor(
    private readonly choices: Choices,
    private readonly clinics: ClinicList,
    private readonly clinic: ClinicPage,
    private readonly suggest: Suggest,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('clinics')
  @ApiOperation({ summary: 'All clinics in the alphabet' })
  @ProblemsOf('invalid')
  async allClinics(@Query() { insurer }: ClinicsQuestion, @LanguageOf() language: Language): Promise<object> {
    return { items: await this.clinics.run(language, insurer), next: null };
  }

  @Get('insurers')
  @ApiOperation({ summary: 'Insurers that some clinic works with; their policies pay for self-paid visits' })
  async insurers(@LanguageOf() language: Language): Promise<object> {
    return { items: await this.choices.insurers(language), next: null };
  }

  @Get('clinics/:id')
  @ApiOperation({ summary: 'One clinic, by id or slug, with its branches and practitioners' })
  @ProblemsOf('not-found')
  async oneClinic(@Param('id') id: string, @LanguageOf() language: Language): Promise<object> {
    const today = this.clock.now().toZonedDateTimeISO('Europe/Riga').toPlainDate();
    const profile = await this.clinic.run(id.slice(0, 200), language, today);
    if (!profile) throw new Refusal('not-found');
    return {
      ...profile,
      about: wordsIn(language, profile.about),
      branches: profile.branches.map(({ zone, ...branch }) => ({ ...branch, timeZone: zone })),
      practitioners: profile.practitioners.map((each) => ({
        ...each,
        title: wordsIn(language, each.title),
        specialties: each.specialties.map(({ id: specialty, name }) => ({
          id: specialty,
          name: wordsIn(language, name),
        })),
      })),
    };
  }

  @Get('specialties')
  @ApiOperation({ summary: 'Specialties that somebody has' })
  async specialties(@LanguageOf() language: Language): Promise<object> {
    const all = await this.choices.specialties(language);
    return { items: all.map((each) => ({ ...each, name: wordsIn(language, each.name) })), next: null };
  }

  @Get('services')
  @ApiOperation({ summary: 'Services, of one clinic or specialty if told; 500 at most' })
  @ProblemsOf('invalid')
  async services(@Query() question: ServicesQuestion, @LanguageOf() language: Language): Promise<object> {
    const { clinic, specialty } = question;
    const within = { ...(clinic && { clinicId: clinic }), ...(specialty && { specialtyId: specialty }) };
    const all = await this.choices.services(language, within);
    return { items: all.map((each) => ({ ...each, name: wordsIn(language, each.name) })), next: null };
  }

  @Get('suggest')
  @ApiOperation({ summary: 'What somebody may mean who has typed a few letters' })
  @ProblemsOf('invalid')
  async suggestions(@Query() question: SuggestQuestion, @LanguageOf() language: Language): Promise<object> {
    return { items: await this.suggest.run(question.q, language, question.payer), next: null };
  }

  @Get('terms')
  @ApiOperation({ summary: 'The terms that a booking agrees to' })
  @ApiOkResponse({ type: TermsAnswer })
  terms(@LanguageOf() language: Language): TermsAnswer {
    return currentTerms(language);
  }
}
