import { Module } from '@nestjs/common';
import { AppointmentsModule } from '#libs/appointments';
import { CalendarSyncModule } from '../calendar-sync.module.js';
import { BusyCalendarsOf } from './busy-calendars-of.js';
import { BusyHintsModule } from './busy-hints.module.js';
import { EndBusyTimes } from './end-busy-times.js';
import { OwnBusyCalendars } from './own-busy-calendars.js';
import { ReadBusyTimes } from './read-busy-times.js';
import { WatchBusyTimes } from './watch-busy-times.js';

const providers = [BusyCalendarsOf, EndBusyTimes, OwnBusyCalendars, ReadBusyTimes, WatchBusyTimes];

/** What practitioners are busy with in calendars of their own. */
@Module({
  imports: [AppointmentsModule, CalendarSyncModule, BusyHintsModule],
  providers,
  exports: [...providers, BusyHintsModule],
})
export class BusyModule {}
