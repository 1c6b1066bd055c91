import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, Database, environment, log, newToken, tokenHash } from '#libs/platform';
import { failureOf } from '../google/google-failure.js';
import { type Caller, Google } from '../google/google.js';
import type { CalendarRead } from './reading-rows.js';

/** Where Google says that something changed. */
export const hookPath = '/hooks/google';

/** Asked for anew so long before it ends, so that there is never none. */
const renewHours = 24;
/** What was refused is asked for again after this; until then readings by the clock do. */
const againHours = 1;

/**
 * Asks Google to say when a calendar changes, so that what somebody enters there is closed here within seconds. A channel
 * is a hint only: readings by the clock go on behind it, and what is said there is believed of nobody.
 */
@Injectable()
export class WatchBusyTimes {
  constructor(
    private readonly database: Database,
    private readonly google: Google,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Sees to a channel for each calendar; one that is about to end is replaced before it does. Never throws. */
  async run(caller: Caller, calendars: readonly CalendarRead[]): Promise<void> {
    if (!mayBeCalled()) return;
    const now = this.clock.now();
    for (const calendar of calendars) {
      const { channelUntil, watchAfter } = calendar;
      const isFresh = channelUntil !== null && now.until(channelUntil).total('hours') > renewHours;
      const isRefused = watchAfter !== null && Temporal.Instant.compare(now, watchAfter) < 0;
      if (!isFresh && !isRefused) await this.open(caller, calendar, now);
    }
  }

  /** Ends the channels of calendars; what Google does not end now ends by itself within a week. Never throws. */
  async stop(caller: Caller, calendars: readonly Pick<CalendarRead, 'channelId' | 'channelResource'>[]): Promise<void> {
    for (const { channelId: id, channelResource: resourceId } of calendars) {
      if (id === null || resourceId === null) continue;
      try {
        await this.google.ask(caller, (api) => api.channels.stop({ requestBody: { id, resourceId } }));
      } catch (thrown) {
        log.info({ event: 'calendar.channel-not-stopped', code: failureOf(thrown).fault });
      }
    }
  }

  private async open(caller: Caller, calendar: CalendarRead, now: Temporal.Instant): Promise<void> {
    const id = randomUUID();
    const secret = newToken();
    try {
      const address = new URL(hookPath, environment().bookingUrl).href;
      const channel = await this.google.ask(caller, (api) =>
        api.events.watch({
          calendarId: calendar.calendarId,
          requestBody: { id, type: 'web_hook', address, token: secret },
        }),
      );
      const until = Temporal.Instant.fromEpochMilliseconds(Number(channel.expiration ?? 0));
      if (!channel.resourceId || Temporal.Instant.compare(until, now) <= 0) return await this.later(calendar, now);
      await this.database.read(
        `update busy_calendar set channel_id = $2, channel_resource = $3, channel_until = $4, channel_hash = $5, watch_after = null
          where id = $1 returning id`,
        [calendar.id, id, channel.resourceId, until.toString(), tokenHash(secret)],
      );
      await this.stop(caller, [calendar]);
    } catch (thrown) {
      log.info({ event: 'calendar.not-watched', code: failureOf(thrown).fault });
      await this.later(calendar, now);
    }
  }

  private async later({ id }: CalendarRead, now: Temporal.Instant): Promise<void> {
    await this.database.read(`update busy_calendar set watch_after = $2 where id = $1 returning id`, [
      id,
      now.add({ hours: againHours }).toString(),
    ]);
  }
}

/** Google calls only https; a server of a test is called as it is. */
function mayBeCalled(): boolean {
  const { bookingUrl, googleApiRoot } = environment();
  return bookingUrl?.startsWith('https://') === true || (googleApiRoot !== undefined && bookingUrl !== undefined);
}
