import { environment, type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';
import { termsVersion } from '../terms-version.js';
import type { TermsAnswer } from './answers.js';

const paragraphs = ['true', 'cancel', 'price'] as const;

/** The terms in force, in the reader's language. */
export const currentTerms = (language: Language): TermsAnswer => ({
  version: termsVersion,
  title: translate(language, 'booking.privacy.terms.heading'),
  text: paragraphs.map((each) => translate(language, `booking.privacy.terms.${each}`)),
  page: `${environment().bookingUrl}${pathTo(language, '/privacy')}`,
});
