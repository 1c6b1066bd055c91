import { Module } from '@nestjs/common';
import { Choices } from './queries/choices.js';
import { ClinicList } from './queries/clinic-list.js';
import { ClinicPage } from './queries/clinic-page.js';
import { PractitionerPage } from './queries/practitioner-page.js';
import { Suggest } from './queries/suggest.js';

const queries = [Choices, ClinicList, ClinicPage, PractitionerPage, Suggest];

/** What clinics publish of themselves. */
@Module({ providers: queries, exports: queries })
export class ProfilesModule {}
