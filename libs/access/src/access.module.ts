import { Module } from '@nestjs/common';
import type { EntityClass } from '#libs/platform';
import { AccessLogEntry } from './access-log.entity.js';
import { AccessLog } from './access-log.js';
import { Account } from './account.entity.js';
import { AccountNotice } from './account-notice.entity.js';
import { Accounts } from './queries/accounts.js';
import { AskVerification } from './ask-verification.js';
import { BeginIdentitySignIn } from './begin-identity-sign-in.js';
import { FinishIdentitySignIn } from './finish-identity-sign-in.js';
import { ForgetEnded } from './forget-ended.js';
import { Identity } from './identity.entity.js';
import { IdentityProviders } from './identity-providers.js';
import { AccountNoticeToSend } from './queries/account-notice-to-send.js';
import { AccountOf } from './queries/account-of.js';
import { VerificationToSend } from './queries/verification-to-send.js';
import { SessionRow } from './session.entity.js';
import { Sessions } from './sessions.js';
import { SignInAttempt } from './sign-in-attempt.entity.js';
import { SignInStaff } from './sign-in-staff.js';
import { StaffBranch } from './staff-branch.entity.js';
import { StaffCredential } from './staff-credential.entity.js';
import { StaffEvent } from './staff-event.entity.js';
import { StaffInvitation } from './staff-invitation.entity.js';
import { StaffInvitationBranch } from './staff-invitation-branch.entity.js';
import { StaffInvitationPractitioner } from './staff-invitation-practitioner.entity.js';
import { StaffMember } from './staff-member.entity.js';
import { StaffPreference } from './staff-preference.entity.js';
import { StaffPreferences } from './staff-preferences.js';
import { StaffPractitioner } from './staff-practitioner.entity.js';
import { AcceptInvitation } from './accept-invitation.js';
import { ChangeStaff } from './change-staff.js';
import { ConfirmSecondFactor } from './confirm-second-factor.js';
import { EndStaff } from './end-staff.js';
import { ResetSecondFactor } from './reset-second-factor.js';
import { InviteStaff } from './invite-staff.js';
import { InvitationToSend } from './queries/invitation-to-send.js';
import { StaffOfClinic } from './queries/staff-of-clinic.js';
import { InviteAgain } from './invite-again.js';
import { WithdrawInvitation } from './withdraw-invitation.js';
import { StaffToday } from './queries/staff-today.js';
import { Verification } from './verification.entity.js';
import { Verify } from './verify.js';

export const accessEntities: readonly EntityClass[] = [
  Account,
  AccountNotice,
  Identity,
  StaffMember,
  StaffCredential,
  StaffBranch,
  StaffPractitioner,
  StaffInvitation,
  StaffInvitationBranch,
  StaffInvitationPractitioner,
  StaffEvent,
  StaffPreference,
  SessionRow,
  Verification,
  SignInAttempt,
  AccessLogEntry,
];

const doors = [
  Sessions,
  StaffToday,
  StaffOfClinic,
  InviteStaff,
  InviteAgain,
  WithdrawInvitation,
  InvitationToSend,
  AcceptInvitation,
  ChangeStaff,
  EndStaff,
  ResetSecondFactor,
  ConfirmSecondFactor,
  StaffPreferences,
  AccessLog,
  Accounts,
  AskVerification,
  Verify,
  VerificationToSend,
  SignInStaff,
  IdentityProviders,
  BeginIdentitySignIn,
  FinishIdentitySignIn,
  ForgetEnded,
  AccountOf,
  AccountNoticeToSend,
];

/** Accounts, sign-in, sessions, roles and the log of who looked at whom. */
@Module({ providers: doors, exports: doors })
export class AccessModule {}
