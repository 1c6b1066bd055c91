import type { EventKind } from '#libs/appointments';

/** Who reads it: the patient of an appointment, somebody who works at a clinic, or whoever owns an account. */
export type Audience = 'patient' | 'staff' | 'account';

/** How it reaches them: a letter, a short message, or a line in the portal's inbox. */
export type Channel = 'mail' | 'sms' | 'portal';

/**
 * How loud it may be. `now`: it leaves at once, by every channel, also at night; `day`: by whatever rings, only by day;
 * `quiet`: by nothing that rings.
 */
export type Urgency = 'now' | 'day' | 'quiet';

/** What it follows from: a step of an appointment, or something else that happened. */
export type NoticeEvent =
  | EventKind
  | 'details-changed'
  | 'visit-nears'
  | 'address-asked'
  | 'staff-invited'
  | 'account-made'
  | 'access-changed'
  | 'data-asked'
  | 'calendar-lost';

/** One kind of notice. `channels`: those that the kind may take; which of them a person gets is theirs and the clinic's to say. */
export interface NoticeRule {
  event: NoticeEvent;
  audience: Audience;
  channels: readonly Channel[];
  urgency: Urgency;
  /** The look of its letter. */
  template: 'appointment' | 'reminder' | 'code' | 'invitation' | 'account';
  /** Its words are ready, but nothing in the portal leads to it yet: staff are not told that somebody gets it. */
  isUnused?: true;
}

const letter = {
  audience: 'patient',
  channels: ['mail', 'portal'],
  urgency: 'quiet',
  template: 'appointment',
} as const;
/** What the clinic did and the patient does not expect: it also goes as a short message to those who wished for them. */
const surprise = { ...letter, channels: ['mail', 'portal', 'sms'], urgency: 'day' } as const;
const account = { audience: 'account', channels: ['mail', 'portal'], urgency: 'quiet', template: 'account' } as const;

/**
 * Every kind of notice that there is, in the order in which staff read them. The table is closed: what is not in it is
 * not sent. Words stand in `templates/locales/<language>/mail.json` (letters) and `letters.json` (what staff read).
 */
export const noticeKinds = {
  booked: { ...letter, event: 'booked' },
  requested: { ...letter, event: 'requested' },
  confirmed: { ...surprise, event: 'confirmed' },
  rejected: { ...surprise, event: 'rejected' },
  expired: { ...surprise, event: 'expired' },
  moved: { ...letter, event: 'moved' },
  'moved-by-clinic': { ...surprise, event: 'moved' },
  'move-requested': { ...letter, event: 'move-requested' },
  'request-moved': { ...letter, event: 'moved' },
  'move-rejected': { ...surprise, event: 'rejected' },
  'move-expired': { ...surprise, event: 'expired' },
  'details-changed': { ...surprise, event: 'details-changed' },
  cancelled: { ...letter, event: 'cancelled' },
  'cancelled-by-clinic': { ...surprise, urgency: 'now', event: 'cancelled' },
  'cancelled-by-system': { ...surprise, urgency: 'now', event: 'cancelled', isUnused: true },
  offered: { ...surprise, urgency: 'now', event: 'offered' },
  'offered-nothing': { ...surprise, urgency: 'now', event: 'offered' },
  reinstated: { ...surprise, event: 'reinstated' },
  reminder: { ...surprise, template: 'reminder', event: 'visit-nears' },
  code: { audience: 'account', channels: ['mail'], urgency: 'now', template: 'code', event: 'address-asked' },
  invitation: {
    audience: 'staff',
    channels: ['mail'],
    urgency: 'quiet',
    template: 'invitation',
    event: 'staff-invited',
  },
  welcome: { ...account, event: 'account-made' },
  'access-changed': { ...account, urgency: 'now', event: 'access-changed' },
  'data-request': { ...account, event: 'data-asked', isUnused: true },
  'calendar-stopped': { ...account, event: 'calendar-lost' },
} as const satisfies Readonly<Record<string, NoticeRule>>;

export type NoticeKind = keyof typeof noticeKinds;

export const noticeKindNames = Object.keys(noticeKinds) as NoticeKind[];

export const isNoticeKind = (text: string): text is NoticeKind => Object.hasOwn(noticeKinds, text);

/** The rule of a kind. */
export const noticeRuleOf = (kind: NoticeKind): NoticeRule => noticeKinds[kind];

type KindWith<Template extends NoticeRule['template']> = {
  [Kind in NoticeKind]: (typeof noticeKinds)[Kind]['template'] extends Template ? Kind : never;
}[NoticeKind];

/** Every letter that an appointment's history can lead to. */
export type LetterKind = KindWith<'appointment'>;
/** Every letter to the owner of an account. */
export type AccountLetterKind = KindWith<'account'>;

export const isLetterKind = (kind: NoticeKind): kind is LetterKind => noticeKinds[kind].template === 'appointment';
export const letterKinds = noticeKindNames.filter(isLetterKind);

export const isAccountLetterKind = (kind: NoticeKind): kind is AccountLetterKind =>
  noticeKinds[kind].template === 'account';
