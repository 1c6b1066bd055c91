import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { AppointmentsModule } from '#libs/appointments';
import type { EntityClass } from '#libs/platform';
import { AnswerEntry } from './answer-entry.js';
import { BookEntry } from './book-entry.js';
import { WaitingEntries } from './queries/waiting-entries.js';
import { RegisterEntry } from './register-entry.js';
import { ReopenEntry } from './reopen-entry.js';
import { WaitingListEntry } from './waiting-list-entry.entity.js';
import { WaitingListEvent } from './waiting-list-event.entity.js';
import { WithdrawEntry } from './withdraw-entry.js';

export const waitingListEntities: readonly EntityClass[] = [WaitingListEntry, WaitingListEvent];

const providers = [AnswerEntry, BookEntry, RegisterEntry, ReopenEntry, WaitingEntries, WithdrawEntry];

/** Wishes for a visit: registered on first contact, answered in time, booked or withdrawn. */
@Module({ imports: [AccessModule, AppointmentsModule], providers, exports: providers })
export class WaitingListModule {}
