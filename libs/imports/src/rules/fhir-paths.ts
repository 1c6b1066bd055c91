/** Where a column of our tables stands in a resource, as a mistake names it. */
export const smallPaths: Readonly<Record<string, string>> = {
  key: 'identifier',
  city: 'address.city',
  address: 'address.line',
  postal_code: 'address.postalCode',
  phone: 'telecom',
  email: 'telecom',
  zone: 'extension(timezone)',
  given_name: 'name.given',
  family_name: 'name.family',
  minutes: 'extension(visit-length)',
};

const patientPaths = {
  given_name: 'Patient.name.given',
  family_name: 'Patient.name.family',
  person_code: 'Patient.identifier',
  birth_date: 'Patient.birthDate',
  email: 'Patient.telecom',
  phone: 'Patient.telecom',
};

export const appointmentPaths: Readonly<Record<string, string>> = {
  key: 'Appointment.identifier',
  status: 'Appointment.status',
  calendar: 'Appointment.slot',
  practitioner: 'Appointment.participant',
  branch: 'Appointment.participant',
  payer: 'Appointment.extension(payer)',
  service: 'Appointment.participant',
  start: 'Appointment.start',
  minutes: 'Appointment.end',
  ...patientPaths,
};

/** Visits that are over or were never promised: left out and counted. */
export const ignoredStatuses = [
  'arrived',
  'checked-in',
  'fulfilled',
  'noshow',
  'cancelled',
  'entered-in-error',
  'proposed',
  'waitlist',
];
