import { Module } from '@nestjs/common';
import { NoteBounce } from '../note-bounce.js';
import { SuppressedAddresses } from '../suppressed-addresses.js';
import { TakeIncomingMail } from './take-incoming-mail.js';

/** Takes letters that a mail service hands on. It sends nothing. */
@Module({ providers: [NoteBounce, SuppressedAddresses, TakeIncomingMail], exports: [TakeIncomingMail] })
export class IncomingModule {}
