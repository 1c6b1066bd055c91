import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FindATime, type Found } from '#libs/calendars';
import { CLOCK, type Clock, type Language, Refusal, wordsIn } from '#libs/platform';
import { PractitionerPage } from '#libs/profiles';
import { LanguageOf } from '#libs/web';
import { type FoundPractitioner, FoundPractitioners } from './answers.js';
import { euros } from './money.js';
import { ProblemsOf } from './problems-of.js';
import { PayerQuestion, PractitionersQuestion } from './questions.js';

/** Who is free, soonest first. */
@ApiTags('Search')
@Controller('api/v1/practitioners')
export class SearchController {
  constructor(
    private readonly findATime: FindATime,
    private readonly practitioner: PractitionerPage,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Practitioners by their first free time' })
  @ApiOkResponse({ type: FoundPractitioners })
  @ProblemsOf('invalid')
  async find(@Query() question: PractitionersQuestion, @LanguageOf() language: Language): Promise<FoundPractitioners> {
    const { items, next } = await this.findATime.run(question);
    return { items: items.map((found) => foundPractitioner(found, language)), next };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One practitioner, by id or slug, with the calendars to book in' })
  @ProblemsOf('invalid', 'not-found')
  async one(
    @Param('id') id: string,
    @Query() { payer }: PayerQuestion,
    @LanguageOf() language: Language,
  ): Promise<object> {
    const today = this.clock.now().toZonedDateTimeISO('Europe/Riga').toPlainDate();
    const profile = await this.practitioner.run(id.slice(0, 200), language, today);
    if (!profile) throw new Refusal('not-found');
    const { items } = await this.findATime.run({ practitioner: profile.id, ...(payer && { payer }), limit: 100 });
    const { title, about, specialties, ...rest } = profile;
    return {
      ...rest,
      title: wordsIn(language, title),
      about: wordsIn(language, about),
      specialties: specialties.map((each) => ({ id: each.id, name: wordsIn(language, each.name) })),
      calendars: items.map((found) => {
        const {
          id: _id,
          slug: _slug,
          name: _name,
          title: _title,
          specialties: _s,
          languages: _l,
          ...calendar
        } = foundPractitioner(found, language);
        return calendar;
      }),
    };
  }
}

function foundPractitioner(found: Found, language: Language): FoundPractitioner {
  const { branch, clinic } = found;
  return {
    id: found.practitionerId,
    slug: found.slug,
    name: `${found.givenName} ${found.familyName}`.trim(),
    title: wordsIn(language, found.title),
    specialties: found.specialties.map((each) => ({ id: each.id, name: wordsIn(language, each.name) })),
    languages: found.languages,
    clinic: { id: clinic.id, slug: clinic.slug, name: clinic.name },
    branch: { id: branch.id, name: branch.name, city: branch.city, address: branch.address, timeZone: branch.timeZone },
    calendarId: found.calendarId,
    payer: found.payer,
    confirmation: found.confirmation,
    services: found.services.map((each) => ({
      id: each.id,
      name: wordsIn(language, each.name),
      minutes: each.minutes,
      price: euros(each.priceCents),
    })),
    firstFree: found.firstFree,
    nextTimes: found.nextTimes,
  };
}
