import { Module } from '@nestjs/common';
import { CloseTime, ReopenTime } from './close-time.js';
import { PublishHours } from './publish-hours.js';
import { CalendarsOfClinic } from './queries/calendars-of-clinic.js';
import { ClosuresOfClinic } from './queries/closures-of-clinic.js';
import { FindATime } from './queries/find-a-time.js';
import { FirstTimesOfClinic } from './queries/first-times-of-clinic.js';
import { FreeTimes } from './queries/free-times.js';
import { HoursOfCalendar } from './queries/hours-of-calendar.js';
import { MonthOfCalendar } from './queries/month-of-calendar.js';
import { TermsOfCalendar } from './queries/terms-of-calendar.js';
import { VersionReader } from './queries/versions.js';
import { ExtendHorizon, RefreshStaleDays, SweepHolds } from './rounds.js';
import { SaveDraftHours } from './save-draft-hours.js';

const providers = [
  CalendarsOfClinic,
  CloseTime,
  ClosuresOfClinic,
  ExtendHorizon,
  FindATime,
  FirstTimesOfClinic,
  FreeTimes,
  HoursOfCalendar,
  MonthOfCalendar,
  PublishHours,
  RefreshStaleDays,
  ReopenTime,
  SaveDraftHours,
  SweepHolds,
  TermsOfCalendar,
  VersionReader,
];

/** Calendars: hours, closures, openings, the ledger of taken time, free times, and the search for a time. */
@Module({ providers, exports: providers })
export class CalendarsModule {}
