import { Module } from '@nestjs/common';
import { IncomingModule } from '#libs/notifications';
import { IncomingMailController } from './incoming-mail.controller.js';

/** What a mail service calls. */
@Module({ imports: [IncomingModule], controllers: [IncomingMailController] })
export class MailHookModule {}
