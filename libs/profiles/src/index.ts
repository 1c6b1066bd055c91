import type { EntityClass } from '#libs/platform';
import { Branch } from './branch.entity.js';
import { BranchMove } from './branch-move.entity.js';
import { Clinic } from './clinic.entity.js';
import { ClinicInsurer } from './clinic-insurer.entity.js';
import { Insurer } from './insurer.entity.js';
import { Picture } from './picture.entity.js';
import { Practitioner } from './practitioner.entity.js';
import { PractitionerRole } from './practitioner-role.entity.js';
import { PractitionerSpecialty } from './practitioner-specialty.entity.js';
import { Service } from './service.entity.js';
import { ServiceQuestion } from './service-question.entity.js';
import { Specialty } from './specialty.entity.js';

export const profilesEntities: readonly EntityClass[] = [
  Branch,
  BranchMove,
  Clinic,
  ClinicInsurer,
  Insurer,
  Picture,
  Practitioner,
  PractitionerRole,
  PractitionerSpecialty,
  Service,
  ServiceQuestion,
  Specialty,
];

export { AddPractitioner } from './add-practitioner.js';
export { endRole, EndRole } from './end-role.js';
export { largestPicture } from './encode-picture.js';
export { type BranchCard, isElsewhere, KeepBranch } from './keep-branch.js';
export { type ClinicCard, KeepClinicCard } from './keep-clinic-card.js';
export { KeepComplaintContacts } from './keep-complaint-contacts.js';
export { KeepPicture, RemovePicture } from './keep-picture.js';
export { KeepPractitionerCard } from './keep-practitioner-card.js';
export { AddRole, KeepRole } from './keep-role.js';
export type { PractitionerCard, RoleCard } from './practitioner-card.js';
export { PublishClinic } from './publish-clinic.js';
export { PictureController } from './picture.controller.js';
export { PublishPractitioner } from './publish-practitioner.js';
export { isPictureFileName, PictureFile, PicturesOf } from './queries/picture-file.js';
export { type KnownPractitioner, SetupChoices } from './queries/setup-choices.js';
export {
  type BranchInSetup,
  type ClinicInSetup,
  type PractitionerInSetup,
  SetupOfClinic,
} from './queries/setup-of-clinic.js';
export { complaintBodies } from './rules/complaint-bodies.js';
export { RemoveBranch } from './remove-branch.js';
export { isRegistrationNumber } from './rules/registration-number.js';
export { languageOfCountry, type Missing, missingOfClinic, missingOfPractitioner } from './rules/what-is-missing.js';
export {
  type BranchBroughtIn,
  bringInBranches,
  bringInPractitioners,
  bringInServices,
  type PractitionerBroughtIn,
  type ServiceBroughtIn,
} from './bring-in-profiles.js';
export { ProfilesModule } from './profiles.module.js';
export type { EmergencyProvider, ReceptionTime } from './branch.entity.js';
export type { ComplaintContact } from './clinic.entity.js';
export { type BranchChoice, Choices, type ServiceChoice, type SpecialtyChoice } from './queries/choices.js';
export { ClinicList, type ClinicListItem } from './queries/clinic-list.js';
export { type ClinicBranch, ClinicPage, type ClinicPractitioner, type ClinicProfile } from './queries/clinic-page.js';
export { EmergencyNear, type Whereabouts } from './queries/emergency-near.js';
export { PractitionerPage, type PractitionerProfile } from './queries/practitioner-page.js';
export { PublishedPractitioners } from './queries/published-practitioners.js';
export { Suggest, type Suggestion, type SuggestionKind } from './queries/suggest.js';
export { type VisitFacts, VisitWords } from './queries/visit-words.js';
export { ClinicNames } from './queries/clinic-names.js';
export { type Workplace, Workplaces } from './queries/workplaces.js';
export { BranchBoard } from './queries/branch-board.js';
export { endServiceOfClinic } from './end-service.js';
export { QuestionsOfService } from './queries/questions-of-service.js';
export { ConditionsOfService, type ServiceConditions, serviceConditions } from './queries/service-conditions.js';
export { type ClinicService, ServicesOfClinic } from './queries/services-of-clinic.js';
export { ArrangeQuestion, SaveQuestion } from './save-question.js';
export { SaveService, type ServiceDetails } from './save-service.js';
export * from './rules/for-whom.js';
export * from './rules/questions.js';
export { referralAsked, type ReferralAsked } from './rules/referral-asked.js';
export * from './rules/told.js';
export { targetGroups, type TargetGroup } from './rules/target-groups.js';
