import type { EntityClass } from '#libs/platform';
import { CalendarConnection } from './calendar-connection.entity.js';
import { CalendarConsent } from './calendar-consent.entity.js';
import { CalendarEntry } from './calendar-entry.entity.js';
import { CalendarFeed } from './feeds/calendar-feed.entity.js';

export const calendarSyncEntities: readonly EntityClass[] = [
  CalendarConnection,
  CalendarConsent,
  CalendarEntry,
  CalendarFeed,
];

export { CalendarSyncModule } from './calendar-sync.module.js';
export { BeginConnection } from './begin-connection.js';
export { type ConnectionResult, FinishConnection } from './finish-connection.js';
export { type CalendarToChoose, ChooseCalendar } from './choose-calendar.js';
export { DisconnectCalendar } from './disconnect-calendar.js';
export { isGoogleSetUp } from './google/google-settings.js';
export { NoteEntries } from './note-entries.js';
export { OwnCalendar, type OwnCalendarState } from './queries/own-calendar.js';
export { PutBack } from './put-back.js';
export { PutEntry } from './put-entry.js';
export { RetryEntries } from './retry-entries.js';
export { TakeBackEntries } from './take-back-entries.js';

export { FeedOfOwner, type OwnFeed } from './feeds/feed-of-owner.js';
export { FeedsModule } from './feeds/feeds.module.js';
export { OpenFeed } from './feeds/open-feed.js';
export { ReadFeed } from './feeds/read-feed.js';
export { StopFeed } from './feeds/stop-feed.js';
