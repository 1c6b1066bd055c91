import { Module } from '@nestjs/common';
import { Choices } from './queries/choices.js';
import { ClinicList } from './queries/clinic-list.js';
import { ClinicPage } from './queries/clinic-page.js';
import { PractitionerPage } from './queries/practitioner-page.js';
import { PublishedPractitioners } from './queries/published-practitioners.js';
import { Suggest } from './queries/suggest.js';
import { VisitWords } from './queries/visit-words.js';
import { Workplaces } from './queries/workplaces.js';

const queries = [
  Choices,
  ClinicList,
  ClinicPage,
  PractitionerPage,
  PublishedPractitioners,
  Suggest,
  VisitWords,
  Workplaces,
];

/** What clinics publish of themselves. */
@Module({ providers: queries, exports: queries })
export class ProfilesModule {}
