import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { CalendarsModule } from '#libs/calendars';
import { PeopleModule } from '#libs/people';
import { BookAppointment } from './book-appointment.js';
import { BookSeries } from './book-series.js';
import { BookTogether } from './book-together.js';
import { CancelAppointment } from './cancel-appointment.js';
import { CancelSeries } from './cancel-series.js';
import { ChooseNotices } from './choose-notices.js';
import { CarryOutChange } from './carry-out-change.js';
import { ChangeRoom } from './change-room.js';
import { ConfirmAppointment, ExpireAppointment, RejectAppointment } from './decide-appointment.js';
import { ExtendHold, HoldOf, ReleaseHold } from './extend-hold.js';
import { ForgetOldRequests } from './forget-old-requests.js';
import { HoldSlot } from './hold-slot.js';
import { HoldTogether } from './hold-together.js';
import { KeepSpecialtyLimits } from './keep-specialty-limits.js';
import { KeepReferral } from './keep-referral.js';
import { KeepBusyTimes } from './keep-busy-times.js';
import { KeepOrphan } from './keep-orphan.js';
import { MoveAppointment } from './move-appointment.js';
import { PlanChange } from './plan-change.js';
import { PromiseToCome } from './promise-to-come.js';
import { Appointments } from './queries/appointment-view.js';
import { AppointmentsOfAccount } from './queries/appointments-of-account.js';
import { ChangeAsked } from './queries/change-asked.js';
import { DayOfBranch } from './queries/day-of-branch.js';
import { MonthOfResource } from './queries/month-of-resource.js';
import { HistoryOfAppointment } from './queries/history-of-appointment.js';
import { MayComeTogether } from './queries/may-come-together.js';
import { AuditOfClinic } from './queries/audit-of-clinic.js';
import { OrphanedVisits } from './queries/orphaned-visits.js';
import { PatientsOfClinic } from './queries/patients-of-clinic.js';
import { SearchPeople } from './queries/search-people.js';
import { PeopleOfSession } from './queries/people-of-session.js';
import { PendingOfClinic } from './queries/pending-of-clinic.js';
import { SeriesCheck } from './queries/series-check.js';
import { ToldBeforeVisit } from './queries/told-before.js';
import { UnclosedVisits } from './queries/unclosed-visits.js';
import { VisitsToChange } from './queries/visits-to-change.js';
import { UpcomingVisits } from './queries/upcoming-visits.js';
import { StepsSince } from './queries/steps-since.js';
import { VersionsOfDays } from './queries/versions-of-days.js';
import { VisitsOfSeries } from './queries/visits-of-series.js';
import { VisitsOnPaper } from './queries/visits-on-paper.js';
import { VisitsTogether } from './queries/visits-together.js';
import { AcceptOffer } from './accept-offer.js';
import { EndAbsence } from './end-absence.js';
import { LapseOffers } from './lapse-offers.js';
import { OfferTimes } from './offer-times.js';
import { ReportAbsence } from './report-absence.js';
import { ResumeChanges } from './resume-changes.js';
import { StepAppointment } from './step-appointment.js';
import { TellOfBranchMove } from './tell-of-branch-move.js';
import { UndoStep } from './undo-step.js';
import { Absences } from './queries/absences.js';
import { OffersOfAppointment } from './queries/offers-of-appointment.js';

const providers = [
  Absences,
  AcceptOffer,
  Appointments,
  AppointmentsOfAccount,
  BookAppointment,
  BookSeries,
  BookTogether,
  CancelAppointment,
  CancelSeries,
  CarryOutChange,
  ChangeAsked,
  ChooseNotices,
  ChangeRoom,
  ConfirmAppointment,
  DayOfBranch,
  MonthOfResource,
  EndAbsence,
  ExpireAppointment,
  ExtendHold,
  ForgetOldRequests,
  HistoryOfAppointment,
  HoldOf,
  HoldSlot,
  HoldTogether,
  KeepBusyTimes,
  KeepOrphan,
  KeepReferral,
  KeepSpecialtyLimits,
  LapseOffers,
  MayComeTogether,
  MoveAppointment,
  OfferTimes,
  OffersOfAppointment,
  OrphanedVisits,
  AuditOfClinic,
  PatientsOfClinic,
  PendingOfClinic,
  PeopleOfSession,
  PlanChange,
  PromiseToCome,
  RejectAppointment,
  ReleaseHold,
  ReportAbsence,
  ResumeChanges,
  SearchPeople,
  SeriesCheck,
  StepAppointment,
  StepsSince,
  TellOfBranchMove,
  ToldBeforeVisit,
  UnclosedVisits,
  VisitsToChange,
  UndoStep,
  UpcomingVisits,
  VersionsOfDays,
  VisitsOfSeries,
  VisitsOnPaper,
  VisitsTogether,
];

/** Hold, book, confirm, reject, move, cancel, expire: each one verb, one transaction. */
@Module({ imports: [AccessModule, CalendarsModule, PeopleModule], providers, exports: providers })
export class AppointmentsModule {}
