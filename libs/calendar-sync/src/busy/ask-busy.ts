import type { calendar_v3 } from '@googleapis/calendar';
import { rangeOf, type Tx } from '#libs/platform';
import type { Interval } from '#libs/time';
import { failureOf, GoogleFailure } from '../google/google-failure.js';
import type { Caller, Google } from '../google/google.js';
import type { CalendarRead } from './reading-rows.js';
import { type AskedEvent, busyOfEvent } from './rules/busy-of-event.js';

/** What Google is asked for. Titles, places and other people are not in it, so that they never come here. */
const fields =
  'nextPageToken,nextSyncToken,items(id,iCalUID,status,transparency,start(date,dateTime,timeZone),end(date,dateTime,timeZone),attendees(self,responseStatus))';

/** Hours behind now that are read: what began before and still goes on. */
const hoursBehind = 24;
const pageSize = 2500;
const mostPages = 40;

/** What a calendar says: everything from the beginning, or what changed since the last reading. */
export interface CalendarSaid {
  /** Replaces all that is known, instead of changing it. */
  isWhole: boolean;
  events: AskedEvent[];
  syncToken: string;
}

/** Reads one calendar, every page of it. */
export class AskBusy {
  constructor(
    private readonly google: Google,
    private readonly caller: Caller,
  ) {}

  /**
   * From the last reading on, or from the beginning where Google does not know it any more (410).
   * @param within what is read from the beginning; undefined: only what changed
   * @throws GoogleFailure; nothing is known then, not even of the pages that came
   */
  async calendar(
    calendar: CalendarRead,
    within: { whole: boolean; now: Temporal.Instant; until: Temporal.Instant },
  ): Promise<CalendarSaid> {
    if (!within.whole && calendar.syncToken !== null) {
      try {
        return { isWhole: false, ...(await this.pages(calendar.calendarId, { syncToken: calendar.syncToken })) };
      } catch (thrown) {
        if (failureOf(thrown).fault !== 'gone') throw thrown;
      }
    }
    const span = {
      timeMin: within.now.subtract({ hours: hoursBehind }).toString({ smallestUnit: 'second' }),
      timeMax: within.until.toString({ smallestUnit: 'second' }),
    };
    return { isWhole: true, ...(await this.pages(calendar.calendarId, span)) };
  }

  private async pages(
    calendarId: string,
    which: { syncToken: string } | { timeMin: string; timeMax: string },
  ): Promise<Omit<CalendarSaid, 'isWhole'>> {
    const events: AskedEvent[] = [];
    let pageToken: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const answer = await this.page(calendarId, { ...which, ...(pageToken !== undefined && { pageToken }) });
      events.push(...((answer.items ?? []) as AskedEvent[]));
      pageToken = answer.nextPageToken ?? undefined;
      if (pageToken === undefined) {
        // Without a token the next reading would not know what it missed.
        if (!answer.nextSyncToken) throw new GoogleFailure('refused');
        return { events, syncToken: answer.nextSyncToken };
      }
    }
    throw new GoogleFailure('refused');
  }

  private page(
    calendarId: string,
    which: Pick<calendar_v3.Params$Resource$Events$List, 'syncToken' | 'timeMin' | 'timeMax' | 'pageToken'>,
  ): Promise<calendar_v3.Schema$Events> {
    return this.google.ask(this.caller, (api) =>
      api.events.list({ calendarId, singleEvents: true, maxResults: pageSize, maxAttendees: 1, fields, ...which }),
    );
  }
}

/**
 * Takes what a calendar said into what is known of it.
 * @param ours ids of events that we put there for visits of this practitioner: their time is taken already
 */
export function learn(
  known: ReadonlyMap<string, Interval>,
  { isWhole, events }: Pick<CalendarSaid, 'isWhole' | 'events'>,
  { ours, zone }: { ours: ReadonlySet<string>; zone: string },
): { events: Map<string, Interval>; isChanged: boolean } {
  const next = new Map(isWhole ? [] : known);
  for (const event of events) {
    if (!event.id) continue;
    const busy = ours.has(event.id) || (event.iCalUID && ours.has(event.iCalUID)) ? null : busyOfEvent(event, zone);
    if (busy) next.set(event.id, busy);
    else next.delete(event.id);
  }
  const isSame =
    next.size === known.size &&
    [...next].every(([id, { start, end }]) => {
      const before = known.get(id);
      return before !== undefined && before.start.equals(start) && before.end.equals(end);
    });
  return { events: next, isChanged: !isSame };
}

/** Stores what is known of a calendar now. */
export async function storeEvents(
  tx: Tx,
  busyCalendarId: string,
  events: ReadonlyMap<string, Interval>,
): Promise<void> {
  await tx.query(`delete from busy_event where busy_calendar_id = $1`, [busyCalendarId]);
  await tx.query(
    `insert into busy_event (busy_calendar_id, event_id, during) select $1, e.id, e.during
       from unnest($2::text[], $3::tstzrange[]) as e(id, during)`,
    [busyCalendarId, [...events.keys()], [...events.values()].map(rangeOf)],
  );
}
