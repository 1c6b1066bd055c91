import { Module } from '@nestjs/common';
import { AddPractitioner } from './add-practitioner.js';
import { EndRole } from './end-role.js';
import { KeepBranch } from './keep-branch.js';
import { KeepClinicCard } from './keep-clinic-card.js';
import { KeepComplaintContacts } from './keep-complaint-contacts.js';
import { KeepPicture, RemovePicture } from './keep-picture.js';
import { KeepPractitionerCard } from './keep-practitioner-card.js';
import { AddRole, KeepRole } from './keep-role.js';
import { PublishClinic } from './publish-clinic.js';
import { PublishPractitioner } from './publish-practitioner.js';
import { RemoveBranch } from './remove-branch.js';
import { ArrangeQuestion, SaveQuestion } from './save-question.js';
import { SaveService } from './save-service.js';
import { BranchBoard } from './queries/branch-board.js';
import { Choices } from './queries/choices.js';
import { ClinicList } from './queries/clinic-list.js';
import { ClinicPage } from './queries/clinic-page.js';
import { EmergencyNear } from './queries/emergency-near.js';
import { PictureFile, PicturesOf } from './queries/picture-file.js';
import { PractitionerPage } from './queries/practitioner-page.js';
import { PublishedPractitioners } from './queries/published-practitioners.js';
import { ConditionsOfService } from './queries/service-conditions.js';
import { QuestionsOfService } from './queries/questions-of-service.js';
import { ServicesOfClinic } from './queries/services-of-clinic.js';
import { SetupChoices } from './queries/setup-choices.js';
import { SetupOfClinic } from './queries/setup-of-clinic.js';
import { Suggest } from './queries/suggest.js';
import { VisitWords } from './queries/visit-words.js';
import { ClinicNames } from './queries/clinic-names.js';
import { Workplaces } from './queries/workplaces.js';

const cards = [
  AddPractitioner,
  AddRole,
  EndRole,
  KeepBranch,
  KeepClinicCard,
  KeepComplaintContacts,
  KeepPicture,
  KeepPractitionerCard,
  KeepRole,
  PublishClinic,
  PublishPractitioner,
  RemoveBranch,
  RemovePicture,
];

const queries = [
  ArrangeQuestion,
  BranchBoard,
  Choices,
  ClinicList,
  ClinicPage,
  ConditionsOfService,
  EmergencyNear,
  PictureFile,
  PicturesOf,
  PractitionerPage,
  PublishedPractitioners,
  QuestionsOfService,
  SaveQuestion,
  SaveService,
  ServicesOfClinic,
  SetupChoices,
  SetupOfClinic,
  Suggest,
  VisitWords,
  Workplaces,
  ClinicNames,
];

/** What clinics publish of themselves. */
@Module({ providers: [...cards, ...queries], exports: [...cards, ...queries] })
export class ProfilesModule {}
