import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { PgBoss } from 'pg-boss';
import { environment } from './environment.js';
import { type JobData, type JobName, jobsSchema } from './jobs.js';
import { describeError, log } from './log.js';

/**
 * What follows from a job. `isLastTry`: it will not be tried any more, so what cannot be done is to be filed. It comes again
 * after that only if it could not even be filed, because another worker was at it or the database away.
 */
export type Reaction<Name extends JobName> = (data: JobData[Name], isLastTry: boolean) => Promise<void>;

/**
 * Takes jobs and has them done, in the worker only. Two workers never get the same job; a job that fails comes again by
 * `jobRetries`, one whose worker died when it expires. Polling, not NOTIFY: that would serialise the verbs' commits.
 */
@Injectable()
export class JobReader implements BeforeApplicationShutdown {
  private boss: Promise<PgBoss> | undefined;

  /** Begins to take the jobs of one name, a few at a time, each with an outcome of its own. */
  async work<Name extends JobName>(name: Name, reaction: Reaction<Name>): Promise<void> {
    const boss = await this.open();
    const options = { ...workOptions, ...(waitedFor.has(name) ? atOnce : soon) };
    await boss.work<JobData[Name], unknown, typeof options>(name, options, async (jobs) =>
      Promise.all(
        jobs.map(async (job) => {
          try {
            await reaction(job.data, job.retryCount >= job.retryLimit - spareTries);
            return { id: job.id, status: 'completed' as const };
          } catch (thrown) {
            log.warn({
              event: 'job.failed',
              job: name,
              jobId: job.id,
              attempt: job.retryCount + 1,
              ...describeError(thrown),
            });
            // Not the error itself: its message may quote what no job may hold.
            return { id: job.id, status: 'failed' as const, output: { error: describeError(thrown).error } };
          }
        }),
      ),
    );
  }

  /** Waits for what is under way, a few seconds at most. */
  async beforeApplicationShutdown(): Promise<void> {
    await (await this.boss)?.stop({ graceful: true, timeout: 8_000 });
  }

  private open(): Promise<PgBoss> {
    return (this.boss ??= start());
  }
}

/** Tries that are kept for filing what could not be done: half an hour of them. */
const spareTries = 6;

/** What somebody waits for with the page open. */
const waitedFor: ReadonlySet<JobName> = new Set(['verification-asked', 'appointment-changed']);
const atOnce = { pollingIntervalSeconds: 0.5, localConcurrency: 2 } as const;
/** Each kind that is asked for costs a query, also when there is nothing to do. */
const soon = { pollingIntervalSeconds: 1, localConcurrency: 1 } as const;

// A batch that comes back full is followed at once by the next, so a backlog drains without waiting for the poll.
const workOptions = { batchSize: 4, burstWhenBatchFull: true, perJobResults: true, includeMetadata: true } as const;

async function start(): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: environment().databaseUrl,
    schema: jobsSchema,
    application_name: 'pieraksts-jobs',
    max: 4,
    migrate: false,
    createSchema: false,
    schedule: false,
  });
  boss.on('error', (error) => log.error({ event: 'jobs.trouble', ...describeError(error) }));
  await boss.start();
  return boss;
}
