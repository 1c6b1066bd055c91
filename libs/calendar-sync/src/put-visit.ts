import type { calendar_v3 } from '@googleapis/calendar';
import { randomUUID } from 'node:crypto';
import type { ClaimedEntry, EntryOutcome } from './entry-rows.js';
import { fingerprintOf, type OurFields } from './event-of-visit.js';
import { failureOf, GoogleFailure } from './google/google-failure.js';
import type { Caller, Google } from './google/google.js';
import type { GoogleFault } from './rules/google-fault.js';

type Event = calendar_v3.Schema$Event;

/** The calendar itself is not there any more. */
export class CalendarGone extends Error {}

/** One entry in one calendar of Google's: puts it, changes it and takes it out, by its name, however often. */
export class PutVisit {
  /** Whether Google was asked anything: an entry that is right already says nothing about the connection. */
  hasAsked = false;

  constructor(
    private readonly google: Google,
    private readonly caller: Caller,
    private readonly calendarId: string,
    /** Called before something is put under a new name. */
    private readonly rename: (eventId: string) => Promise<void>,
  ) {}

  /**
   * Sees to it that the visit stands there as it is. What the person deleted by hand stays deleted until the visit moves
   * (faults.md C7); what they changed of ours is ours again; their colours and reminders stay.
   * @param sequence the visit's
   * @throws GoogleFailure, CalendarGone
   */
  async put(
    entry: ClaimedEntry,
    fields: OurFields,
    sequence: number,
    startsAt: Temporal.Instant,
  ): Promise<EntryOutcome> {
    const isMoved = entry.putStartsAt === null || !entry.putStartsAt.equals(startsAt);
    const kept = { fingerprint: fingerprintOf(fields), putStartsAt: startsAt };
    const done = (event: Event): EntryOutcome => ({
      state: 'put',
      etag: event.etag ?? null,
      sequence: event.sequence ?? sequence,
      ...kept,
    });
    const deleted: EntryOutcome = {
      state: 'deleted',
      etag: null,
      sequence: entry.sequence,
      fingerprint: null,
      putStartsAt: entry.putStartsAt ?? startsAt,
    };

    if (entry.state === 'removed' || (entry.state === 'deleted' && isMoved))
      return done(await this.insertAnew(fields, sequence));
    if (entry.state === 'deleted') return deleted;
    if (entry.state === 'put' && entry.fingerprint?.equals(kept.fingerprint))
      return { ...entry, state: 'put', ...kept };

    const event = await this.upsert(entry, fields, sequence);
    if (event) return done(event);
    // Deleted by hand. The new time of a visit that moves is put all the same: else they would miss it.
    return entry.putStartsAt !== null && isMoved ? done(await this.insertAnew(fields, sequence)) : deleted;
  }

  /** Takes it out; that it is not there is as well. @throws GoogleFailure */
  async remove(eventId: string): Promise<void> {
    await unless(['missing', 'gone'], () =>
      this.ask((api) => api.events.delete({ calendarId: this.calendarId, eventId, sendUpdates: 'none' })),
    );
  }

  /** Undefined: it was there, and the person deleted it. */
  private async upsert(entry: ClaimedEntry, fields: OurFields, sequence: number): Promise<Event | undefined> {
    if (entry.state === 'put' && entry.etag !== null) {
      const known = { etag: entry.etag, sequence: entry.sequence };
      const event = await unless(['changed', 'refused', 'missing', 'gone'], () =>
        this.patch(entry.eventId, fields, sequence, known),
      );
      return event ?? this.patchAsItIs(entry.eventId, fields, sequence);
    }
    // Put before, and the answer was lost: Google knows the name already.
    const event = await unless(['exists', 'missing'], () => this.insert(entry.eventId, fields, sequence));
    return event ?? this.patchAsItIs(entry.eventId, fields, sequence);
  }

  /** Reads what stands there and writes ours over it. */
  private async patchAsItIs(eventId: string, fields: OurFields, sequence: number): Promise<Event | undefined> {
    const event = await unless(['missing', 'gone'], () =>
      this.ask((api) => api.events.get({ calendarId: this.calendarId, eventId })),
    );
    if (!event) await this.findCalendar();
    if (!event || event.status === 'cancelled') return undefined;
    try {
      return await this.patch(eventId, fields, sequence, { etag: event.etag ?? '*', sequence: event.sequence ?? 0 });
    } catch (thrown) {
      // Changed again in between: later, when they are done.
      throw failureOf(thrown).fault === 'changed' ? new GoogleFailure('unreachable') : thrown;
    }
  }

  private async insertAnew(fields: OurFields, sequence: number): Promise<Event> {
    const eventId = randomUUID().replaceAll('-', '');
    await this.rename(eventId);
    const event = await unless(['missing'], () => this.insert(eventId, fields, sequence));
    if (!event) throw new CalendarGone();
    return event;
  }

  private insert(id: string, fields: OurFields, sequence: number): Promise<Event> {
    return this.ask((api) =>
      api.events.insert({
        calendarId: this.calendarId,
        sendUpdates: 'none',
        requestBody: { id, sequence, ...fields, reminders: { useDefault: true } },
      }),
    );
  }

  private patch(
    eventId: string,
    fields: OurFields,
    sequence: number,
    known: { etag: string; sequence: number },
  ): Promise<Event> {
    return this.ask((api) =>
      api.events.patch(
        {
          calendarId: this.calendarId,
          eventId,
          sendUpdates: 'none',
          requestBody: { ...fields, sequence: Math.max(sequence, known.sequence) },
        },
        { headers: { 'If-Match': known.etag } },
      ),
    );
  }

  /** @throws CalendarGone */
  private async findCalendar(): Promise<void> {
    const found = await unless(['missing', 'gone'], () =>
      this.ask((api) => api.events.list({ calendarId: this.calendarId, maxResults: 1 })),
    );
    if (!found) throw new CalendarGone();
  }

  private ask<Data>(work: (api: calendar_v3.Calendar) => Promise<{ data: Data }>): Promise<Data> {
    this.hasAsked = true;
    return this.google.ask(this.caller, work);
  }
}

/** Undefined when it failed in one of these ways. @throws GoogleFailure for any other */
async function unless<Result>(
  faults: readonly GoogleFault[],
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (thrown) {
    if (faults.includes(failureOf(thrown).fault)) return undefined;
    throw thrown;
  }
}
