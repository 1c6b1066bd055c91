import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Language, Refusal, wordsIn } from '#libs/platform';
import { ConditionsOfService, referralAsked } from '#libs/profiles';
import { IdPipe, LanguageOf } from '#libs/web';
import { questionsOfService } from '../questions-of-service.js';
import { ServiceAnswer } from './service-answer.js';
import { ProblemsOf } from './problems-of.js';

/** What a program must know of a service before it books it for somebody. */
@ApiTags('Catalogue')
@Controller('api/v1/services')
export class ServiceController {
  constructor(private readonly conditions: ConditionsOfService) {}

  @Get(':id')
  @ApiOperation({ summary: 'One service: for whom it is, what it asks, whether it needs a referral' })
  @ApiOkResponse({ type: ServiceAnswer })
  @ProblemsOf('not-found')
  async one(@Param('id', IdPipe) id: string, @LanguageOf() language: Language): Promise<ServiceAnswer> {
    const service = await this.conditions.run(id);
    if (!service?.isOffered) throw new Refusal('not-found');
    const { ageFrom, ageFromUnit, ageTo, ageToUnit } = service;
    return {
      id: service.id,
      name: wordsIn(language, service.name),
      clinicId: service.clinicId,
      specialty: { id: service.specialtyId, name: wordsIn(language, service.specialty) },
      minutes: service.minutes,
      mode: service.mode,
      preparation: wordsIn(language, service.preparation),
      ageFrom: ageFrom === null ? null : { age: ageFrom, unit: ageFromUnit },
      ageTo: ageTo === null ? null : { age: ageTo, unit: ageToUnit },
      sex: service.sex,
      visit: service.visitKind,
      groups: [...service.targetGroups],
      referral: { state: referralAsked(service, 'state'), paid: referralAsked(service, 'paid') },
      questions: questionsOfService(language, service).map(({ id: question, kind, text, required, options }) => ({
        id: question,
        kind,
        text,
        required,
        options,
      })),
    };
  }
}
