import type { EntityClass } from '#libs/platform';
import { Absence, AffectedVisit } from './absence.entity.js';
import { AppointmentEvent } from './appointment-event.entity.js';
import { Appointment } from './appointment.entity.js';
import { IdempotencyKey } from './idempotency-key.entity.js';
import { KnownPatient } from './known-patient.entity.js';
import { Offer } from './offer.entity.js';
import { PlannedChange } from './planned-change.entity.js';
import { ReferralDraft } from './referral-draft.entity.js';
import { ReferralRule } from './referral-rule.entity.js';
import { Referral } from './referral.entity.js';
import { SpecialtyLimit } from './specialty-limit.entity.js';

export const appointmentsEntities: readonly EntityClass[] = [
  Absence,
  AffectedVisit,
  Appointment,
  AppointmentEvent,
  IdempotencyKey,
  KnownPatient,
  Offer,
  PlannedChange,
  Referral,
  ReferralDraft,
  ReferralRule,
  SpecialtyLimit,
];

export { type AffectedState, affectedStates } from './absence.entity.js';
export { AcceptOffer } from './accept-offer.js';
export { AppointmentEvent, type EventKind, eventKinds, type Place } from './appointment-event.entity.js';
export { type ActorKind, Appointment, type Former, type Origin, origins } from './appointment.entity.js';
export {
  type AppointmentBroughtIn,
  bringInAppointments,
  bringInContacts,
  lockPatients,
  markOutside,
} from './bring-in-appointments.js';
export { AppointmentsModule } from './appointments.module.js';
export { BookAppointment, type Booking, type Meeting } from './book-appointment.js';
export { BookSeries } from './book-series.js';
export { BookTogether } from './book-together.js';
export { CancelAppointment } from './cancel-appointment.js';
export { CancelSeries } from './cancel-series.js';
export { CarryOutChange, type ChangeProgress } from './carry-out-change.js';
export { ChangeRoom, longestRoom } from './change-room.js';
export { ChooseNotices } from './choose-notices.js';
export { closeUndo } from './close-undo.js';
export { ConfirmAppointment, ExpireAppointment, RejectAppointment } from './decide-appointment.js';
export { ExtendHold, HoldOf, ReleaseHold } from './extend-hold.js';
export { ForgetOldRequests } from './forget-old-requests.js';
export type { HoldProof } from './hold-proof.js';
export { type Hold, HoldSlot } from './hold-slot.js';
export { HoldTogether } from './hold-together.js';
export { carriedOutBefore, inTurn, type Request, requestOf } from './idempotency.js';
export { KeepBusyTimes } from './keep-busy-times.js';
export { KeepOrphan } from './keep-orphan.js';
export { ofAccount } from './may-change.js';
export { MoveAppointment } from './move-appointment.js';
export { roomOfVisit } from './place-of-visit.js';
export { PromiseToCome } from './promise-to-come.js';
export {
  Appointments,
  type AppointmentView,
  viewColumns,
  viewOf,
  type ViewRow,
  viewTables,
} from './queries/appointment-view.js';
export { AppointmentsOfAccount } from './queries/appointments-of-account.js';
export { type AskedChange, ChangeAsked, type ProposedMove, type VisitInside } from './queries/change-asked.js';
export {
  type DayAppointment,
  type DayColumn,
  DayOfBranch,
  type DayOfBranchAnswer,
  type DayOpening,
  type DayTaken,
} from './queries/day-of-branch.js';
export { type DayCounts, MonthOfResource } from './queries/month-of-resource.js';
export { HistoryOfAppointment, type HistoryLine } from './queries/history-of-appointment.js';
export { type AuditLine, AuditOfClinic, type AuditPlace } from './queries/audit-of-clinic.js';
export { type OrphanedVisit, OrphanedVisits } from './queries/orphaned-visits.js';
export { type FoundPatient, PatientsOfClinic } from './queries/patients-of-clinic.js';
export { isOutside } from './queries/visits-outside.js';
export { EndAbsence } from './end-absence.js';
export { LapseOffers } from './lapse-offers.js';
export { OfferTimes } from './offer-times.js';
export { ReportAbsence } from './report-absence.js';
export { ResumeChanges } from './resume-changes.js';
export { type AbsenceFacts, Absences, type AffectedPatient, type OfferedTime } from './queries/absences.js';
export { OffersOfAppointment, type OffersOfVisit } from './queries/offers-of-appointment.js';
export { type Change, PlanChange } from './plan-change.js';
export { PeopleOfSession, type SessionSeat } from './queries/people-of-session.js';
export {
  type PendingAppointment,
  PendingOfClinic,
  type PendingPage,
  type PendingPlace,
} from './queries/pending-of-clinic.js';
export { patientOfStaff } from './queries/patient-of-clinic.js';
export { ToldBeforeVisit } from './queries/told-before.js';
export { type ToldInWords, toldInWords } from './told-in-words.js';
export { type UnclosedDay, type UnclosedVisit, UnclosedVisits } from './queries/unclosed-visits.js';
export { countVisitsAtBranch } from './queries/visits-at-branch.js';
export { VisitsToChange } from './queries/visits-to-change.js';
export { type UpcomingVisit, UpcomingVisits } from './queries/upcoming-visits.js';
export { MayComeTogether } from './queries/may-come-together.js';
export { type CheckedDate, SeriesCheck } from './queries/series-check.js';
export { type SinceRead, type StepSince, StepsSince } from './queries/steps-since.js';
export { type VersionOfDays, VersionsOfDays, type WatchedDays } from './queries/versions-of-days.js';
export { VisitsOfSeries } from './queries/visits-of-series.js';
export { type PaperKind, type VisitOnPaper, VisitsOnPaper } from './queries/visits-on-paper.js';
export { VisitsTogether } from './queries/visits-together.js';
export * from './rules/deadlines.js';
export * from './rules/runs.js';
export { daysOfSeries, mostOfSeries, type Rhythm } from './rules/series.js';
export type { Decision, Decisions } from './rules/decisions.js';
export {
  kindsOf,
  type Override,
  type OverrideKind,
  overrideKinds,
  type OverrideReason,
  overrideReasons,
  permissionOf,
} from './rules/override.js';
export { type ReasonCode, reasonCodes } from './rules/reason-codes.js';
export { after, type DeskStep, deskSteps, moves, occupies, type Status, statuses, type Step } from './rules/status.js';
export { type LastStep, type Undoable, undoOf, undoSeconds } from './rules/undo.js';
export { type UntoldCode, untoldCodes } from './rules/untold-codes.js';
export { StepAppointment } from './step-appointment.js';
export { TellOfBranchMove } from './tell-of-branch-move.js';
export { UndoStep } from './undo-step.js';
export type { Wishes } from './write-appointment.js';
export type { WantedSlot } from './target-slot.js';
export type { ToldBefore } from './booking-conditions.js';
export { KeepSpecialtyLimits } from './keep-specialty-limits.js';
export { KeepReferral, type ReferralOfHold } from './keep-referral.js';
export { checkedForm, type FormKind, largestForm, type ReferralForm } from './referral-form.js';
export { priorities, type ReferralDetails } from './rules/referral-details.js';
