import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { NoteReceipt } from '../note-receipt.js';
import { KeepSmsSettings } from './keep-sms-settings.js';
import { MarkTextSeen } from './mark-text-seen.js';
import { PageOfReference } from './page-of-reference.js';
import { SmsOfClinic } from './sms-of-clinic.js';
import { TakeIncomingText } from './take-incoming-text.js';
import { TakeReceipt } from './take-receipt.js';
import { TextsOfClinic } from './texts-of-clinic.js';

const parts = [
  KeepSmsSettings,
  MarkTextSeen,
  NoteReceipt,
  PageOfReference,
  SmsOfClinic,
  TakeIncomingText,
  TakeReceipt,
  TextsOfClinic,
];

/** What the web apps do about short messages: settings, receipts, answers. Nothing here sends. */
@Module({ imports: [AccessModule], providers: parts, exports: parts })
export class TextsModule {}
