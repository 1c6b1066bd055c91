import { Inject, Injectable } from '@nestjs/common';
import { type AppointmentView, viewColumns, viewOf, type ViewRow, viewTables } from '#libs/appointments';
import { CLOCK, type Clock, Database, describeError, Jobs, log, type Tx } from '#libs/platform';
import { type Connection, connectionById, noteFailure, noteSuccess } from './connection-rows.js';
import {
  claimEntry,
  type ClaimedEntry,
  type EntryOutcome,
  postponeEntry,
  renameEntry,
  settleEntry,
} from './entry-rows.js';
import { eventOfVisit, isInCalendar } from './event-of-visit.js';
import { failureOf } from './google/google-failure.js';
import { type Caller, Google } from './google/google.js';
import { CalendarGone, PutVisit } from './put-visit.js';
import { ownersOfVisit } from './queries/whose-visit.js';
import { isPassing, stopsConnection } from './rules/google-fault.js';
import { tryAgainAfter } from './rules/try-again.js';
import { stopConnection } from './stop-connection.js';

/** Makes what stands in somebody's own calendar true: reads the visit as it is now and puts, changes or takes it out. */
@Injectable()
export class PutEntry {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly google: Google,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Safe to repeat, to run twice at once and to die in the middle of: an entry has one name at Google, and one worker at a
   * time. What Google refuses is written down and tried again later or not, as the case is; nothing of it is thrown, and
   * no transaction is open while Google is asked.
   */
  async run({ entryId }: { entryId: string }): Promise<void> {
    const entry = await claimEntry(this.database, entryId, this.clock.now());
    if (!entry) return;
    const connection = await connectionById(this.database, entry.connectionId);
    if (!connection?.caller || connection.calendarId === null) return;
    const { caller, calendarId } = connection;
    const view = await this.visitOf(entry.appointmentId, connection.accountId);
    const put = new PutVisit(this.google, caller, calendarId, (eventId) => renameEntry(this.database, entry, eventId));
    try {
      const outcome = await this.outcome(put, entry, view, connection);
      await this.settle(entry, outcome, view, async (tx) => {
        if (put.hasAsked) await noteSuccess(tx, caller, this.clock.now());
      });
    } catch (thrown) {
      await this.fail(entry, view, caller, thrown);
    }
  }

  private async outcome(
    put: PutVisit,
    entry: ClaimedEntry,
    view: AppointmentView | undefined,
    { language }: Connection,
  ): Promise<EntryOutcome> {
    if (!view || !isInCalendar(view)) {
      if (entry.state !== 'removed' && entry.state !== 'deleted') await put.remove(entry.eventId);
      return { ...entry, state: 'removed', etag: null, fingerprint: null };
    }
    // What is over stays as it was: nobody looks up when it was.
    if (Temporal.Instant.compare(view.end, this.clock.now()) <= 0) return entry;
    return put.put(entry, eventOfVisit(view, language), view.sequence, view.start);
  }

  private async fail(
    entry: ClaimedEntry,
    view: AppointmentView | undefined,
    caller: Caller,
    thrown: unknown,
  ): Promise<void> {
    const now = this.clock.now();
    const isGone = thrown instanceof CalendarGone;
    const { fault, retryAfterSeconds } = failureOf(thrown);
    log.warn({ event: 'calendar.not-put', appointmentId: entry.appointmentId, code: isGone ? 'calendar-gone' : fault });
    if (isGone || stopsConnection(fault)) {
      await this.database.transaction((tx) =>
        stopConnection(tx, this.jobs, caller, isGone ? 'calendar-gone' : (fault as 'access-ended'), now),
      );
      return;
    }
    if (isPassing(fault)) {
      const seconds = tryAgainAfter(entry.attempts + 1, Math.random(), retryAfterSeconds);
      const later = { until: now.add({ seconds }), failure: fault };
      await postponeEntry(this.database, this.jobs, entry, later, (tx) => noteFailure(tx, caller, fault, now));
      return;
    }
    // A fault of ours, or a refusal that will not change: it stands in the log, and the next change tries again.
    log.error({ event: 'calendar.refused', appointmentId: entry.appointmentId, ...describeError(thrown) });
    await this.settle(entry, { ...entry, state: 'failed', failure: fault }, view, () => Promise.resolve());
  }

  private settle(
    entry: ClaimedEntry,
    outcome: EntryOutcome,
    view: AppointmentView | undefined,
    alongside: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const seen = { version: view?.version ?? 0, at: this.clock.now() };
    return settleEntry(this.database, this.jobs, entry, outcome, seen, alongside);
  }

  /** The visit as it is now; undefined: it is not this account's, or no longer. */
  private async visitOf(appointmentId: string, accountId: string): Promise<AppointmentView | undefined> {
    const [row] = await this.database.read<ViewRow>(
      `select ${viewColumns} from ${viewTables}
        where a.id = $1 and exists (select from ${ownersOfVisit} w where w.id = $2)`,
      [appointmentId, accountId],
    );
    return row && viewOf(row);
  }
}
