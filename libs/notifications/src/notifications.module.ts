import { join } from 'node:path';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { AppointmentsModule } from '#libs/appointments';
import { CLOCK, type Clock, Database, environment, log } from '#libs/platform';
import { BulkGuard } from './bulk-guard.js';
import { DeliverAccountNotice } from './deliver-account-notice.js';
import { DeliverCode } from './deliver-code.js';
import { DeliverInvitation } from './deliver-invitation.js';
import { DeliverNotices } from './deliver-notices.js';
import { ReadMailbox } from './incoming/read-mailbox.js';
import { TakeIncomingMail } from './incoming/take-incoming-mail.js';
import { Ledger } from './ledger.js';
import { NoteBounce } from './note-bounce.js';
import { NoteReceipt } from './note-receipt.js';
import { Notices } from './notices.js';
import { DeliverReminder } from './reminders/deliver-reminder.js';
import { MakeReminders } from './reminders/make-reminders.js';
import { SuppressedAddresses } from './suppressed-addresses.js';
import { mailFromOf } from './transports/mail-from.js';
import { LETTER_TRANSPORT, type LetterTransport } from './transports/outgoing-letter.js';
import { TEXT_TRANSPORT, type TextTransport } from './transports/text-transport.js';
import { DeliverText } from './texts/deliver-text.js';
import { ChooseOffered } from './texts/choose-offered.js';
import { ReadText } from './texts/read-text.js';
import { SendText } from './texts/send-text.js';
import { StepTexts } from './texts/step-texts.js';
import { textTransportOf } from './texts/text-transport-of.js';
import { WatchLateness } from './watch-lateness.js';

/**
 * SMTP where there is a server; without one, letters are kept as files, which is said at start. What sends them is loaded
 * here, so that the processes that send nothing do not hold it.
 */
async function transport(): Promise<LetterTransport> {
  const { smtpUrl, mailFrom, dkimKey, dataDir } = environment();
  const from = mailFromOf(mailFrom);
  if (smtpUrl !== undefined) {
    const { SmtpTransport } = await import('./transports/smtp.transport.js');
    return new SmtpTransport({ url: smtpUrl, from, ...(dkimKey !== undefined && { dkimKey }) });
  }
  log.warn({ event: 'letters.kept-as-files' });
  const { FileTransport } = await import('./transports/file.transport.js');
  return new FileTransport({ folder: join(dataDir, 'letters'), from });
}

/** Letters: only the worker imports this module, so only the worker sends. */
@Module({
  imports: [AccessModule, AppointmentsModule],
  providers: [
    { provide: LETTER_TRANSPORT, useFactory: transport },
    {
      provide: TEXT_TRANSPORT,
      inject: [Database, CLOCK],
      useFactory: (database: Database, clock: Clock) => textTransportOf(database, clock, environment()),
    },
    SendText,
    ChooseOffered,
    ReadText,
    StepTexts,
    DeliverText,
    Ledger,
    BulkGuard,
    WatchLateness,
    SuppressedAddresses,
    NoteBounce,
    NoteReceipt,
    ReadMailbox,
    TakeIncomingMail,
    Notices,
    DeliverNotices,
    DeliverReminder,
    MakeReminders,
    DeliverCode,
    DeliverInvitation,
    DeliverAccountNotice,
  ],
  exports: [
    DeliverText,
    ReadText,
    DeliverNotices,
    DeliverReminder,
    MakeReminders,
    DeliverCode,
    DeliverInvitation,
    DeliverAccountNotice,
    NoteBounce,
    NoteReceipt,
    WatchLateness,
    ReadMailbox,
    TakeIncomingMail,
  ],
})
export class NotificationsModule implements OnApplicationShutdown {
  constructor(
    @Inject(LETTER_TRANSPORT) private readonly transport: LetterTransport,
    @Inject(TEXT_TRANSPORT) private readonly texts: TextTransport,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.transport.close();
    await this.texts.close();
  }
}
