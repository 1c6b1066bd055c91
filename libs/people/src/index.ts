export { peopleEntities, PeopleModule } from './people.module.js';
export { Patient } from './patient.entity.js';
export { keepPatient, type Keeper, personCodeIndex } from './keep-patient.js';
export { bringInPatients, type PatientBroughtIn, sealCode } from './bring-in-patients.js';
export { keepNoticeChoice } from './keep-notice-choice.js';
export { choiceOfAccount, type NoticeChoice, NoticeChoices } from './queries/notice-choices.js';
export { checkPatient, type PatientDetails, type TypedPatient } from './patient-details.js';
export {
  mayActFor,
  type PatientCard,
  patientColumns,
  type PatientLine,
  patientLine,
  type PatientRecord,
  Patients,
} from './queries/patients.js';
export { type PatientTraits, traitsOfPatient } from './queries/traits-of-patient.js';
export {
  maskedCode,
  parsePersonCode,
  type PersonCode,
  type PersonCodeCheck,
  personCodeCountries,
  type PersonCodeCountry,
  printedCode,
} from './rules/person-code.js';
export { likeness, slipPatterns } from './rules/likeness.js';
export { datesOf, readSearch, type SearchText } from './rules/search-text.js';
export { normaliseEmail } from './rules/email.js';
export { normaliseName } from './rules/name.js';
export { isMobile, normalisePhone } from './phone.js';
