import type { EntityClass } from '#libs/platform';
import { InformedMark } from './informed-mark.entity.js';
import { NoticeAttempt } from './notice-attempt.entity.js';
import { NoticeBulk } from './notice-bulk.entity.js';
import { NoticeLimit } from './notice-limit.entity.js';
import { IncomingMail } from './incoming/incoming-mail.entity.js';
import { Notice } from './notice.entity.js';
import { LetterWordsRow, ServiceLetterWords } from './words/letter-words.entity.js';
import { IncomingText } from './texts/incoming-text.entity.js';
import { SmsSent } from './texts/sms-sent.entity.js';
import { SmsSetting } from './texts/sms-setting.entity.js';
import { SuppressedAddress } from './suppressed-address.entity.js';
import { ReminderSetting } from './reminders/reminder-setting.entity.js';
import { ReminderVisit } from './reminders/reminder-visit.entity.js';
import { Reminder } from './reminders/reminder.entity.js';

export const notificationsEntities: readonly EntityClass[] = [
  IncomingMail,
  InformedMark,
  Notice,
  NoticeAttempt,
  NoticeBulk,
  NoticeLimit,
  SuppressedAddress,
  IncomingText,
  SmsSent,
  SmsSetting,
  Reminder,
  ReminderSetting,
  ReminderVisit,
  LetterWordsRow,
  ServiceLetterWords,
];

export { NotificationsModule } from './notifications.module.js';
export { DeliverNotices } from './deliver-notices.js';
export { DeliverText } from './texts/deliver-text.js';
export { DeliverInvitation } from './deliver-invitation.js';
export { DeliverAccountNotice } from './deliver-account-notice.js';
export { AnswerReminder, type VisitToAnswer } from './reminders/answer-reminder.js';
export { DeliverReminder } from './reminders/deliver-reminder.js';
export { KeepReminderSettings } from './reminders/keep-reminder-settings.js';
export { type DueReminder, MakeReminders } from './reminders/make-reminders.js';
export { type ReminderState, remindersOfVisit } from './reminders/reminders-of-visit.js';
export { reminderKey } from './reminders/reminder-link.js';
export { RemindersModule } from './reminders/reminders.module.js';
export {
  type Offset,
  offsetText,
  parseOffset,
  type ReminderSettings,
  usualReminders,
} from './rules/reminder-settings.js';
export { leavesAt } from './rules/reminder-times.js';
export { DeliverCode } from './deliver-code.js';
export { calendarLinks, entryInCalendar, invitationOf, visitOf } from './letters/visit-of.js';
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
export {
  DeliveryFailure,
  LETTER_TRANSPORT,
  type LetterTransport,
  type OutgoingLetter,
} from './transports/outgoing-letter.js';
export { Inbox } from './inbox/inbox.js';
export { InboxModule } from './inbox/inbox.module.js';
export { MarkRead } from './inbox/mark-read.js';
export type { PortalNotice } from './inbox/portal-notice.js';
export { NoteBounce } from './note-bounce.js';
export { NoteReceipt } from './note-receipt.js';
export { type FeedEvent, feedEventOf, writeFeed } from './invitation/feed.js';
export { NoticeDeskModule } from './desk/notice-desk.module.js';
export { UnreachedPatients, type UnreachedPatient } from './desk/unreached-patients.js';
export { ChangesInTime, type ChangeInTime } from './desk/changes-in-time.js';
export { type RequestInTime, RequestsInTime } from './desk/requests-in-time.js';
export { MarkInformed } from './desk/mark-informed.js';
export { SendAgain } from './desk/send-again.js';
export { BulksOfClinic, type DecidedBulk, type HeldBulk } from './desk/bulks-of-clinic.js';
export { type BulkDecision, DecideBulk } from './desk/decide-bulk.js';
export { LettersToStaff, type LetterToStaff } from './desk/letters-to-staff.js';
export { TrustInvitedAddress } from './desk/trust-invited-address.js';
export { SetNoticeLimit } from './desk/set-notice-limit.js';
export { WatchLateness } from './watch-lateness.js';
export { type InformedHow, informedHows } from './rules/informed-how.js';
export { type MarkOfStep, type NoticeOfStep, type ToldOfStep, toldOfSteps } from './queries/told-of-steps.js';
export type { VisitToTell } from './queries/visit-to-tell.js';
export { firstLineOf } from './inbox/first-line.js';
export { type NoticeToRead, ReadNotice } from './inbox/read-notice.js';
export { type Answer, AnswersOfClinic } from './incoming/answers-of-clinic.js';
export { AnswersModule } from './incoming/answers.module.js';
export { IncomingModule } from './incoming/incoming.module.js';
export { isSignedLetter, mailHookSecrets } from './incoming/mail-hook.js';
export { MarkAnswerSeen } from './incoming/mark-answer-seen.js';
export { ReadMailbox } from './incoming/read-mailbox.js';
export { largestLetter, TakeIncomingMail } from './incoming/take-incoming-mail.js';
export { ReadText } from './texts/read-text.js';
export { TextsModule } from './texts/texts.module.js';
export { TakeIncomingText } from './texts/take-incoming-text.js';
export { TakeReceipt } from './texts/take-receipt.js';
export { PageOfReference } from './texts/page-of-reference.js';
export { isBelieved } from './texts/gateway/is-believed.js';
export type { GatewayCall } from './texts/gateway/is-signed.js';
export { type AnswerByText, TextsOfClinic } from './texts/texts-of-clinic.js';
export { MarkTextSeen } from './texts/mark-text-seen.js';
export { KeepSmsSettings } from './texts/keep-sms-settings.js';
export { SmsOfClinic, type SmsOfClinicAnswer, textKinds } from './texts/sms-of-clinic.js';
export type { SmsSettings } from './texts/sms-settings-of.js';

export { LetterDeskModule } from './words/letter-desk.module.js';
export { KeepLetterWords } from './words/keep-letter-words.js';
export { KeepPreparation } from './words/keep-preparation.js';
export { type LetterWordKind, letterWordKinds, longestWords } from './words/letter-words.js';
export { type ServicePrepared, WordsOfClinic, type WordsWritten } from './words/words-of-clinic.js';
export { type LetterPreview, PreviewLetter, type PreviewLevel, previewLevels } from './preview/preview-letter.js';
export { HttpGateway } from './texts/gateway/http-gateway.js';
export { TEXT_TRANSPORT } from './transports/text-transport.js';
