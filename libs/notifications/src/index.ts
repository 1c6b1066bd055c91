import type { EntityClass } from '#libs/platform';
import { Notice } from './notice.entity.js';

export const notificationsEntities: readonly EntityClass[] = [Notice];

export { NotificationsModule } from './notifications.module.js';
export { DeliverNotices } from './deliver-notices.js';
export { DeliverInvitation } from './deliver-invitation.js';
export { DeliverCode } from './deliver-code.js';
export { calendarLinks, invitationOf } from './letters/visit-of.js';
export { invitationType } from './invitation/invitation.js';
export type { CalendarLinks } from './invitation/calendar-links.js';
export {
  type AccountLetterKind,
  type Audience,
  type Channel,
  isNoticeKind,
  type LetterKind,
  letterKinds,
  type NoticeKind,
  noticeKindNames,
  noticeKinds,
  type NoticeRule,
  noticeRuleOf,
  type Urgency,
} from './rules/notice-kinds.js';
export type { InvitationMethod } from './rules/letter-kind.js';
export { type LetterState, lettersOfSteps } from './queries/letters-of-steps.js';
export type { NoticeState } from './notice.entity.js';
export { LETTER_TRANSPORT, type LetterTransport } from './transports/outgoing-letter.js';
