import type { AppointmentView } from '#libs/appointments';
import { type TellingTerm, tellingTerms, tellingWordIn } from '../rules/telling-words.js';

/** What would tell for what somebody comes: the words of the service, of the specialty and of the practitioner's title. */
export const tellingTermsOf = ({ service, practitioner }: AppointmentView): TellingTerm[] =>
  tellingTerms([...Object.values(service.name), ...Object.values(practitioner.title), service.specialtyId]);

/** Whether a clinic called so would tell it by its name, as an oncology clinic does. */
export const nameTells = (view: AppointmentView, terms = tellingTermsOf(view)): boolean =>
  tellingWordIn(view.clinic.name, terms) !== null;
