import type { ClinicCalendar } from '#libs/calendars';
import { type Language, translate, wordsIn } from '#libs/platform';
import { type ClinicInSetup, missingOfPractitioner, type PractitionerInSetup } from '#libs/profiles';
import { type FormState, pathTo } from '#libs/web';
import { spoken } from './doctor.form.js';
import { missingOfDoctor } from './missing-links.js';
import { fourLanguages } from './setup-pages.js';
import { initialsOf, nameOf } from './wizard.view.js';

interface Option {
  value: string;
  label: string;
}

/** Fields to choose a specialty in: those that are chosen and one more, three at least. */
const specialtyFields = (form: FormState): string[] => {
  const filled = Object.entries(form.values)
    .filter(([name, value]) => /^specialties\.\d+$/.test(name) && value !== '')
    .map(([name]) => Number(name.split('.')[1]));
  const count = Math.min(Math.max(2, Math.max(-1, ...filled) + 1) + 1, 10);
  return Array.from({ length: count }, (_, index) => `specialties.${index}`);
};

/** What the form of a practitioner's card shows, for a new one and for one that is there. */
export function doctorFormModel(
  language: Language,
  clinic: ClinicInSetup,
  form: FormState,
  specialties: readonly { id: string; name: PractitionerInSetup['title'] }[],
): object {
  const options: Option[] = specialties.map(({ id, name }) => ({ value: id, label: wordsIn(language, name) }));
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return {
    form,
    title: fourLanguages(language, clinic, form, 'title'),
    about: fourLanguages(language, clinic, form, 'about'),
    restrictions: fourLanguages(language, clinic, form, 'restrictions'),
    specialtyFields: specialtyFields(form),
    specialties: [{ value: '', label: translate(language, 'setup.choose') }, ...options],
    languages: spoken.map((code) => ({ value: code, label: names.of(code) ?? code })),
  };
}

/** What stands around the form of somebody who works at the clinic. */
export function doctorModel(
  language: Language,
  doctor: PractitionerInSetup,
  calendars: readonly ClinicCalendar[],
): object {
  const base = pathTo(language, '/setup/doctors/', doctor.id);
  return {
    name: nameOf(language, doctor),
    initials: initialsOf(doctor),
    picture: doctor.picture,
    isKept: doctor.isKept,
    keeper: doctor.keeper,
    published: doctor.published,
    activeTo: doctor.activeTo,
    ownSpecialties: doctor.specialties.map(({ name }) => wordsIn(language, name)).join(', '),
    missing: doctor.isKept ? missingOfDoctor(language, doctor.id, missingOfPractitioner(doctor)) : [],
    action: base,
    pictureHref: `${base}/picture`,
    endHref: `${base}/end`,
    publishAction: `${base}/publish`,
    withdrawAction: `${base}/withdraw`,
    newCalendarHref: pathTo(language, `/calendars/new?resource=${encodeURIComponent(doctor.id)}`),
    calendars: calendars
      .filter(({ practitionerId }) => practitionerId === doctor.id)
      .map(({ id, branch, payer, services }) => ({
        branch: branch.name,
        payer,
        href: pathTo(language, '/calendars/', id),
        hoursHref: pathTo(language, '/hours/', id),
        services: services
          .map(
            ({ name, minutes }) =>
              `${wordsIn(language, name)} (${translate(language, 'setup.minutes', { n: minutes })})`,
          )
          .join(', '),
      })),
  };
}
