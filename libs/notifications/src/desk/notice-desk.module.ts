import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { BulksOfClinic } from './bulks-of-clinic.js';
import { ChangesInTime } from './changes-in-time.js';
import { DecideBulk } from './decide-bulk.js';
import { LettersToStaff } from './letters-to-staff.js';
import { MarkInformed } from './mark-informed.js';
import { RequestsInTime } from './requests-in-time.js';
import { SendAgain } from './send-again.js';
import { SetNoticeLimit } from './set-notice-limit.js';
import { TrustInvitedAddress } from './trust-invited-address.js';
import { UnreachedPatients } from './unreached-patients.js';

const providers = [
  UnreachedPatients,
  MarkInformed,
  SendAgain,
  ChangesInTime,
  RequestsInTime,
  BulksOfClinic,
  DecideBulk,
  SetNoticeLimit,
  LettersToStaff,
  TrustInvitedAddress,
];

/** What staff see of the ledger and do about it. Nothing is sent from here. */
@Module({ imports: [AccessModule], providers, exports: providers })
export class NoticeDeskModule {}
