import { environment, formatPlainDate, type Language, translate } from '#libs/platform';
import type { StaffRole } from '#libs/access';
import { localDate } from '#libs/time';

/** What the template of an invitation's letter renders. */
export interface StaffLetter {
  subject: string;
  first: string;
  next: string[];
  button: { label: string; href: string };
  footer: string[];
}

/** Both countries of the portal keep the same day. */
const zone = 'Europe/Riga';

/** The letter that lets somebody begin at a clinic, or begin anew with another password and second factor. */
export function staffLetter(
  language: Language,
  clinicName: string,
  invitation: { id: string; key: string; purpose: 'join' | 'renew'; role: StaffRole; expiresAt: Temporal.Instant },
): StaffLetter {
  const { id, key, purpose, role, expiresAt } = invitation;
  const say = (word: string, args = {}): string => translate(language, `staff.letter.${word}`, args);
  const page = new URL(`/${language}/invitation/${id}`, environment().clinicUrl);
  page.searchParams.set('key', key);
  // The last whole day, which nobody misreads.
  const until = formatPlainDate(language, localDate(expiresAt.subtract({ hours: 24 }), zone), 'long');
  return {
    subject: say(`${purpose}.subject`),
    first: say(`${purpose}.first`, { clinic: clinicName, role: translate(language, `clinic.roles.${role}`) }),
    next: [say(`${purpose}.next`), say('until', { day: until })],
    button: { label: say(`${purpose}.button`), href: page.toString() },
    footer: [say('secret'), say('not-yours')],
  };
}
