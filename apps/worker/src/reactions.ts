import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TellOfBranchMove } from '#libs/appointments';
import { EndBusyTimes, NoteEntries, PutEntry, ReadBusyTimes, TakeBackEntries } from '#libs/calendar-sync';
import { WorkImport } from '#libs/imports';
import {
  DeliverAccountNotice,
  DeliverCode,
  DeliverInvitation,
  DeliverNotices,
  DeliverReminder,
  DeliverText,
  ReadText,
} from '#libs/notifications';
import { type JobName, JobReader, jobNames, type Reaction } from '#libs/platform';

/** What follows from what. A job without a line here does not compile. */
@Injectable()
export class Reactions implements OnApplicationBootstrap {
  private readonly table: { [Name in JobName]: Reaction<Name> };

  constructor(
    private readonly jobs: JobReader,
    notices: DeliverNotices,
    code: DeliverCode,
    invitation: DeliverInvitation,
    accountNotices: DeliverAccountNotice,
    reminder: DeliverReminder,
    text: DeliverText,
    readText: ReadText,
    branchMove: TellOfBranchMove,
    imports: WorkImport,
    calendarEntries: NoteEntries,
    putEntry: PutEntry,
    takeBack: TakeBackEntries,
    readBusyTimes: ReadBusyTimes,
    endBusyTimes: EndBusyTimes,
  ) {
    this.table = {
      // People's own calendars first: a local note, which no mail server can hold up.
      'appointment-changed': async (job, isLastTry) => {
        await calendarEntries.run(job);
        await notices.run({ ...job, isLastTry });
      },
      'calendar-entry-due': (job) => putEntry.run(job),
      'calendar-disconnected': async (job, isLastTry) => {
        await endBusyTimes.run(job);
        await takeBack.run({ ...job, isLastTry });
      },
      'busy-times-due': (job) => readBusyTimes.run(job),
      'verification-asked': (job, isLastTry) => code.run({ ...job, isLastTry }),
      'staff-invited': (job, isLastTry) => invitation.run({ ...job, isLastTry }),
      'account-told': (job, isLastTry) => accountNotices.run({ ...job, isLastTry }),
      'reminder-due': (job, isLastTry) => reminder.run({ ...job, isLastTry }),
      'text-due': (job, isLastTry) => text.run({ ...job, isLastTry }),
      'text-came': (job, isLastTry) => readText.run({ ...job, isLastTry }),
      'branch-moved': async (job) => void (await branchMove.run(job)),
      'import-asked': (job) => imports.run(job),
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const name of jobNames) await this.begin(name);
  }

  private begin<Name extends JobName>(name: Name): Promise<void> {
    return this.jobs.work(name, this.table[name]);
  }
}
