import { untoldCodes } from '#libs/appointments';
import { type Language, translate } from '#libs/platform';

/** Whether the patient is told of a change by staff, and if not, why: one choice, so that no "no" comes without its code. */
export const tellChoices = (language: Language): { value: string; label: string }[] => [
  { value: '', label: translate(language, 'moves.tell.yes') },
  ...untoldCodes.map((code) => ({ value: code, label: translate(language, `moves.untold.${code}`) })),
];
