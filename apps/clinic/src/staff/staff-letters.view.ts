import type { InvitationLine } from '#libs/access';
import type { LetterToStaff } from '#libs/notifications';
import { formatDateTime, type Language, translate } from '#libs/platform';
import { pathTo } from '#libs/web';
import { whyNotReached } from '../notices/told.view.js';
import { staffZone } from './staff.view.js';

const icons = {
  waiting: 'hourglass',
  sent: 'circle-check',
  failed: 'triangle-alert',
  returned: 'triangle-alert',
  dropped: 'triangle-alert',
} as const;

/** What another address would mend. */
const ofAddress: ReadonlySet<string | null> = new Set([
  'address-invalid',
  'address-refused',
  'address-suppressed',
  'bounced',
  'complained',
]);

const hasTrouble = ({ state }: LetterToStaff): boolean => icons[state] === 'triangle-alert';

const whyOf = ({ failure, noticeId }: LetterToStaff, language: Language): string =>
  whyNotReached({ failure: failure ?? 'other', id: noticeId }, language);

/** What became of an invitation's letter; without one, it is on its way. */
export function letterLine(letter: LetterToStaff | undefined, language: Language): object {
  const state = letter?.state ?? 'waiting';
  const at = letter ? formatDateTime(language, letter.at, staffZone, 'short') : '';
  return {
    icon: icons[state],
    isTrouble: letter !== undefined && hasTrouble(letter),
    text: translate(language, `staff.letters.${state}`, { at, why: letter ? whyOf(letter, language) : '' }),
  };
}

/** What became of an invitation's letter, and what the clinic can do about it. */
export function letterOfInvitation(
  { id, purpose, isOver }: InvitationLine,
  letter: LetterToStaff | undefined,
  language: Language,
): object {
  const isTrouble = letter !== undefined && hasTrouble(letter);
  return {
    letter: isOver && !isTrouble ? null : letterLine(letter, language),
    again: translate(language, `staff.invitations.${letter?.isSuppressed ? 'again-anyway' : 'again'}`),
    // The address of somebody who works here is their own.
    addressPath:
      isTrouble && ofAddress.has(letter.failure) && purpose === 'join'
        ? pathTo(language, `/staff/invitations/${id}/address`)
        : '',
  };
}

/** That somebody could not be told by letter what became of their rights; empty where they were. */
export const untoldLine = (letter: LetterToStaff | undefined, language: Language): string =>
  letter === undefined
    ? ''
    : translate(language, 'staff.letters.untold', {
        at: formatDateTime(language, letter.at, staffZone, 'short'),
        why: whyOf(letter, language),
      });
