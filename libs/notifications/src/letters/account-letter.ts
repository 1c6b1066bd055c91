import type { AccountNoticeLetter } from '#libs/access';
import { environment, formatDate, translate, zoneOfReader } from '#libs/platform';
import type { AppointmentLetter } from './appointment-letter.js';
import { momentOf } from './visit.js';

/**
 * A letter to the owner of an account, about the account: it says what happened and when, and nothing of where, whom and
 * what for. Its subject is the same for every kind.
 */
export function accountLetter({
  language,
  kind,
  change,
  clinicId,
  at,
}: Pick<AccountNoticeLetter, 'language' | 'kind' | 'change' | 'clinicId' | 'at'>): AppointmentLetter {
  const zone = zoneOfReader(language);
  const say = (key: string, args = {}): string => translate(language, `mail.account.${key}`, args);
  const what = change === null ? kind : `${kind}.${change}`;
  const isStaff = clinicId !== null;
  const page = (path: string): string => {
    const { bookingUrl, clinicUrl } = environment();
    return new URL(`/${language}${path}`, isStaff ? clinicUrl : bookingUrl).toString();
  };
  return {
    subject: say('subject', { date: formatDate(language, at, zone, 'long') }),
    first: say(`${what}.first`),
    opening: [],
    facts: [{ label: translate(language, 'mail.facts.happened'), value: momentOf({ language, zone }, at) }],
    sections: [],
    next: [say(`${what}.next`)],
    button:
      kind === 'calendar-stopped'
        ? { label: say(change === null ? 'button.calendar' : 'button.busy'), href: page('/my-calendar') }
        : { label: say('button.open'), href: page(isStaff ? '/calendar' : '/my-appointments') },
    signature: [],
    footer: [
      translate(language, 'mail.footer.automatic'),
      // Whoever works at a clinic signs in by more than a code in a letter.
      say(isStaff ? 'not-you-staff' : kind === 'welcome' || kind === 'calendar-stopped' ? 'not-yours' : 'not-you'),
    ],
  };
}
