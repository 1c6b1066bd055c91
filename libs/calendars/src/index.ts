import type { EntityClass } from '#libs/platform';
import { Calendar, CalendarService } from './calendar.entity.js';
import { ClinicDay } from './clinic-day.entity.js';
import { Closure } from './closure.entity.js';
import { DayHoursRow } from './day-hours.entity.js';
import { FreeDay } from './free-day.entity.js';
import { GroupSession, Seat } from './group-session.entity.js';
import { HoldRow } from './hold.entity.js';
import { Occupation } from './occupation.entity.js';
import { OpeningLimit } from './opening-limit.entity.js';
import { Opening } from './opening.entity.js';
import { Quota } from './quota.entity.js';
import { Resource } from './resource.entity.js';
import { ServiceNeed } from './service-need.entity.js';
import { StaleDays } from './stale-days.entity.js';
import { WorkingHours } from './working-hours.entity.js';

export const calendarsEntities: readonly EntityClass[] = [
  Calendar,
  CalendarService,
  ClinicDay,
  Closure,
  DayHoursRow,
  FreeDay,
  GroupSession,
  HoldRow,
  Occupation,
  Opening,
  OpeningLimit,
  Quota,
  Resource,
  Seat,
  ServiceNeed,
  StaleDays,
  WorkingHours,
];

export {
  bringInCalendars,
  bringInHours,
  bringInOffers,
  bringInResources,
  type CalendarBroughtIn,
  type OfferBroughtIn,
} from './bring-in-calendars.js';
export { bringInRooms, bringInTaken, freeDaysChanged, roomsOfServices, type TakenBroughtIn } from './bring-in-taken.js';
export { Calendar, CalendarService, type Confirmation, type Payer, payers } from './calendar.entity.js';
export { CalendarsModule } from './calendars.module.js';
export {
  type CalendarChange,
  type ChangeKind,
  changeOf,
  type ClosureScope,
  type KeptDay,
  type StoredChange,
} from './calendar-change.js';
export {
  beginChange,
  type BegunChange,
  changeResource,
  requireMayChangeCalendars,
  resourcesOfChange,
} from './change-calendars.js';
export { requireMayClose } from './require-may-close.js';
export { CloseTime, ReopenTime } from './close-time.js';
export { Closure } from './closure.entity.js';
export { type BusyTimes, keepBusyTimes } from './keep-busy-times.js';
export {
  becomeAppointment,
  findHold,
  forgetHold,
  handOver,
  type HeldTime,
  holdOfSession,
  keepHold,
  liveHoldsOfAddress,
  takeHold,
  visitsOfHold,
} from './holds.js';
export { type Claim, claimAt, overridingClaim, resourcesOf, take, takenOf, visitOf } from './claims.js';
export {
  allChanged,
  dropExpiredHolds,
  freeTime,
  keepSeat,
  keepTimeUntil,
  lockResources,
  type Owner,
  resourcesOfOwner,
  type Take,
  takeSeat,
  takeTime,
  timeChanged,
  timeOf,
  type Touched,
} from './ledger.js';
export { KeepCalendarTerms } from './keep-calendar-terms.js';
export { KeepNeeds } from './keep-needs.js';
export { KeepRoom, type RoomWish } from './keep-room.js';
export { CancelSession, KeepSeats } from './keep-session.js';
export { PlanSessions, type PlannedSessions, type WhyNotPlanned } from './plan-sessions.js';
export { KeepQuota, type QuotaWish, RemoveQuota } from './keep-quota.js';
export { type CalendarPlace, OpenCalendars } from './open-calendars.js';
export type { KeptDaysPlace } from './keep-clinic-days.js';
export type { PublishedCalendar } from './openings-of-calendar.js';
export { PublishHours } from './publish-hours.js';
export { calendarTerms, type CalendarTerms } from './queries/calendar-terms.js';
export { CalendarsOfClinic, type ClinicBranchChoice, type ClinicCalendar } from './queries/calendars-of-clinic.js';
export { DaysOfClinic, type KeptClinicDay } from './queries/days-of-clinic.js';
export {
  type AnnouncedByBranch,
  type AnnouncedClosure,
  AnnouncedClosures,
  type AnnouncedDay,
} from './queries/announced-closures.js';
export { type ClinicClosure, type ClosableRoom, ClosuresOfClinic } from './queries/closures-of-clinic.js';
export { type Criteria, FindATime, type Found } from './queries/find-a-time.js';
export { type FirstTimes, FirstTimesOfClinic } from './queries/first-times-of-clinic.js';
export { FreeTimes, type Slots, type SlotsQuestion } from './queries/free-times.js';
export {
  HoursOfCalendar,
  type HoursPreview,
  type HoursToEdit,
  type ServiceOfHours,
} from './queries/hours-of-calendar.js';
export { type DayWithTimes, MonthOfCalendar } from './queries/month-of-calendar.js';
export { type ClinicQuota, type Counted, QuotasOfClinic, type QuotaUse } from './queries/quotas-of-clinic.js';
export { type ClinicRoom, RoomsOfClinic, type ServiceNeeds } from './queries/rooms-of-clinic.js';
export { type ClinicSession, type SessionService, SessionsOfClinic } from './queries/sessions-of-clinic.js';
export {
  type Bookable,
  type CalendarSettings,
  type ServiceToOffer,
  SettingsOfCalendar,
} from './queries/settings-of-calendar.js';
export { type PublishedUntil, PublishedUntilDay } from './queries/published-until.js';
export { TermsOfCalendar } from './queries/terms-of-calendar.js';
export { InTheWay, type Obstacles, type WantedTime } from './queries/in-the-way.js';
export { whyNot, whysNot } from './queries/why-not-bookable.js';
export { RefreshBranch } from './refresh-branch.js';
export { ExtendHorizon, RedoSharedDays, RefreshStaleDays, SweepHolds } from './rounds.js';
export type { CalendarHours, DayHours, DayRange, WeeklyRange } from './rules/calendar-hours.js';
export { meets } from './rules/busy-times.js';
export * from './rules/clinic-days.js';
export * from './rules/closure-times.js';
export { copyMonth, copyPattern, copyWeek } from './rules/copy-hours.js';
export { type DayRule, ordinaryDay } from './rules/day-rule.js';
export { type BookingRules, type OfferedService, usualRules } from './rules/booking-rules.js';
export * from './rules/grid.js';
export { type HoursDifference, hoursDifference } from './rules/hours-difference.js';
export {
  type DayLine,
  daysOfLines,
  hoursOfLines,
  type HoursLine,
  linesOfDays,
  linesOfHours,
  type Stretch,
} from './rules/hours-lines.js';
export { dayMistakes, hoursMistakes } from './rules/hours-mistakes.js';
export { offeredSlots } from './rules/offered-slots.js';
export * from './rules/openings.js';
export { type SessionPlan, sessionStarts } from './rules/session-starts.js';
export * from './rules/slots.js';
export * from './rules/bookable.js';
export { takenBy, visitAt, type VisitRules } from './rules/visit.js';
export { ForgetDraftHours, SaveDraftHours } from './save-draft-hours.js';
