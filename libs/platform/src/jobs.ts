import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { PgBoss } from 'pg-boss';
import type { Tx } from './database.js';
import { Database } from './database.js';

/** The schema that pg-boss keeps its jobs in. */
export const jobsSchema = 'jobs';

/**
 * Every kind of job, with the ids it carries. A job holds ids only: no personal data, no secrets, no addresses.
 * What follows from each stands in apps/worker/src/reactions.ts.
 */
export interface JobData {
  /** An appointment's history grew: tell the people concerned. */
  'appointment-changed': { appointmentId: string; eventId: string };
  /** An e-mail address is to be proven: send the code. */
  'verification-asked': { verificationId: string };
  /** Somebody is invited to work at a clinic: send the link. */
  'staff-invited': { invitationId: string };
  /** Something about a visit is to be put into, changed in or taken out of somebody's own calendar. */
  'calendar-entry-due': { entryId: string };
  /** Somebody's own calendar is disconnected: take back what was put there. */
  'calendar-disconnected': { connectionId: string };
  /** A practitioner's own calendar is to be read: its time has come, or somebody says that it changed. */
  'busy-times-due': { connectionId: string };
  /** A branch has moved: write it into the visits there, whose patients are told. */
  'branch-moved': { branchMoveId: string };
  /** A clinic sent files: check them, or bring them in. */
  'import-asked': { importId: string };
  /** A step of an appointment is also told by short message. */
  'text-due': { noticeId: string };
  /** Somebody answered to a short message. */
  'text-came': { incomingTextId: string };
  /** Somebody is to be reminded of their visits of a day. */
  'reminder-due': { reminderId: string };
  /** The owner of an account is to be told something about it. */
  'account-told': { accountNoticeId: string };
}
export type JobName = keyof JobData;
export const jobNames = [
  'appointment-changed',
  'verification-asked',
  'staff-invited',
  'calendar-entry-due',
  'calendar-disconnected',
  'busy-times-due',
  'branch-moved',
  'import-asked',
  'account-told',
  'text-due',
  'text-came',
  'reminder-due',
] as const satisfies readonly JobName[];

/**
 * Retries of a job: growing delays for about nine hours, then the work list has it (promise 6). No delay is longer than
 * five minutes, so that letters leave soon after a mail server is back (faults.md C1).
 */
export const jobRetries = {
  retryLimit: 110,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 300,
  // A job whose worker died comes again after this; no living worker takes so long for one.
  expireInSeconds: 180,
} as const;

/** Jobs are the outbox: written in the transaction of the change, so that a job exists exactly if the change does. */
@Injectable()
export class Jobs implements OnModuleInit, OnApplicationShutdown {
  private readonly boss: PgBoss;

  constructor(database: Database) {
    // Sends only: the worker alone fetches, supervises and migrates.
    this.boss = new PgBoss({
      db: { executeSql: async (text, values) => ({ rows: (await database.source.query(text, values)) as object[] }) },
      schema: jobsSchema,
      migrate: false,
      supervise: false,
      schedule: false,
    });
    this.boss.on('error', () => undefined);
  }

  /** Learns the queues before the first transaction: inside one it would wait for a second connection, and so would others. */
  async onModuleInit(): Promise<void> {
    await this.boss.start();
  }

  /** Writes a job inside the transaction. @throws Error when the queue does not exist */
  async send<Name extends JobName>(
    tx: Tx,
    name: Name,
    data: JobData[Name],
    options: { afterSeconds?: number } = {},
  ): Promise<void> {
    const id = await this.boss.send(name, data, {
      db: { executeSql: async (text, values) => ({ rows: await tx.query(text, values ?? []) }) },
      ...(options.afterSeconds ? { startAfter: options.afterSeconds } : {}),
    });
    if (!id) throw new Error(`the job ${name} was not taken`);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.boss.stop({ graceful: false });
  }
}
