import { type ReasonCode, reasonCodes } from '#libs/appointments';
import { type Language, translate } from '#libs/platform';

/** Why staff change or end an appointment, to choose from: every reason but those that only the portal has. */
export const reasonChoices = (
  language: Language,
  except: readonly ReasonCode[] = [],
): { value: string; label: string }[] =>
  reasonCodes
    .filter((code) => code !== 'expired' && !except.includes(code))
    .map((code) => ({ value: code, label: translate(language, `clinic.reasons.${code}`) }));
