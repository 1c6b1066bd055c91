import type { EntityClass } from '#libs/platform';
import { BusyCalendar, BusyEvent } from './busy/busy-calendar.entity.js';
import { BusyReading } from './busy/busy-reading.entity.js';
import { CalendarConnection } from './calendar-connection.entity.js';
import { CalendarConsent } from './calendar-consent.entity.js';
import { CalendarEntry } from './calendar-entry.entity.js';
import { CalendarFeed } from './feeds/calendar-feed.entity.js';

export const calendarSyncEntities: readonly EntityClass[] = [
  BusyCalendar,
  BusyEvent,
  BusyReading,
  CalendarConnection,
  CalendarConsent,
  CalendarEntry,
  CalendarFeed,
];

export { type CalendarKind, calendarKinds, type Purpose } from './calendar-connection.entity.js';
export { CalendarSyncModule } from './calendar-sync.module.js';
export { BeginConnection } from './begin-connection.js';
export { FinishConnection } from './finish-connection.js';
export { type ConnectionResult, toneOfResult } from './rules/connection-result.js';
export { ChooseCalendar } from './choose-calendar.js';
export type { CalendarToChoose } from './google/list-calendars.js';
export { DisconnectCalendar } from './disconnect-calendar.js';
export { Google } from './google/google.js';
export { isGoogleSetUp } from './google/google-settings.js';
export { ForgetConnections } from './forget-connections.js';
export { LeftBehind, type LeftCalendar } from './left-behind.js';
export { NoteEntries } from './note-entries.js';
export { OwnCalendar, type OwnCalendarState } from './queries/own-calendar.js';
export { PutBack } from './put-back.js';
export { PutEntry } from './put-entry.js';
export { RetryEntries } from './retry-entries.js';
export { TakeBackEntries } from './take-back-entries.js';

export { feedInWords } from './feeds/feed-in-words.js';
export { BusyCalendarsOf, type BusyState } from './busy/busy-calendars-of.js';
export { BusyHintsModule } from './busy/busy-hints.module.js';
export { BusyModule } from './busy/busy.module.js';
export { type WhenUnread, whenUnread } from './busy/busy-reading.entity.js';
export { DueReadings } from './busy/due-readings.js';
export { EndBusyTimes } from './busy/end-busy-times.js';
export { type BusyChoice, mostCalendars, OwnBusyCalendars } from './busy/own-busy-calendars.js';
export { ReadBusyTimes } from './busy/read-busy-times.js';

export { FeedOfOwner, type OwnFeed } from './feeds/feed-of-owner.js';
export { FeedsModule } from './feeds/feeds.module.js';
export { OpenFeed } from './feeds/open-feed.js';
export { ReadFeed } from './feeds/read-feed.js';
export { StopFeed } from './feeds/stop-feed.js';
