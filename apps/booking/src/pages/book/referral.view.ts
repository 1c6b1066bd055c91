import type { ReferralOfHold } from '#libs/appointments';
import { formatPlainDate, type Language, translate } from '#libs/platform';

/** What was told of the referral, above the last button. */
export interface ReferralModel {
  isOffered: boolean;
  /** Absent until it was told. */
  text: string | undefined;
  href: string;
}

/** Undefined where the service asks for none. */
export function referralModel(
  language: Language,
  { asked, details, hasForm }: ReferralOfHold,
  path: string,
): ReferralModel | undefined {
  if (asked === 'none') return undefined;
  const text =
    details === null
      ? undefined
      : [
          details.number ?? (hasForm ? translate(language, 'services.referral.by-form') : ''),
          translate(language, 'services.referral.issued', { date: formatPlainDate(language, details.date, 'long') }),
          details.referrer.name,
          details.referrer.institution,
        ]
          .filter(Boolean)
          .join(', ');
  return { isOffered: asked === 'offered', text, href: `${path}/referral` };
}
