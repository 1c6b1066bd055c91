export { accessEntities, AccessModule } from './access.module.js';
export {
  type Actor,
  actorOf,
  requireAccount,
  requireSomewhere,
  requireStaff,
  type Session,
  type StaffActor,
  type StaffRoleOfSession,
} from './actor.js';
export {
  type Concerned,
  mayDo,
  maySomewhere,
  type Permission,
  permissions,
  type Reach,
  reachOf,
  type StaffReach,
  type StaffRole,
  staffRoles,
  type Within,
  within,
} from './rules/permissions.js';
export { type SessionApp, type SessionLevel, sessionTime } from './rules/session-times.js';
export { returnTo } from './rules/return-to.js';
export type { AssertedPerson } from './rules/asserted-person.js';

export { Sessions } from './sessions.js';
export { type StaffOfToday, StaffToday } from './queries/staff-today.js';
export { Accounts } from './queries/accounts.js';
export { AccessLog, type Look } from './access-log.js';
export { orAttempted } from './attempts.js';
export { AskVerification } from './ask-verification.js';
export { Verify, type Verified } from './verify.js';
export { type AccountNoticeLetter, AccountNoticeToSend } from './queries/account-notice-to-send.js';
export {
  type AccountChange,
  accountChanges,
  type AccountNoticeKind,
  accountNoticeKinds,
} from './account-notice.entity.js';
export { tellAccount } from './tell-account.js';
export { AccountOf, type AccountOverview } from './queries/account-of.js';
export { type VerificationLetter, VerificationToSend } from './queries/verification-to-send.js';
export { verificationCode } from './verification-code.js';
export { SignInStaff, type SignedIn, type StaffSignIn } from './sign-in-staff.js';
export { hashPassword } from './passwords.js';
export { newTotpSecret, totpAddress } from './totp.js';
export { IdentityProviders } from './identity-providers.js';
export { BeginIdentitySignIn } from './begin-identity-sign-in.js';
export { FinishIdentitySignIn, type IdentitySignIn } from './finish-identity-sign-in.js';
export { AcceptInvitation, type FactorToSetUp, type InvitationShown } from './accept-invitation.js';
export { ChangeStaff } from './change-staff.js';
export { EndStaff } from './end-staff.js';
export { ResetSecondFactor } from './reset-second-factor.js';
export { invitationDays, type InvitationWish, InviteStaff } from './invite-staff.js';
export { ConfirmSecondFactor } from './confirm-second-factor.js';
export { mayAnybodyElse } from './queries/who-else-may.js';
export { InviteAgain } from './invite-again.js';
export { WithdrawInvitation } from './withdraw-invitation.js';
export { type InvitationLetter, InvitationToSend } from './queries/invitation-to-send.js';
export { type InvitationLine, type StaffEventLine, type StaffLine, StaffOfClinic } from './queries/staff-of-clinic.js';
export type { Rights } from './rules/rights.js';
export { passwordLength } from './rules/password.js';
export { writeAuditRead } from './write-audit-read.js';
export type { StaffEventKind } from './staff-event.entity.js';
export { ForgetEnded } from './forget-ended.js';

export { Account } from './account.entity.js';
export { StaffCredential } from './staff-credential.entity.js';
export { StaffMember } from './staff-member.entity.js';
export { StaffPreferences } from './staff-preferences.js';
