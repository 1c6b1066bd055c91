import { Module } from '@nestjs/common';
import { CloseTime, ReopenTime } from './close-time.js';
import { KeepCalendarTerms } from './keep-calendar-terms.js';
import { KeepQuota, RemoveQuota } from './keep-quota.js';
import { KeepNeeds } from './keep-needs.js';
import { KeepRoom } from './keep-room.js';
import { CancelSession, KeepSeats } from './keep-session.js';
import { OpenCalendars } from './open-calendars.js';
import { PlanSessions } from './plan-sessions.js';
import { PublishHours } from './publish-hours.js';
import { AnnouncedClosures } from './queries/announced-closures.js';
import { CalendarsOfClinic } from './queries/calendars-of-clinic.js';
import { ClosuresOfClinic } from './queries/closures-of-clinic.js';
import { DaysOfClinic } from './queries/days-of-clinic.js';
import { FindATime } from './queries/find-a-time.js';
import { FirstTimesOfClinic } from './queries/first-times-of-clinic.js';
import { FreeTimes } from './queries/free-times.js';
import { HoursOfCalendar } from './queries/hours-of-calendar.js';
import { MonthOfCalendar } from './queries/month-of-calendar.js';
import { InTheWay } from './queries/in-the-way.js';
import { QuotasOfClinic } from './queries/quotas-of-clinic.js';
import { RoomsOfClinic } from './queries/rooms-of-clinic.js';
import { SessionsOfClinic } from './queries/sessions-of-clinic.js';
import { SettingsOfCalendar } from './queries/settings-of-calendar.js';
import { PublishedUntilDay } from './queries/published-until.js';
import { TermsOfCalendar } from './queries/terms-of-calendar.js';
import { VersionReader } from './queries/versions.js';
import { RefreshBranch } from './refresh-branch.js';
import { ExtendHorizon, RedoSharedDays, RefreshStaleDays, SweepHolds } from './rounds.js';
import { ForgetDraftHours, SaveDraftHours } from './save-draft-hours.js';

const providers = [
  AnnouncedClosures,
  CalendarsOfClinic,
  CancelSession,
  CloseTime,
  ClosuresOfClinic,
  DaysOfClinic,
  ExtendHorizon,
  FindATime,
  FirstTimesOfClinic,
  ForgetDraftHours,
  FreeTimes,
  HoursOfCalendar,
  KeepCalendarTerms,
  KeepNeeds,
  KeepQuota,
  KeepRoom,
  KeepSeats,
  MonthOfCalendar,
  OpenCalendars,
  PlanSessions,
  PublishHours,
  PublishedUntilDay,
  RedoSharedDays,
  InTheWay,
  QuotasOfClinic,
  RefreshBranch,
  RefreshStaleDays,
  RemoveQuota,
  ReopenTime,
  SaveDraftHours,
  RoomsOfClinic,
  SessionsOfClinic,
  SettingsOfCalendar,
  SweepHolds,
  TermsOfCalendar,
  VersionReader,
];

/** Calendars: hours, closures, openings, the ledger of taken time, free times, and the search for a time. */
@Module({ providers, exports: providers })
export class CalendarsModule {}
