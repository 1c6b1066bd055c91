import { Module } from '@nestjs/common';
import { ArrangeQuestion, SaveQuestion } from './save-question.js';
import { SaveService } from './save-service.js';
import { Choices } from './queries/choices.js';
import { ClinicList } from './queries/clinic-list.js';
import { ClinicPage } from './queries/clinic-page.js';
import { PractitionerPage } from './queries/practitioner-page.js';
import { PublishedPractitioners } from './queries/published-practitioners.js';
import { ConditionsOfService } from './queries/service-conditions.js';
import { ServicesOfClinic } from './queries/services-of-clinic.js';
import { Suggest } from './queries/suggest.js';
import { VisitWords } from './queries/visit-words.js';
import { Workplaces } from './queries/workplaces.js';

const queries = [
  ArrangeQuestion,
  Choices,
  ClinicList,
  ClinicPage,
  ConditionsOfService,
  PractitionerPage,
  PublishedPractitioners,
  SaveQuestion,
  SaveService,
  ServicesOfClinic,
  Suggest,
  VisitWords,
  Workplaces,
];

/** What clinics publish of themselves. */
@Module({ providers: queries, exports: queries })
export class ProfilesModule {}
