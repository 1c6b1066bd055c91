import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { AppointmentsModule } from '#libs/appointments';
import { CalendarSyncModule, FeedsModule } from '#libs/calendar-sync';
import { CalendarsModule } from '#libs/calendars';
import { InboxModule, RemindersModule } from '#libs/notifications';
import { PeopleModule } from '#libs/people';
import { PictureController, ProfilesModule } from '#libs/profiles';
import { AboutController } from './about/about.controller.js';
import { CrawlersController } from './about/crawlers.controller.js';
import { AdvicePage } from './book/advice-page.js';
import { BookController } from './book/book.controller.js';
import { BookingPage } from './book/booking-page.js';
import { HoldsController } from './book/holds.controller.js';
import { NearbyTimes } from './book/nearby-times.js';
import { ReferralController } from './book/referral.controller.js';
import { WhoController } from './book/who.controller.js';
import { WhoPage } from './book/who-page.js';
import { ClosedDays } from './closed-days.js';
import { ClinicsController } from './clinics/clinics.controller.js';
import { ComeController } from './come/come.controller.js';
import { DoctorController } from './doctor/doctor.controller.js';
import { TimesOfWeek } from './doctor/times-of-calendar.js';
import { FamilyController } from './family/family.controller.js';
import { FreeRuns } from './family/free-runs.js';
import { RunsController } from './family/runs.controller.js';
import { HomeController } from './find-a-time/home.controller.js';
import { NothingFree } from './find-a-time/nothing-free.js';
import { ResultsController } from './find-a-time/results.controller.js';
import { SearchChoices } from './find-a-time/search-choices.js';
import { SuggestController } from './find-a-time/suggest.controller.js';
import { AppointmentController } from './my-appointments/appointment.controller.js';
import { CancelController } from './my-appointments/cancel.controller.js';
import { MoveController } from './my-appointments/move.controller.js';
import { MessagesController } from './messages/messages.controller.js';
import { MyAppointmentsController } from './my-appointments/my-appointments.controller.js';
import { BackFromGoogleController } from './my-calendar/back-from-google.controller.js';
import { MyCalendarController } from './my-calendar/my-calendar.controller.js';
import { MyNoticesController } from './my-notices/my-notices.controller.js';
import { VisitNoticesController } from './my-notices/visit-notices.controller.js';
import { OffersController } from './offers/offers.controller.js';
import { EmailProof } from './sign-in/email-proof.js';
import { SignInController } from './sign-in/sign-in.controller.js';

/** The pages that people see. */
@Module({
  imports: [
    AccessModule,
    PeopleModule,
    ProfilesModule,
    CalendarsModule,
    CalendarSyncModule,
    FeedsModule,
    AppointmentsModule,
    InboxModule,
    RemindersModule,
  ],
  controllers: [
    CrawlersController,
    HomeController,
    ResultsController,
    SuggestController,
    DoctorController,
    ClinicsController,
    HoldsController,
    BookController,
    ReferralController,
    WhoController,
    RunsController,
    FamilyController,
    MyAppointmentsController,
    MessagesController,
    AppointmentController,
    CancelController,
    MoveController,
    ComeController,
    MyNoticesController,
    VisitNoticesController,
    MyCalendarController,
    BackFromGoogleController,
    OffersController,
    SignInController,
    AboutController,
    PictureController,
  ],
  providers: [
    ClosedDays,
    SearchChoices,
    NothingFree,
    TimesOfWeek,
    NearbyTimes,
    FreeRuns,
    AdvicePage,
    BookingPage,
    WhoPage,
    EmailProof,
  ],
})
export class PagesModule {}
