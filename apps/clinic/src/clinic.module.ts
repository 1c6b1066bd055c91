import { join } from 'node:path';
import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { accessEntities, AccessModule } from '#libs/access';
import { appointmentsEntities, AppointmentsModule } from '#libs/appointments';
import { calendarsEntities, CalendarsModule } from '#libs/calendars';
import { BusyModule, calendarSyncEntities, CalendarSyncModule, FeedsModule } from '#libs/calendar-sync';
import { importsEntities, ImportsModule } from '#libs/imports';
import { AnswersModule, LetterDeskModule, NoticeDeskModule, RemindersModule, TextsModule } from '#libs/notifications';
import { peopleEntities, PeopleModule } from '#libs/people';
import { PlatformModule } from '#libs/platform';
import { PictureController, profilesEntities, ProfilesModule } from '#libs/profiles';
import { screensEntities, ScreensModule } from '#libs/screens';
import { waitingListEntities, WaitingListModule } from '#libs/waiting-list';
import { WebModule } from '#libs/web';
import { migrations } from '../../../migrations/index.js';
import { AppointmentController } from './appointment/appointment.controller.js';
import { EndController } from './appointment/end.controller.js';
import { MoveController } from './appointment/move.controller.js';
import { MoveTo } from './appointment/move-to.js';
import { ReadAppointment } from './appointment/read-appointment.js';
import { ReferralFormController } from './appointment/referral-form.controller.js';
import { RoomController } from './appointment/room.controller.js';
import { TakeBack } from './appointment/take-back.js';
import { UndoController } from './appointment/undo.controller.js';
import { CloseMany } from './arrivals/close-many.js';
import { DayEndController } from './arrivals/day-end.controller.js';
import { StepController } from './arrivals/step.controller.js';
import { CheckNewPatient } from './book/check-new-patient.js';
import { ConditionsPage } from './book/conditions-page.js';
import { FindPatientController } from './book/find-patient.controller.js';
import { AskAgain } from './book/ask-again.js';
import { BeganWith } from './book/began-with.js';
import { BookController } from './book/book.controller.js';
import { DoneController } from './book/done.controller.js';
import { NewPatientPage } from './book/new-patient-page.js';
import { PersonAsked } from './book/person-asked.js';
import { TimesController } from './book/times.controller.js';
import { TimesPage } from './book/times-page.js';
import { CalendarController } from './calendar/calendar.controller.js';
import { ChooseDay } from './calendar/chosen-day.js';
import { ChooseWho } from './calendar/chosen-who.js';
import { DayController } from './calendar/day.controller.js';
import { DragController } from './calendar/drag.controller.js';
import { KeptViews } from './calendar/kept-view.js';
import { WeekController } from './calendar/week.controller.js';
import { CalendarsController } from './calendars/calendars.controller.js';
import { AbsenceController } from './changes/absence.controller.js';
import { IllController } from './changes/ill.controller.js';
import { ChangeController } from './changes/change.controller.js';
import { MakeChange } from './changes/make-change.js';
import { AnswersController } from './notices/answers.controller.js';
import { OrphanedController } from './changes/orphaned.controller.js';
import { ClinicChrome } from './clinic-chrome.js';
import { ClosuresController } from './closures/closures.controller.js';
import { DaysController } from './days/days.controller.js';
import { CopyIntoDraft } from './hours/copy-into-draft.js';
import { HoursPage } from './hours/hours-page.js';
import { HoursController } from './hours/hours.controller.js';
import { ImportController } from './import/import.controller.js';
import { LettersController } from './letters/letters.controller.js';
import { RemindersController } from './letters/reminders.controller.js';
import { PreparationController } from './letters/preparation.controller.js';
import { SmsController } from './letters/sms.controller.js';
import { WordsController } from './letters/words.controller.js';
import { KeepAttempts } from './keep-attempts.js';
import { StaffBackFromGoogleController } from './my-calendar/back-from-google.controller.js';
import { StaffCalendarController } from './my-calendar/my-calendar.controller.js';
import { MyFeedController } from './my-feed/my-feed.controller.js';
import { ApprovalController } from './notices/approval.controller.js';
import { InTimeController } from './notices/in-time.controller.js';
import { NoticesWaitingModule } from './notices/notices-waiting.module.js';
import { TextsController } from './notices/texts.controller.js';
import { UnreachedController } from './notices/unreached.controller.js';
import { DayListController } from './paper/day-list.controller.js';
import { LabelsController } from './paper/labels.controller.js';
import { NoticeController } from './paper/notice.controller.js';
import { PaperDay } from './paper/paper-day.js';
import { DecideMany } from './pending/decide-many.js';
import { PendingController } from './pending/pending.controller.js';
import { ChangedMeanwhile } from './live/changed-meanwhile.js';
import { EventsController } from './live/events.controller.js';
import { LastStepController } from './live/last-step.controller.js';
import { Streams } from './live/streams.js';
import { Watches } from './live/watches.js';
import { BoardController } from './setup/board.controller.js';
import { BranchController } from './setup/branch.controller.js';
import { ClinicCardController } from './setup/clinic-card.controller.js';
import { DoctorController } from './setup/doctor.controller.js';
import { DoctorsController } from './setup/doctors.controller.js';
import { EndWorkController } from './setup/end-work.controller.js';
import { SendPictureController } from './setup/send-picture.controller.js';
import { SetupPages } from './setup/setup-pages.js';
import { WizardController } from './setup/wizard.controller.js';
import { QuestionsController } from './services/questions.controller.js';
import { ServicesController } from './services/services.controller.js';
import { ScreensController } from './screens/screens.controller.js';
import { WaitingScreenController } from './screens/waiting-screen.controller.js';
import { PlanPage } from './series/plan-page.js';
import { SeriesController } from './series/series.controller.js';
import { VisitsController } from './series/visits.controller.js';
import { ChangeSeveral } from './several/change-several.js';
import { SeveralController } from './several/several.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { WorkplaceController } from './sign-in/workplace.controller.js';
import { QuotasOfOffers } from './quotas/quotas-of-offers.js';
import { QuotasController } from './quotas/quotas.controller.js';
import { RoomsController } from './rooms/rooms.controller.js';
import { PlanSessionsController } from './sessions/plan-sessions.controller.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { OverrideWarnings } from './override-warnings.js';
import { Overriding } from './overriding.js';
import { AuditController } from './staff/audit.controller.js';
import { InvitationController } from './staff/invitation.controller.js';
import { InvitedAddressController } from './staff/invited-address.controller.js';
import { NamesOfClinic } from './staff/names-of-clinic.js';
import { StaffController } from './staff/staff.controller.js';
import { StaffMemberController } from './staff/staff-member.controller.js';
import { StaffOnly } from './staff-only.js';
import { EntryController } from './waiting/entry.controller.js';
import { RegisterController } from './waiting/register.controller.js';
import { WaitingController } from './waiting/waiting.controller.js';
import { WisherAsked } from './waiting/wisher-asked.js';
import { WishesOfClinic } from './waiting/wishes-of-clinic.js';

/** Scripts as they were compiled beside this file, and the app's own styles. */
const assets = [join(import.meta.dirname, 'browser'), join(import.meta.dirname, '../../../../apps/clinic/public')];

/** The staff app: calendar, requests that wait, booking for callers, working hours and closures. */
@Module({
  imports: [
    PlatformModule.forRoot({
      name: 'clinic',
      entities: [
        ...accessEntities,
        ...profilesEntities,
        ...peopleEntities,
        ...calendarsEntities,
        ...appointmentsEntities,
        ...calendarSyncEntities,
        ...importsEntities,
        ...screensEntities,
        ...waitingListEntities,
      ],
      migrations,
    }),
    WebModule.forApp({
      chrome: ClinicChrome,
      imports: [AppointmentsModule, BusyModule, NoticesWaitingModule, ProfilesModule, WaitingListModule],
      assets,
    }),
    AccessModule,
    AnswersModule,
    TextsModule,
    AppointmentsModule,
    BusyModule,
    CalendarsModule,
    CalendarSyncModule,
    FeedsModule,
    ImportsModule,
    NoticeDeskModule,
    NoticesWaitingModule,
    LetterDeskModule,
    RemindersModule,
    PeopleModule,
    ProfilesModule,
    ScreensModule,
    WaitingListModule,
  ],
  controllers: [
    LettersController,
    PreparationController,
    RemindersController,
    WordsController,
    SignInController,
    WorkplaceController,
    CalendarController,
    WeekController,
    DayController,
    DragController,
    EventsController,
    LastStepController,
    AppointmentController,
    StepController,
    DayEndController,
    EndController,
    ReferralFormController,
    ServicesController,
    QuestionsController,
    MoveController,
    RoomController,
    AnswersController,
    SmsController,
    TextsController,
    UndoController,
    SeveralController,
    PendingController,
    InTimeController,
    ApprovalController,
    UnreachedController,
    WaitingController,
    RegisterController,
    EntryController,
    FindPatientController,
    TimesController,
    BookController,
    DoneController,
    SeriesController,
    VisitsController,
    HoursController,
    CalendarsController,
    QuotasController,
    RoomsController,
    PlanSessionsController,
    SessionsController,
    ClosuresController,
    ImportController,
    WizardController,
    ClinicCardController,
    BoardController,
    BranchController,
    DoctorsController,
    DoctorController,
    EndWorkController,
    SendPictureController,
    PictureController,
    ChangeController,
    OrphanedController,
    IllController,
    AbsenceController,
    DaysController,
    StaffController,
    InvitedAddressController,
    StaffMemberController,
    InvitationController,
    AuditController,
    MyFeedController,
    StaffBackFromGoogleController,
    StaffCalendarController,
    DayListController,
    LabelsController,
    NoticeController,
    ScreensController,
    WaitingScreenController,
  ],
  providers: [
    { provide: APP_INTERCEPTOR, useClass: KeepAttempts },
    ConditionsPage,
    AskAgain,
    BeganWith,
    NewPatientPage,
    CheckNewPatient,
    PersonAsked,
    TimesPage,
    PlanPage,
    MakeChange,
    CopyIntoDraft,
    HoursPage,
    ChooseDay,
    PaperDay,
    ChooseWho,
    KeptViews,
    ReadAppointment,
    ChangedMeanwhile,
    Streams,
    Watches,
    MoveTo,
    TakeBack,
    ChangeSeveral,
    DecideMany,
    CloseMany,
    SetupPages,
    QuotasOfOffers,
    NamesOfClinic,
    WisherAsked,
    WishesOfClinic,
    OverrideWarnings,
    Overriding,
  ],
})
export class ClinicModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(StaffOnly).forRoutes('{*all}');
  }
}
