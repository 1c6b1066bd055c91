import type { PractitionerCard, RoleCard } from '#libs/profiles';
import { type DoctorForm, type RoleForm } from './doctor.form.js';
import { wordsOf } from './form-parts.js';

export const cardOf = (form: DoctorForm): PractitionerCard => ({
  givenName: form.givenName,
  familyName: form.familyName,
  title: wordsOf(form.title),
  specialtyIds: form.specialties ?? [],
  languages: form.languages ?? [],
  about: wordsOf(form.about),
});

export const roleOf = (form: RoleForm): RoleCard => ({
  activeFrom: Temporal.PlainDate.from(form.activeFrom),
  restrictions: wordsOf(form.restrictions),
});
