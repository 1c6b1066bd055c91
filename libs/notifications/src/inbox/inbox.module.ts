import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { Inbox } from './inbox.js';
import { MarkRead } from './mark-read.js';
import { ReadNotice } from './read-notice.js';

const providers = [Inbox, MarkRead, ReadNotice];

/** What people were told, to be read again in the portal. Nothing is sent from here. */
@Module({ imports: [AccessModule], providers, exports: providers })
export class InboxModule {}
